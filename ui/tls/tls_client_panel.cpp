// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/tls/tls_client_panel.h"

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
    , m_certificate(new FileField(tr("Own certificate"), tr("PEM; empty: none is shown"), this))
    , m_key(new FileField(tr("Own key"), tr("PEM; empty: in the same file"), this))
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
    const auto add = [&](int row, const QString& text, FileField* field) {
        auto* name = new QLabel(text, this);
        name->setBuddy(field);
        grid->addWidget(name, row, 0);
        grid->addWidget(field, row, 1);
    };
    add(2, tr("Own certificate"), m_certificate);
    add(3, tr("Own key"), m_key);
    m_certificate->setToolTip(tr("What the server is shown, if it wants to know who connects"));
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
    options.certificateFile = m_certificate->file();
    options.keyFile = options.certificateFile.isEmpty() ? QString() : m_key->file();
}

QJsonObject TlsClientPanel::saveState() const
{
    return { { QStringLiteral("authority"), m_authority->file() },
        { QStringLiteral("acceptAnything"), m_acceptAnything->isChecked() },
        { QStringLiteral("certificate"), m_certificate->file() }, { QStringLiteral("key"), m_key->file() } };
}

void TlsClientPanel::restore(const QJsonObject& state)
{
    m_authority->setFile(state.value(u"authority").toString());
    m_certificate->setFile(state.value(u"certificate").toString());
    m_key->setFile(state.value(u"key").toString());
    m_acceptAnything->setChecked(state.value(u"acceptAnything").toBool());
}

} // namespace sockeye
