// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/cutter.h"

namespace sockeye {

/// Frames that end with a byte which never stands inside one. Some senders begin a frame with that byte, too: frames of
/// nothing else belong to the frame that follows.
class EndByteFraming final : public Cutter {
public:
    EndByteFraming(char endByte, const Limits& limits)
        : m_most(limits.maxContent)
        , m_endByte(endByte)
    {
    }

    void finish(Frames& out) override;
    [[nodiscard]] Progress progress() const override;

protected:
    void take(QByteArrayView piece, Frames& out) override;

private:
    qint64 m_most = 0;
    qint64 m_leading = 0; ///< end bytes before the first byte of the frame
    char m_endByte = '\0';
};

} // namespace sockeye
