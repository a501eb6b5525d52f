// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

#include <tl/expected.hpp>

#include <memory>

namespace sockeye {

struct TextStreamState;

/// Reads a text that comes in pieces, cut anywhere: a character that a piece leaves unfinished comes with the next one.
/// What is no character becomes U+FFFD.
class TextDecoder {
public:
    /// An encoding that is not known is read as UTF-8.
    explicit TextDecoder(const QByteArray& encoding);
    ~TextDecoder();
    TextDecoder(TextDecoder&&) noexcept;
    TextDecoder& operator=(TextDecoder&&) noexcept;

    [[nodiscard]] QString decode(QByteArrayView piece);
    /// The text has ended: U+FFFD for a character that was left unfinished. The next piece begins another text.
    [[nodiscard]] QString finish();
    /// Bytes of a character that is not finished yet.
    [[nodiscard]] int pending() const;

private:
    QString take(QByteArrayView piece, bool isLast);
    std::unique_ptr<TextStreamState> m_state;
};

/// Writes a text piece by piece: what stands once at the front of a text (a byte order mark) is written once.
class TextEncoder {
public:
    /// An encoding that is not known is written as UTF-8.
    explicit TextEncoder(const QByteArray& encoding);
    ~TextEncoder();
    TextEncoder(TextEncoder&&) noexcept;
    TextEncoder& operator=(TextEncoder&&) noexcept;

    /// The bytes; or where in `piece` the first character stands that the encoding does not have.
    [[nodiscard]] tl::expected<QByteArray, qsizetype> encode(QStringView piece);

private:
    std::unique_ptr<TextStreamState> m_state;
};

} // namespace sockeye
