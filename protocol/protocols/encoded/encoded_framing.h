// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/content/text_stream.h"
#include "protocol/framing/framing.h"

namespace sockeye {

/// The bytes of a character that a message before has begun and this one goes on with.
class BegunCharacter final : public FrameDetail {
public:
    explicit BegunCharacter(const QByteArray& begun)
        : bytes(begun)
    {
    }
    const QByteArray bytes;
};

/// A framing whose messages end anywhere, also within a character: remembers of each what it goes on with.
class EncodedFraming final : public Framing {
public:
    EncodedFraming(std::unique_ptr<Framing> framing, const QByteArray& encoding);

    void feed(QByteArrayView piece, Frames& out) override;
    void finish(Frames& out) override { m_framing->finish(out); }
    [[nodiscard]] int patience() const override { return m_framing->patience(); }
    void silence(Frames& out) override { m_framing->silence(out); }
    [[nodiscard]] const std::optional<Error>& error() const override { return m_framing->error(); }
    [[nodiscard]] Progress progress() const override { return m_framing->progress(); }

private:
    std::unique_ptr<Framing> m_framing; ///< whose messages are pieces
    TextDecoder m_decoder;
    QByteArray m_begun;
};

} // namespace sockeye
