// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/native/native_passer.h"

#include "app/net/native/native_stream.h"

namespace sockeye {

namespace {

bool isOpenTcp(const Stream& stream)
{
    const auto* const native = dynamic_cast<const NativeStream*>(&stream);
    return native != nullptr && native->isOpen() && !native->socket().isUnix();
}

} // namespace

bool NativePasser::canPass(const Stream& from, const Stream& to)
{
    return isOpenTcp(from) && isOpenTcp(to) && (m_pipe.isOpen() || m_pipe.open());
}

Passed NativePasser::pass(Stream& from, Stream& to, std::span<char> left)
{
    TcpSocket& source = static_cast<NativeStream&>(from).socket();
    TcpSocket& sink = static_cast<NativeStream&>(to).socket();
    Passed passed;
    const qsizetype taken = m_pipe.fill(source.descriptor(), static_cast<qsizetype>(left.size()));
    passed.taken = source.outcomeOfReading(taken);
    if (taken > 0) {
        passed.given = sink.outcomeOfWriting(m_pipe.drain(sink.descriptor()));
        m_pipe.takeOut(left.first(static_cast<std::size_t>(m_pipe.size())));
    }
    return passed;
}

} // namespace sockeye
