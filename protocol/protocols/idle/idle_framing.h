// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/cutter.h"

namespace sockeye {

/// What came until nothing did for a while is a message.
class IdleFraming final : public Cutter {
public:
    IdleFraming(int patience, qint64 maxMessage)
        : m_patience(patience)
        , m_maxMessage(maxMessage)
    {
    }

    [[nodiscard]] int patience() const override { return m_patience; }
    void silence(Frames& out) override;
    void finish(Frames& out) override { silence(out); }
    [[nodiscard]] Progress progress() const override;

protected:
    void take(QByteArrayView piece, Frames& out) override;

private:
    int m_patience = 1; ///< milliseconds
    qint64 m_maxMessage = 1;
};

} // namespace sockeye
