// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/tls/tls_facts.h"

#include <QTreeWidget>

namespace sockeye {

/// What a TLS handshake came to, as a tree: name and value; each certificate of the chain is a branch.
class TlsFactsView : public QTreeWidget {
    Q_OBJECT
public:
    explicit TlsFactsView(QWidget* parent = nullptr);

    void setFacts(const TlsFacts& facts);

private:
    void addCertificate(const CertificateFacts& certificate, const QString& role);
};

} // namespace sockeye
