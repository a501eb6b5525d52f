// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/framing.h"

namespace sockeye {

/// Lines of text: a message ends with its line feed, the last one also with the stream.
class LinesFraming final : public Framing {
public:
    explicit LinesFraming(const Limits& limits);

    void feed(QByteArrayView piece, Frames& out) override;
    void finish(Frames& out) override;
    [[nodiscard]] const std::optional<Error>& error() const override { return m_error; }
    [[nodiscard]] Progress progress() const override;

private:
    qint64 m_maxLine = 0;
    qint64 m_lineOffset = 0; ///< in the stream, where the unfinished line begins
    qint64 m_lineSize = 0; ///< bytes of it that have come
    std::optional<Error> m_error;
};

} // namespace sockeye
