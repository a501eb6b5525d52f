// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/file_store.h"

#include "app/platform/system_error.h"
#include "app/storage/file_failure.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <utility>

namespace sockeye {

namespace {
constexpr time_t recently = 5; // seconds: capturing programs write less often when little happens
} // namespace

FileStore::FileStore(const QString& path, Opening opening)
    : m_path(path)
    , m_isStandardInput(path == QLatin1StringView("-"))
{
    if (m_isStandardInput) {
        m_path = QCoreApplication::translate("CaptureReader", "standard input");
    }
    if (opening == Opening::AtOnce) {
        open();
    }
}

void FileStore::open()
{
    SystemFile file = m_isStandardInput ? SystemFile::standardInput() : SystemFile::openToRead(m_path);
    m_failure = file.isOpen() ? take(std::move(file)) : cannotOpen(m_path, systemErrorText(file.error()));
}

Failure FileStore::take(SystemFile file)
{
    using Kind = FileFacts::Kind;
    const FileFacts facts = file.facts().value_or(FileFacts());
    if (facts.kind == Kind::Stream) {
        m_stream = std::make_unique<InputStream>(m_path, std::move(file), 0);
        return m_stream->failure();
    }
    if (facts.kind != Kind::Regular) {
        return cannotOpen(m_path, systemErrorText(facts.kind == Kind::Folder ? EISDIR : ESPIPE));
    }
    m_file = std::move(file);
    m_size.store(facts.size);
    QByteArray head(packingHead, Qt::Uninitialized);
    head.truncate(read(0, head.data(), head.size()));
    const Packing packing = packingOf(head);
    if (!packing.isRead) {
        return packing.name ? packedOtherwise(m_path, packing) : Failure();
    }
    m_size.store(0);
    m_stream = std::make_unique<InputStream>(m_path, std::move(m_file), facts.size);
    return m_stream->failure();
}

FileStore::~FileStore() = default;

InputStream::Pulled FileStore::pull(std::chrono::milliseconds patience)
{
    const InputStream::Pulled pulled = m_stream->pull(patience);
    m_size.store(m_stream->size(), std::memory_order_release);
    return pulled;
}

qint64 FileStore::read(qint64 position, char* to, qint64 size) const
{
    const qint64 end = readableEnd();
    if (position < 0 || position >= end) {
        return 0;
    }
    const SystemFile& file = m_stream ? m_stream->spool() : m_file;
    return file.read(to, std::min(size, end - position), position); // cut short since: what is there counts
}

bool FileStore::hasGrown()
{
    const auto facts = m_file.facts();
    if (!facts || facts->size <= readableEnd()) {
        return false;
    }
    m_size.store(facts->size, std::memory_order_release);
    return true;
}

bool FileStore::isGrowing() const
{
    const auto facts = m_file.facts();
    return facts && (facts->size > readableEnd() || std::time(nullptr) - facts->changed <= recently);
}

bool FileStore::hasShrunk() const
{
    const auto facts = m_file.facts();
    return facts && facts->size < readableEnd();
}

} // namespace sockeye
