// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/json/json_scanner.h"

#include "protocol/json/string_run.h"
#include "protocol/text/describe_bytes.h"

#include <QtEndian>

#include <bit>

namespace sockeye::json {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

} // namespace

Scanner::Scanner(QByteArrayView utf8, int maxDepth)
    : m_text(utf8)
    , m_maxDepth(qBound(0, maxDepth, depthCapacity))
{
}

Token Scanner::next()
{
    if (m_state == State::Failed) {
        return Token::Failed;
    }
    skipSpace();
    m_begin = m_pos;
    switch (m_state) {
    case State::Value:
        return value();
    case State::FirstValue:
        return current() == ']' && m_pos < m_text.size() ? close() : value();
    case State::FirstKey:
        if (current() == '}') {
            return close();
        }
        [[fallthrough]];
    case State::Key:
        return current() == '"'
            ? string(Token::Key)
            : fail(Token::End, m_pos, m_state == State::FirstKey ? "a key in quotes or \"}\"" : "a key in quotes");
    case State::Colon:
        if (current() != ':') {
            return fail(Token::End, m_pos, "\":\"");
        }
        ++m_pos;
        skipSpace();
        m_begin = m_pos;
        return value();
    case State::AfterValue:
        break;
    case State::Failed:
        return Token::Failed;
    }
    if (m_depth == 0) {
        return m_pos == m_text.size() ? Token::End : fail(Token::End, m_pos, "the end");
    }
    const bool object = inObject();
    if (current() == (object ? '}' : ']')) {
        return close();
    }
    if (current() != ',') {
        return fail(Token::End, m_pos, object ? "\",\" or \"}\"" : "\",\" or \"]\"");
    }
    ++m_pos;
    m_state = object ? State::Key : State::Value;
    return next();
}

Token Scanner::skipContainer()
{
    const int outside = m_depth - 1;
    Token token = Token::End;
    while (m_depth > outside) {
        token = next();
        if (token == Token::Failed) {
            return token;
        }
    }
    return token;
}

bool Scanner::leaveUnchecked(int depth)
{
    while (m_depth > depth) {
        switch (current()) {
        case '"':
            for (++m_pos, skipPlain(); m_pos < m_text.size() && m_text[m_pos] != '"'; skipPlain()) {
                m_pos += m_text[m_pos] == '\\' ? 2 : 1;
            }
            break;
        case '{':
        case '[':
            ++m_depth;
            break;
        case '}':
        case ']':
            --m_depth;
            break;
        default:
            break;
        }
        ++m_pos;
        if (m_pos >= m_text.size() && m_depth > depth) {
            m_pos = m_text.size();
            m_state = State::AfterValue;
            return false;
        }
    }
    m_begin = m_pos - 1;
    m_state = State::AfterValue;
    return true;
}

Token Scanner::value()
{
    switch (current()) {
    case '{':
        return open(true);
    case '[':
        return open(false);
    case '"':
        return string(Token::String);
    case 't':
    case 'f':
    case 'n':
        return literal();
    default:
        if (current() == '-' || isDigit(current())) {
            return number();
        }
        return fail(Token::End, m_pos, m_state == State::FirstValue ? "a value or \"]\"" : "a value");
    }
}

Token Scanner::open(bool object)
{
    if (m_depth >= m_maxDepth) {
        fail(Token::End, m_pos, "");
        m_problem.kind = Problem::Kind::TooDeep;
        m_problem.expected = u"at most " % QString::number(m_maxDepth) % u" levels";
        return Token::Failed;
    }
    const auto level = static_cast<size_t>(m_depth);
    const quint64 bit = quint64 { 1 } << (level % 64);
    quint64& word = m_objects[level / 64];
    word = object ? word | bit : word & ~bit;
    ++m_depth;
    ++m_pos;
    m_state = object ? State::FirstKey : State::FirstValue;
    return object ? Token::ObjectBegin : Token::ArrayBegin;
}

Token Scanner::close()
{
    const bool object = inObject();
    --m_depth;
    ++m_pos;
    m_state = State::AfterValue;
    return object ? Token::ObjectEnd : Token::ArrayEnd;
}

void Scanner::skipPlain()
{
    while (m_text.size() - m_pos >= 8) {
        const quint64 ends = endsOfRun(qFromLittleEndian<quint64>(m_text.data() + m_pos));
        if (ends != 0) {
            m_pos += std::countr_zero(ends) / 8;
            return;
        }
        m_pos += 8;
    }
    while (m_pos < m_text.size()) {
        const char c = m_text[m_pos];
        if (c == '"' || c == '\\' || static_cast<uchar>(c) < 0x20) {
            return;
        }
        ++m_pos;
    }
}

Token Scanner::string(Token token)
{
    ++m_pos;
    m_hasEscapes = false;
    while (true) {
        skipPlain();
        if (m_pos >= m_text.size()) {
            return fail(token, m_pos, "\"\\\"\"");
        }
        const char c = m_text[m_pos];
        if (c == '"') {
            ++m_pos;
            m_state = token == Token::Key ? State::Colon : State::AfterValue;
            return token;
        }
        if (c != '\\') {
            return fail(token, m_pos, "a character that JSON allows unescaped");
        }
        m_hasEscapes = true;
        if (!escape()) {
            return fail(token, m_pos, "an escape sequence");
        }
    }
}

bool Scanner::escape()
{
    ++m_pos; // the backslash
    switch (current()) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        ++m_pos;
        return true;
    case 'u':
        ++m_pos;
        for (int i = 0; i < 4; ++i) {
            if (!isHexDigit(current())) {
                return false;
            }
            ++m_pos;
        }
        return true;
    default:
        return false;
    }
}

Token Scanner::number()
{
    const auto digits = [this] {
        const qsizetype before = m_pos;
        while (isDigit(current())) {
            ++m_pos;
        }
        return m_pos > before;
    };
    if (current() == '-') {
        ++m_pos;
    }
    if (current() == '0') {
        ++m_pos;
    } else if (!digits()) {
        return fail(Token::Number, m_pos, "a digit");
    }
    if (current() == '.') {
        ++m_pos;
        if (!digits()) {
            return fail(Token::Number, m_pos, "a digit");
        }
    }
    if (current() == 'e' || current() == 'E') {
        ++m_pos;
        if (current() == '+' || current() == '-') {
            ++m_pos;
        }
        if (!digits()) {
            return fail(Token::Number, m_pos, "a digit");
        }
    }
    m_state = State::AfterValue;
    return Token::Number;
}

Token Scanner::literal()
{
    const char first = current();
    const QByteArrayView word = first == 't' ? "true" : first == 'f' ? "false" : "null";
    const QByteArrayView have = m_text.sliced(m_pos, qMin(word.size(), m_text.size() - m_pos));
    if (have == word) {
        m_pos += word.size();
        m_state = State::AfterValue;
        return Token::Literal;
    }
    if (word.startsWith(have)) {
        return fail(Token::Literal, m_text.size(), word.data());
    }
    return fail(Token::End, m_pos, "a value");
}

Token Scanner::fail(Token token, qsizetype offset, const char* expected)
{
    m_problem.kind = Problem::Kind::NotJson;
    m_problem.offset = offset;
    m_problem.expected = QString::fromUtf8(expected);
    m_problem.found = describeCharacter(m_text, offset);
    m_failedToken = token;
    m_pos = offset;
    m_state = State::Failed;
    return Token::Failed;
}

} // namespace sockeye::json
