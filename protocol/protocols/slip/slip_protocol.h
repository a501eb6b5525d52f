// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/stuffed_protocol.h"

namespace sockeye {

/// Frames of the Serial Line Internet Protocol (RFC 1055): END (0xc0) ends one; inside, END and ESC are escaped.
class SlipProtocol final : public StuffedProtocol {
public:
    SlipProtocol();
    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString waitingFor(const Progress& progress) const override;
    [[nodiscard]] QString adviceOn(const Progress& progress) const override;
    [[nodiscard]] tl::expected<QByteArray, QString> carry(
        Sender sender, ContentKind kind, QByteArrayView content) const override;

protected:
    [[nodiscard]] Unstuffed unstuffed(QByteArrayView frame) const override;
    void addFields(NamedFields& fields, QByteArrayView frame, qint64 begin) const override;
};

/// The one value of it.
[[nodiscard]] const ProtocolPtr& slipProtocol();

} // namespace sockeye
