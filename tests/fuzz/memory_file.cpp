// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "memory_file.h"

#include "fuzz_target.h"

#include <algorithm>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

namespace sockeye {

MemoryFile::~MemoryFile()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

qint64 MemoryFile::read(qint64 position, char* to, qint64 size) const
{
    if (position < 0 || position >= m_bytes.size() || size <= 0) {
        return 0;
    }
    size = std::min(size, m_bytes.size() - position);
    std::memcpy(to, m_bytes.data() + position, static_cast<std::size_t>(size));
    return size;
}

QString MemoryFile::path()
{
    if (m_descriptor < 0) {
        m_descriptor = ::memfd_create("fuzz", MFD_CLOEXEC);
        require(m_descriptor >= 0, "no file in memory to be had");
        const auto size = static_cast<std::size_t>(m_bytes.size());
        require(::write(m_descriptor, m_bytes.data(), size) == m_bytes.size(), "the file in memory is cut");
    }
    return QStringLiteral("/proc/self/fd/%1").arg(m_descriptor);
}

} // namespace sockeye
