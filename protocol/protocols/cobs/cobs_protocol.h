// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/stuffed_protocol.h"

namespace sockeye {

/// Frames in Consistent Overhead Byte Stuffing: a zero ends one; inside, code bytes say where zeros were. Codes that
/// point past the end of their frame are wrong.
class CobsProtocol final : public StuffedProtocol {
public:
    CobsProtocol();
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
[[nodiscard]] const ProtocolPtr& cobsProtocol();

} // namespace sockeye
