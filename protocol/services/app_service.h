// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/app/app_protocol.h"
#include "protocol/services/service.h"

#include <QHash>

namespace sockeye {

/// The server of the application protocol (wire protocol §1, "Requests and replies").
class AppService final : public Service {
public:
    explicit AppService(const ServiceOptions& options);
    [[nodiscard]] const ProtocolPtr& protocol() const override { return appProtocol(); }
    [[nodiscard]] std::unique_ptr<Session> newSession() const override;
    [[nodiscard]] QByteArray lastWords() const override;

    /// What all sessions share.
    struct Shared {
        bool persistent = false;
        ByteOrder claimed = ByteOrder::Little;
        Limits limits;
        QHash<QByteArray, QByteArray> replies; ///< query of the catalogue → the whole reply, encoded once
    };

private:
    std::shared_ptr<const Shared> m_shared;
};

} // namespace sockeye
