// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/cutter.h"

namespace sockeye {

/// Every so many bytes are a message.
class FixedFraming final : public Cutter {
public:
    explicit FixedFraming(qint64 messageSize)
        : m_messageSize(messageSize)
    {
    }

    void finish(Frames& out) override;
    [[nodiscard]] Progress progress() const override;

protected:
    void take(QByteArrayView piece, Frames& out) override;

private:
    qint64 m_messageSize = 1;
};

} // namespace sockeye
