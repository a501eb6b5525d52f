// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/tls/certificate_label.h"

#include "app/listening/tls_names.h"

namespace sockeye {

CertificateLabel::CertificateLabel(QWidget* parent)
    : QLabel(parent)
{
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    hide();
}

void CertificateLabel::showCertificate(const std::optional<CertificateFacts>& certificate, const SocketAddress& address)
{
    setVisible(certificate.has_value());
    if (certificate) {
        // In two lines: one that cannot be broken would hold the window wide.
        const QString print = certificate->fingerprint;
        const qsizetype half = (print.size() + 1) / 2;
        setText(
            tr("Certificate:\t%1\nSHA-256:\t%2\n\t%3\nTo connect:\t%4\n\t%5")
                .arg(certificate->subject, print.left(half), print.mid(half), lookLine(address), sendLine(address)));
    }
}

} // namespace sockeye
