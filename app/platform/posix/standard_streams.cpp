// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/standard_streams.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace sockeye {

namespace {

int descriptorOf(StandardStream stream)
{
    return stream == StandardStream::Output ? STDOUT_FILENO : STDERR_FILENO;
}

} // namespace

class StandardInput::Source {
public:
    Source()
        : notifier(STDIN_FILENO, QSocketNotifier::Read)
    {
    }
    QSocketNotifier notifier;
};

void reserveStandardStreams()
{
    // The lowest free descriptor is taken: each in its turn. The wrong way round, so that its use is an error.
    for (const int descriptor : { STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO }) {
        if (::fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
            (void)::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY); // NOLINT(*-vararg)
        }
    }
}

bool isTerminal(StandardStream stream)
{
    return ::isatty(descriptorOf(stream)) == 1;
}

int writeAll(StandardStream stream, QByteArrayView bytes)
{
    const int descriptor = descriptorOf(stream);
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), static_cast<size_t>(bytes.size()));
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            if (errno == EAGAIN) { // whoever shares it made it non-blocking
                pollfd wait { descriptor, POLLOUT, 0 };
                ::poll(&wait, 1, -1);
                continue;
            }
            return errno;
        }
        bytes = bytes.sliced(written);
    }
    return 0;
}

StandardInput::StandardInput()
    : m_source(std::make_unique<Source>())
{
    connect(&m_source->notifier, &QSocketNotifier::activated, this, [this] {
        std::array<char, 4096> data {};
        const ssize_t count = ::read(STDIN_FILENO, data.data(), data.size());
        if (count > 0) {
            Q_EMIT came(QByteArray(data.data(), count));
        } else {
            m_source->notifier.setEnabled(false);
            Q_EMIT ended();
        }
    });
}

StandardInput::~StandardInput() = default;

} // namespace sockeye
