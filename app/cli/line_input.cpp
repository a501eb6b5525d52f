// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/line_input.h"

#include <array>

#include <unistd.h>

namespace sockeye::cli {

namespace {

constexpr qsizetype maxLine = 8 * 1024; // bytes

} // namespace

LineInput::LineInput()
    : m_notifier(STDIN_FILENO, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &LineInput::take);
}

void LineInput::take()
{
    std::array<char, 4096> data {};
    const ssize_t count = ::read(STDIN_FILENO, data.data(), data.size());
    if (count <= 0) {
        m_notifier.setEnabled(false);
        if (!m_begun.isEmpty()) {
            hand(std::exchange(m_begun, {}));
        }
        return;
    }
    m_begun.append(data.data(), count);
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
