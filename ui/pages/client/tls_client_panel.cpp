// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/client/tls_client_panel.h"

#include "ui/theme/theme.h"
#include "ui/widgets/file_field.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>

namespace sockeye {

TlsClientPanel::TlsClientPanel(QWidget* parent)
    : QWidget(parent)
    , m_authority(new FileField(tr("CA file"), tr("PEM; empty: those that the system trusts"), this))
    , m_acceptAnything(new QCheckBox(tr("Accept an&y certificate"), this))
    , m_warning(new QLabel(tr("Whoever answers is taken for the server: what is sent may be read and changed by "
                              "somebody in between."),
          this))
{
    m_acceptAnything->setAccessibleName(tr("Accept any certificate"));
    m_acceptAnything->setToolTip(tr("Goes on whatever is wrong with the certificate, and says what was wrong"));
    m_warning->setWordWrap(true);
    auto* label = new QLabel(tr("C&A file"), this);
    label->setBuddy(m_authority);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    grid->addWidget(label, 0, 0);
    grid->addWidget(m_authority, 0, 1);
    grid->addWidget(m_acceptAnything, 0, 2);
    grid->addWidget(m_warning, 1, 0, 1, 3);
    grid->setColumnStretch(1, 1);
    connect(m_acceptAnything, &QCheckBox::toggled, this, &TlsClientPanel::showWarning);
    connect(&Theme::instance(), &Theme::changed, this, &TlsClientPanel::showWarning);
    showWarning();
}

void TlsClientPanel::showWarning()
{
    m_authority->setEnabled(!m_acceptAnything->isChecked());
    m_warning->setVisible(m_acceptAnything->isChecked());
    QPalette palette = m_warning->palette();
    palette.setColor(QPalette::WindowText, Theme::instance().error());
    m_warning->setPalette(palette);
}

void TlsClientPanel::apply(TlsClientOptions& options) const
{
    options.acceptAnything = m_acceptAnything->isChecked();
    options.authorityFile = options.acceptAnything ? QString() : m_authority->file();
}

QJsonObject TlsClientPanel::saveState() const
{
    return { { QStringLiteral("authority"), m_authority->file() },
        { QStringLiteral("acceptAnything"), m_acceptAnything->isChecked() } };
}

void TlsClientPanel::restore(const QJsonObject& state)
{
    m_authority->setFile(state.value(u"authority").toString());
    m_acceptAnything->setChecked(state.value(u"acceptAnything").toBool());
}

} // namespace sockeye
