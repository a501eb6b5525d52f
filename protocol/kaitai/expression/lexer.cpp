// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/expression/lexer.h"

#include "protocol/kaitai/base/words.h"
#include "protocol/text/utf8.h"

#include <array>
#include <cctype>

namespace sockeye::kaitai {

namespace {

bool beginsName(char c)
{
    return std::isalpha(static_cast<uchar>(c)) != 0 || c == '_';
}

bool continuesName(char c)
{
    return std::isalnum(static_cast<uchar>(c)) != 0 || c == '_';
}

int digitOf(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(std::tolower(static_cast<uchar>(c)));
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

} // namespace

Token Lexer::bad(qsizetype offset, const QString& why)
{
    Token token;
    token.kind = Token::Kind::Bad;
    token.offset = offset;
    token.text = why.toUtf8();
    return token;
}

void Lexer::skipSpace()
{
    while (m_pos < m_text.size()) {
        const char c = m_text[m_pos];
        const bool joined = c == '\\' && at(m_pos + 1) == '\n';
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            ++m_pos;
        } else if (joined) {
            m_pos += 2;
        } else if (c == '#') {
            while (m_pos < m_text.size() && m_text[m_pos] != '\n') {
                ++m_pos;
            }
        } else {
            return;
        }
    }
}

Token Lexer::name()
{
    Token token;
    token.kind = Token::Kind::Name;
    token.offset = m_pos;
    while (continuesName(at(m_pos))) {
        ++m_pos;
    }
    token.text = m_text.sliced(token.offset, m_pos - token.offset).toByteArray();
    return token;
}

Token Lexer::based(int base)
{
    const qsizetype begin = m_pos;
    m_pos += 2;
    quint64 value = 0;
    bool any = false;
    for (; m_pos < m_text.size(); ++m_pos) {
        if (m_text[m_pos] == '_') {
            continue;
        }
        const int digit = digitOf(m_text[m_pos]);
        if (digit >= base) {
            break;
        }
        if (value > (std::numeric_limits<quint64>::max() - static_cast<quint64>(digit)) / static_cast<quint64>(base)) {
            return bad(begin, tr("The number does not fit 64 bits."));
        }
        value = value * static_cast<quint64>(base) + static_cast<quint64>(digit);
        any = true;
    }
    if (!any || continuesName(at(m_pos))) {
        return bad(begin, tr("This is not a number."));
    }
    Token token;
    token.kind = Token::Kind::Integer;
    token.offset = begin;
    token.integer = Integer::fromUnsigned(value);
    return token;
}

Token Lexer::number()
{
    const qsizetype begin = m_pos;
    const char second = static_cast<char>(std::tolower(static_cast<uchar>(at(m_pos + 1))));
    if (at(m_pos) == '0' && (second == 'x' || second == 'b' || second == 'o')) {
        return based(second == 'x' ? 16 : second == 'b' ? 2 : 8);
    }
    QByteArray digits;
    const auto takeDigits = [&] {
        while (std::isdigit(static_cast<uchar>(at(m_pos))) != 0 || (at(m_pos) == '_' && !digits.isEmpty())) {
            if (at(m_pos) != '_') {
                digits += at(m_pos);
            }
            ++m_pos;
        }
    };
    takeDigits();
    bool isFloat = false;
    // "1.to_s" is a method of an integer, "1." a number.
    if (at(m_pos) == '.' && !beginsName(at(m_pos + 1)) && at(m_pos + 1) != '.') {
        isFloat = true;
        digits += at(m_pos++);
        takeDigits();
    }
    const char sign = at(m_pos + 1);
    const bool exponent = (at(m_pos) == 'e' || at(m_pos) == 'E')
        && (std::isdigit(static_cast<uchar>(sign)) != 0
            || ((sign == '+' || sign == '-') && std::isdigit(static_cast<uchar>(at(m_pos + 2))) != 0));
    if (exponent) {
        isFloat = true;
        digits += 'e';
        ++m_pos;
        if (at(m_pos) == '+' || at(m_pos) == '-') {
            digits += at(m_pos++);
        }
        takeDigits();
    }
    if (continuesName(at(m_pos))) {
        return bad(begin, tr("This is not a number."));
    }
    Token token;
    token.offset = begin;
    bool ok = false;
    if (isFloat) {
        token.kind = Token::Kind::Float;
        token.number = digits.toDouble(&ok);
    } else {
        token.kind = Token::Kind::Integer;
        token.integer = Integer::fromUnsigned(digits.toULongLong(&ok));
    }
    return ok ? token : bad(begin, tr("The number does not fit 64 bits."));
}

bool Lexer::escape(QByteArray& out)
{
    const char c = at(++m_pos); // past the backslash
    constexpr std::array<std::pair<char, char>, 11> letters { { { 'a', '\a' }, { 'b', '\b' }, { 't', '\t' },
        { 'n', '\n' }, { 'v', '\v' }, { 'f', '\f' }, { 'r', '\r' }, { 'e', '\x1b' }, { '\\', '\\' }, { '"', '"' },
        { '\'', '\'' } } };
    for (const auto& [letter, meaning] : letters) {
        if (c == letter) {
            out += meaning;
            ++m_pos;
            return true;
        }
    }
    if (c == '{' || c == '}') {
        out += c;
        ++m_pos;
        return true;
    }
    if (c >= '0' && c <= '7') {
        char32_t value = 0;
        for (int count = 0; count < 3 && at(m_pos) >= '0' && at(m_pos) <= '7'; ++count) {
            value = value * 8 + static_cast<char32_t>(at(m_pos++) - '0');
        }
        appendUtf8(out, value);
        return true;
    }
    if (c == 'u') {
        char32_t value = 0;
        for (int i = 1; i <= 4; ++i) {
            const int digit = digitOf(at(m_pos + i));
            if (digit > 15) {
                return false;
            }
            value = value * 16 + static_cast<char32_t>(digit);
        }
        m_pos += 5;
        appendUtf8(out, value >= 0xd800 && value < 0xe000 ? 0xfffd : value);
        return true;
    }
    return false;
}

Token Lexer::doubleQuoted()
{
    Token token;
    token.kind = Token::Kind::Text;
    token.offset = m_pos++;
    while (m_pos < m_text.size() && m_text[m_pos] != '"') {
        if (m_text[m_pos] != '\\') {
            token.text += m_text[m_pos++];
        } else if (!escape(token.text)) {
            return bad(m_pos, tr("The string has an escape sequence that does not exist."));
        }
    }
    if (m_pos >= m_text.size()) {
        return bad(token.offset, tr("The string has no closing quote."));
    }
    ++m_pos;
    return token;
}

Token Lexer::singleQuoted()
{
    Token token;
    token.kind = Token::Kind::Text;
    token.offset = m_pos++;
    while (m_pos < m_text.size() && m_text[m_pos] != '\'') {
        token.text += m_text[m_pos++];
    }
    if (m_pos >= m_text.size()) {
        return bad(token.offset, tr("The string has no closing quote."));
    }
    ++m_pos;
    return token;
}

bool Lexer::fstringPiece(QByteArray& piece, bool& ended)
{
    piece.clear();
    while (m_pos < m_text.size()) {
        const char c = m_text[m_pos];
        if (c == '"' || c == '{') {
            ended = c == '"';
            ++m_pos;
            return true;
        }
        if (c == '\\') {
            if (!escape(piece)) {
                return false;
            }
        } else {
            piece += c;
            ++m_pos;
        }
    }
    return false;
}

Token Lexer::next()
{
    skipSpace();
    Token token;
    token.offset = m_pos;
    if (m_pos >= m_text.size()) {
        return token;
    }
    const char c = m_text[m_pos];
    if (c == 'f' && at(m_pos + 1) == '"') {
        token.kind = Token::Kind::FStringBegin;
        m_pos += 2;
        return token;
    }
    if (beginsName(c)) {
        return name();
    }
    if (std::isdigit(static_cast<uchar>(c)) != 0) {
        return number();
    }
    if (c == '"') {
        return doubleQuoted();
    }
    if (c == '\'') {
        return singleQuoted();
    }
    static constexpr std::array<const char*, 7> two { "::", "<<", ">>", "<=", ">=", "==", "!=" };
    for (const char* symbol : two) {
        if (m_text.sliced(m_pos).startsWith(symbol)) {
            token.kind = Token::Kind::Symbol;
            token.text = symbol;
            m_pos += 2;
            return token;
        }
    }
    if (QByteArrayView("+-*/%&|^~<>()[]{},.?:").contains(c)) {
        token.kind = Token::Kind::Symbol;
        token.text = QByteArray(1, c);
        ++m_pos;
        return token;
    }
    const bool likeC = c == '!' || c == '=';
    return bad(m_pos,
        likeC ? tr("This is no operator; “not” and “==” are.") : tr("There is a character that cannot stand here."));
}

} // namespace sockeye::kaitai
