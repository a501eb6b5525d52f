// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/text_stream.h"

#include "protocol/content/icu_converter.h"

#include <algorithm>
#include <array>

namespace sockeye {

struct TextStreamState {
    IcuConverter converter;
};

namespace {

std::unique_ptr<TextStreamState> newState(const QByteArray& encoding)
{
    IcuConverter converter = openConverter(encoding);
    return std::make_unique<TextStreamState>(
        TextStreamState { converter ? std::move(converter) : openConverter("UTF-8") });
}

} // namespace

TextDecoder::TextDecoder(const QByteArray& encoding)
    : m_state(newState(encoding))
{
}

TextDecoder::~TextDecoder() = default;
TextDecoder::TextDecoder(TextDecoder&&) noexcept = default;
TextDecoder& TextDecoder::operator=(TextDecoder&&) noexcept = default;

QString TextDecoder::decode(QByteArrayView piece)
{
    return take(piece, false);
}

QString TextDecoder::finish()
{
    QString rest = take({}, true);
    ucnv_resetToUnicode(m_state->converter.get());
    return rest;
}

int TextDecoder::pending() const
{
    UErrorCode status = U_ZERO_ERROR;
    return std::max(0, ucnv_toUCountPending(m_state->converter.get(), &status));
}

QString TextDecoder::take(QByteArrayView piece, bool isLast)
{
    QString text;
    const char* source = piece.data();
    const char* const end = source + piece.size();
    std::array<UChar, 2048> part {};
    for (;;) {
        UErrorCode status = U_ZERO_ERROR;
        UChar* target = part.data();
        ucnv_toUnicode(m_state->converter.get(), &target, part.data() + part.size(), &source, end, nullptr,
            isLast ? 1 : 0, &status);
        text.append(QStringView(part.data(), target));
        if (status != U_BUFFER_OVERFLOW_ERROR) {
            return text; // replaceByFffd() leaves no other trouble
        }
    }
}

TextEncoder::TextEncoder(const QByteArray& encoding)
    : m_state(newState(encoding))
{
}

TextEncoder::~TextEncoder() = default;
TextEncoder::TextEncoder(TextEncoder&&) noexcept = default;
TextEncoder& TextEncoder::operator=(TextEncoder&&) noexcept = default;

tl::expected<QByteArray, qsizetype> TextEncoder::encode(QStringView piece)
{
    QByteArray bytes;
    const auto* source = reinterpret_cast<const UChar*>(piece.utf16());
    const UChar* const begin = source;
    const UChar* const end = source + piece.size();
    std::array<char, 4096> part {};
    for (;;) {
        UErrorCode status = U_ZERO_ERROR;
        char* target = part.data();
        ucnv_fromUnicode(
            m_state->converter.get(), &target, part.data() + part.size(), &source, end, nullptr, 0, &status);
        bytes.append(part.data(), target - part.data());
        if (status == U_BUFFER_OVERFLOW_ERROR) {
            continue;
        }
        // It stands behind the character that it could not write, of one unit or of two.
        const qsizetype taken = source - begin;
        const bool isHalf = taken > 0 && piece.last(1).front().isHighSurrogate() && taken == piece.size();
        if (U_FAILURE(status) || isHalf) {
            ucnv_resetFromUnicode(m_state->converter.get());
            const bool isPair = taken >= 2 && piece[taken - 1].isLowSurrogate() && piece[taken - 2].isHighSurrogate();
            return tl::unexpected(std::max<qsizetype>(0, taken - (isPair ? 2 : 1)));
        }
        return bytes;
    }
}

} // namespace sockeye
