// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/framing.h"

namespace sockeye {

/// Each piece is a message: what one read of a byte service carried.
class RawFraming final : public Framing {
public:
    void feed(QByteArrayView piece, Frames& out) override;
    void finish(Frames& out) override;
    [[nodiscard]] const std::optional<Error>& error() const override { return m_error; }
    [[nodiscard]] Progress progress() const override;

private:
    qint64 m_offset = 0;
    std::optional<Error> m_error; ///< never set: no bytes are wrong here
};

} // namespace sockeye
