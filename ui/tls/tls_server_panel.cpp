// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/tls/tls_server_panel.h"

#include "ui/widgets/file_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace sockeye {

namespace {

using Certificate = TlsServerOptions::Certificate;

} // namespace

TlsServerPanel::TlsServerPanel(const QString& caption, QWidget* parent)
    : QWidget(parent)
    , m_caption(new QLabel(caption, this))
    , m_mode(new QComboBox(this))
    , m_files(new QWidget(this))
    , m_certificate(new FileField(tr("Certificate file"), tr("PEM, with its chain"), this))
    , m_key(new FileField(tr("Key file"), tr("PEM; empty: in the same file"), this))
{
    m_mode->setAccessibleName(QString(caption).remove(u'&'));
    m_mode->addItem(tr("off"), QStringLiteral("off"));
    m_mode->addItem(tr("self-signed certificate"), QStringLiteral("self-signed"));
    m_mode->addItem(tr("own certificate"), QStringLiteral("own"));
    m_mode->setToolTip(tr("What services over TCP show of themselves. A self-signed certificate is made anew at each "
                          "start: it encrypts, but proves nothing to who does not know it"));
    m_caption->setBuddy(m_mode);
    auto* files = new QHBoxLayout(m_files);
    files->setContentsMargins(0, 0, 0, 0);
    files->setSpacing(8);
    const auto add = [&](const QString& text, FileField* field) {
        auto* name = new QLabel(text, m_files);
        name->setBuddy(field);
        files->addWidget(name);
        files->addWidget(field, 1);
    };
    add(tr("Certi&ficate"), m_certificate);
    add(tr("&Key"), m_key);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_caption);
    row->addWidget(m_mode);
    row->addStretch(1);
    auto* column = new QVBoxLayout(this); // below, not beside: a small window is not wide
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_files);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &TlsServerPanel::showFiles);
    showFiles();
}

void TlsServerPanel::showFiles()
{
    m_files->setVisible(m_mode->currentData().toString() == u"own");
}

TlsServerOptions TlsServerPanel::options() const
{
    const QString mode = m_mode->currentData().toString();
    TlsServerOptions options;
    options.certificate = mode == u"own" ? Certificate::Own
        : mode == u"self-signed"         ? Certificate::SelfSigned
                                         : Certificate::None;
    options.certificateFile = m_certificate->file();
    options.keyFile = m_key->file();
    return options;
}

QJsonObject TlsServerPanel::saveState() const
{
    return { { QStringLiteral("mode"), m_mode->currentData().toString() },
        { QStringLiteral("certificate"), m_certificate->file() }, { QStringLiteral("key"), m_key->file() } };
}

void TlsServerPanel::restoreState(const QJsonObject& state)
{
    m_mode->setCurrentIndex(std::max(0, m_mode->findData(state.value(QLatin1StringView("mode")).toString())));
    m_certificate->setFile(state.value(QLatin1StringView("certificate")).toString());
    m_key->setFile(state.value(QLatin1StringView("key")).toString());
}

} // namespace sockeye
