// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/cutter.h"
#include "protocol/protocols/length/length_layout.h"

#include <QByteArray>

namespace sockeye {

/// The parts of a message in front of which stands its length; numbers of Progress::part.
struct LengthPart {
    static constexpr quint16 Head = 1; ///< what precedes the length, and the length
    static constexpr quint16 Body = 2;
};

/// A message says how long it is.
class LengthFraming final : public Cutter {
public:
    LengthFraming(const LengthLayout& layout, const Limits& limits);

    void finish(Frames& out) override;
    [[nodiscard]] Progress progress() const override;

    /// What is wrong with a length that stands at `offset` of the stream.
    [[nodiscard]] static Error badLength(const LengthLayout& layout, quint64 length, qint64 most, qint64 offset);

protected:
    void take(QByteArrayView piece, Frames& out) override;

private:
    void takeLength(QByteArrayView piece, Frames& out);

    LengthLayout m_layout;
    qint64 m_most = 0;
    QByteArray m_length; ///< bytes of an unfinished length
    qint64 m_head = 0; ///< bytes of the message before its body; 0 while its length is not known
    qint64 m_body = 0; ///< bytes of it after that
};

} // namespace sockeye
