// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/text/visible_text.h"

namespace sockeye {

namespace {

constexpr char16_t pictures = 0x2400; // of U+0000 and those after it
constexpr char16_t pictureOfDelete = 0x2421;

bool turnsOrBreaks(char16_t code)
{
    return (code >= 0x80 && code < 0xa0) // the second set of control characters
        || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) // embeddings and isolates
        || code == 0x2028 || code == 0x2029; // separators of lines and paragraphs
}

} // namespace

QString visibleText(QString text)
{
    for (QChar& c : text) {
        const char16_t code = c.unicode();
        if (code < 0x20) {
            c = QChar(static_cast<char16_t>(pictures + code));
        } else if (code == 0x7f) {
            c = QChar(pictureOfDelete);
        } else if (turnsOrBreaks(code)) {
            c = QChar(QChar::ReplacementCharacter);
        }
    }
    return text;
}

} // namespace sockeye
