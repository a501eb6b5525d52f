// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/terminal/line_input.h"

#include <utility>

namespace sockeye::cli {

namespace {

constexpr qsizetype maxLine = 8 * 1024; // bytes

} // namespace

LineInput::LineInput()
{
    connect(&m_input, &StandardInput::came, this, &LineInput::take);
    connect(&m_input, &StandardInput::ended, this, &LineInput::end);
}

void LineInput::end()
{
    if (!m_begun.isEmpty()) {
        hand(std::exchange(m_begun, {}));
    }
}

void LineInput::take(const QByteArray& bytes)
{
    m_begun.append(bytes);
    qsizetype begin = 0;
    for (qsizetype feed = 0; (feed = m_begun.indexOf('\n', begin)) >= 0; begin = feed + 1) {
        hand(m_begun.mid(begin, feed - begin));
    }
    m_begun.remove(0, begin);
    if (m_begun.size() > maxLine) {
        hand(std::exchange(m_begun, {}));
    }
}

void LineInput::hand(QByteArray text)
{
    if (text.endsWith('\r')) {
        text.chop(1);
    }
    Q_EMIT line(QString::fromUtf8(text));
}

} // namespace sockeye::cli
