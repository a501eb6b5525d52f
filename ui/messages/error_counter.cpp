// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/error_counter.h"

#include "ui/messages/message_filter.h"

#include <algorithm>

namespace sockeye {

namespace {
constexpr qsizetype rowsPerSlice = 100'000;
}

bool ErrorCounter::advance(const Capture& capture)
{
    const MessageFilter errorsOnly { 0, true, {}, -1 };
    const qsizetype before = m_errors;
    const qsizetype end = std::min(capture.messageCount(), m_next + rowsPerSlice);
    for (; m_next < end; ++m_next) {
        m_errors += errorsOnly.accepts(capture.message(m_next)) ? 1 : 0;
    }
    return m_errors != before;
}

} // namespace sockeye
