// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

namespace sockeye {

/// A protocol of somebody else's, as small as one can be: every two bytes are a message.
class PairProtocol final : public Protocol {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("pairs"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("Pairs of bytes"); }
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits&) const override
    {
        return std::make_unique<PairFraming>();
    }

private:
    class PairFraming final : public Framing {
    public:
        void feed(QByteArrayView piece, Frames& out) override
        {
            for (m_fed += piece.size(); m_fed - m_framed >= 2; m_framed += 2) {
                out.push_back({ m_framed, 2, 0, nullptr });
            }
        }
        void finish(Frames& out) override
        {
            Q_UNUSED(out)
            if (m_fed > m_framed && !m_error) {
                m_error = Error { ErrorCode::Truncated, m_fed, QStringLiteral("pair"), QStringLiteral("a pair"),
                    QStringLiteral("1 byte") };
            }
        }
        [[nodiscard]] const std::optional<Error>& error() const override { return m_error; }
        [[nodiscard]] Progress progress() const override
        {
            return m_fed > m_framed ? Progress { 1, 1, 2, m_framed, true }
                                    : Progress { Progress::between, 0, 0, m_fed };
        }

    private:
        qint64 m_fed = 0;
        qint64 m_framed = 0;
        std::optional<Error> m_error;
    };
};

} // namespace sockeye
