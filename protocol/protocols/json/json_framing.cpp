// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/json/json_framing.h"

#include "protocol/text/describe_bytes.h"

namespace sockeye {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool endsWord(char c)
{
    return isSpace(c) || c == '{' || c == '}' || c == '[' || c == ']' || c == '"' || c == ',' || c == ':';
}

/// One byte alone: what stands around it may not be there yet.
QString describeAlone(char c)
{
    return describeCharacter(QByteArrayView(&c, 1), 0);
}

} // namespace

JsonFraming::JsonFraming(const Limits& limits)
    : m_limits(limits)
{
}

void JsonFraming::take(QByteArrayView piece, Frames& out)
{
    qsizetype at = 0;
    while (at < piece.size() && !m_whole && !hasFailed()) {
        if (size() + at == m_limits.maxContent) {
            failTooLong(QStringLiteral("message"), m_limits.maxContent);
            return;
        }
        if (step(piece[at], end() + at)) {
            ++at;
        }
    }
    advance(at);
    if (m_whole && !hasFailed()) {
        endMessage(out, m_space);
        m_whole = false;
        m_space = 0;
        m_state = State::Between;
    }
}

bool JsonFraming::step(char c, qint64 offset)
{
    switch (m_state) {
    case State::Between:
        begin(c, offset);
        break;
    case State::Inside:
        if (c == '"') {
            m_state = State::String;
        } else if (c == '{' || c == '[') {
            open(c == '{', offset);
        } else if (c == '}' || c == ']') {
            close(c == '}', c, offset);
        }
        break;
    case State::String:
        if (c == '\\') {
            m_state = State::Escape;
        } else if (c == '"') {
            m_state = State::Inside;
            m_whole = m_objects.empty();
        }
        break;
    case State::Escape:
        m_state = State::String;
        break;
    case State::Word:
        m_whole = endsWord(c);
        return !m_whole;
    }
    return !hasFailed();
}

void JsonFraming::begin(char c, qint64 offset)
{
    if (isSpace(c)) {
        ++m_space;
    } else if (c == '{' || c == '[') {
        m_state = State::Inside;
        open(c == '{', offset);
    } else if (c == '"') {
        m_state = State::String;
    } else if (c == '-' || (c >= '0' && c <= '9') || c == 't' || c == 'f' || c == 'n') {
        m_state = State::Word;
    } else {
        fail(ErrorCode::NotJson, offset, QStringLiteral("message"), QStringLiteral("a value"), describeAlone(c));
    }
}

void JsonFraming::open(bool object, qint64 offset)
{
    if (m_objects.size() >= static_cast<size_t>(std::max(m_limits.maxDepth, 1))) {
        fail(ErrorCode::TooDeep, offset, QStringLiteral("message"),
            u"at most " % QString::number(m_limits.maxDepth) % u" levels", QStringLiteral("more"));
        return;
    }
    m_objects.push_back(object);
}

void JsonFraming::close(bool object, char c, qint64 offset)
{
    if (m_objects.back() != object) {
        fail(ErrorCode::NotJson, offset, QStringLiteral("message"),
            m_objects.back() ? QStringLiteral("\",\" or \"}\"") : QStringLiteral("\",\" or \"]\""), describeAlone(c));
        return;
    }
    m_objects.pop_back();
    m_whole = m_objects.empty();
}

void JsonFraming::finish(Frames& out)
{
    if (hasFailed() || m_state == State::Between) {
        return; // white space after the last text is owed nothing
    }
    if (m_state == State::Word) {
        endMessage(out, m_space);
        m_state = State::Between;
        m_space = 0;
        return;
    }
    truncated(QStringLiteral("message"), QStringLiteral("a JSON text"), size() - m_space);
}

Progress JsonFraming::progress() const
{
    constexpr quint16 text = 1;
    Progress progress = within(text, size() - m_space);
    if (progress.isWithin() && m_state == State::Between) {
        progress.part = Progress::between;
    }
    return progress;
}

} // namespace sockeye
