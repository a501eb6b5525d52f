// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/standard_streams.h"

#include "app/platform/portable/blocking_input.h"

#include <cerrno>
#include <cstdio>

namespace sockeye {

/// What came is handed over in the thread of whoever wants it.
class StandardInput::Source {
public:
    explicit Source(StandardInput& input)
        : m_input(input)
        , m_bytes({}, [this] {
            QMetaObject::invokeMethod(
                &m_input, [this] { hand(); }, Qt::QueuedConnection);
        })
    {
    }

private:
    void hand()
    {
        constexpr qint64 atOnce = 64 * 1024;
        for (QByteArray bytes = m_bytes.take(atOnce, {}); !bytes.isEmpty(); bytes = m_bytes.take(atOnce, {})) {
            Q_EMIT m_input.came(bytes);
        }
        if (!m_isOver && m_bytes.isOver()) {
            m_isOver = true;
            Q_EMIT m_input.ended();
        }
    }

    StandardInput& m_input;
    bool m_isOver = false;
    BlockingInput m_bytes; ///< the last: its thread uses the others
};

void reserveStandardStreams() { } // C++ and Qt do not tell which there are

bool isTerminal(StandardStream)
{
    return false;
}

int writeAll(StandardStream stream, QByteArrayView bytes)
{
    std::FILE* const file = stream == StandardStream::Output ? stdout : stderr;
    const auto size = static_cast<std::size_t>(bytes.size());
    errno = 0;
    if (std::fwrite(bytes.data(), 1, size, file) == size && std::fflush(file) == 0) {
        return 0;
    }
    return errno != 0 ? errno : EIO; // C++ does not promise that it is set
}

StandardInput::StandardInput()
    : m_source(std::make_unique<Source>(*this))
{
}

StandardInput::~StandardInput() = default;

} // namespace sockeye
