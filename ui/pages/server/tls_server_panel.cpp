// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/server/tls_server_panel.h"

#include "ui/widgets/file_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

namespace sockeye {

namespace {

using Certificate = TlsServerOptions::Certificate;

} // namespace

TlsServerPanel::TlsServerPanel(QWidget* parent)
    : QWidget(parent)
    , m_mode(new QComboBox(this))
    , m_files(new QWidget(this))
    , m_certificate(new FileField(tr("Certificate file"), tr("PEM, with its chain"), this))
    , m_key(new FileField(tr("Key file"), tr("PEM; empty: in the same file"), this))
{
    m_mode->setAccessibleName(tr("TLS"));
    m_mode->addItem(tr("off"), QStringLiteral("off"));
    m_mode->addItem(tr("self-signed certificate"), QStringLiteral("self-signed"));
    m_mode->addItem(tr("own certificate"), QStringLiteral("own"));
    m_mode->setToolTip(tr("What services over TCP show of themselves. A self-signed certificate is made anew at each "
                          "start: it encrypts, but proves nothing to who does not know it"));
    auto* label = new QLabel(tr("&TLS"), this);
    label->setBuddy(m_mode);
    auto* files = new QHBoxLayout(m_files);
    files->setContentsMargins(0, 0, 0, 0);
    files->setSpacing(8);
    const auto add = [&](const QString& text, FileField* field) {
        auto* caption = new QLabel(text, m_files);
        caption->setBuddy(field);
        files->addWidget(caption);
        files->addWidget(field, 1);
    };
    add(tr("Certi&ficate"), m_certificate);
    add(tr("&Key"), m_key);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(label);
    row->addWidget(m_mode);
    row->addWidget(m_files, 1);
    row->addStretch(0);
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
