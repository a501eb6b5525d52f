// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/tls/tls_facts.h"

#include <QLabel>

#include <optional>

namespace sockeye {

/// The certificate that who listens shows to its clients, and how to connect to it. Not to be seen without one.
class CertificateLabel final : public QLabel {
    Q_OBJECT
public:
    explicit CertificateLabel(QWidget* parent = nullptr);

    void showCertificate(const std::optional<CertificateFacts>& certificate, const SocketAddress& address);
};

} // namespace sockeye
