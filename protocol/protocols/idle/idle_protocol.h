// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/parameters.h"
#include "protocol/base/protocol.h"

namespace sockeye {

/// Messages that end with a pause of the sender, as those of serial lines do.
class IdleProtocol final : public Protocol {
public:
    IdleProtocol(const QString& id, int patience);

    [[nodiscard]] QString id() const override { return m_id; }
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] QString waitingFor(const Progress& progress) const override;
    [[nodiscard]] QString adviceOn(const Progress& progress) const override;

private:
    QString m_id;
    int m_patience = 1; ///< milliseconds
};

/// What "idle" can be given, and the protocol of these values.
[[nodiscard]] QList<Parameter> idleParameters();
[[nodiscard]] ProtocolPtr idleProtocol(const QString& id, const ParameterValues& values);

} // namespace sockeye
