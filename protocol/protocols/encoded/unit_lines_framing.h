// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/framing.h"

namespace sockeye {

/// Lines of a text that is written in units of two or four bytes (UTF-16, UTF-32): a line feed is a unit, not a byte.
class UnitLinesFraming final : public Framing {
public:
    /// `isBig` tells the order of a unit's bytes.
    UnitLinesFraming(int unit, bool isBig, const Limits& limits);

    void feed(QByteArrayView piece, Frames& out) override;
    void finish(Frames& out) override;
    [[nodiscard]] const std::optional<Error>& error() const override { return m_error; }
    [[nodiscard]] Progress progress() const override;

private:
    void end(Frames& out);

    int m_unit;
    bool m_isBig;
    qint64 m_maxLine;
    qint64 m_lineOffset = 0; ///< in the stream, where the unfinished line begins
    qint64 m_lineSize = 0; ///< bytes of it that have come
    quint32 m_value = 0; ///< of the unit that is coming, as far as it has come
    std::optional<Error> m_error;
};

} // namespace sockeye
