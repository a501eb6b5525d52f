// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/row_sorter.h"

#include "app/storage/spool_folder.h"

#include <QByteArray>
#include <QDir>

#include <algorithm>
#include <cstring>
#include <queue>

namespace sockeye {

namespace {

constexpr std::size_t keysAtOnce = 2048; ///< read from a run
constexpr qsizetype rowsBetweenLooks = 16 * 1024; ///< whether it was cancelled

} // namespace

/// Sorted keys, in the file or in memory, taken one after the other.
class RowSorter::Run {
public:
    explicit Run(std::vector<Key> keys)
        : m_keys(std::move(keys))
    {
    }
    Run(QTemporaryFile& file, std::size_t words, qint64 position, std::size_t count)
        : m_file(&file)
        , m_words(words)
        , m_position(position)
        , m_left(count)
    {
    }

    /// Null at its end.
    [[nodiscard]] const Key* first()
    {
        if (m_at == m_keys.size() && m_left > 0) {
            readMore();
        }
        return m_at < m_keys.size() ? &m_keys[m_at] : nullptr;
    }
    void removeFirst() { ++m_at; }

    static std::size_t sizeOf(std::size_t words) { return words * sizeof(quint64) + sizeof(quint32); }

private:
    void readMore()
    {
        const std::size_t size = sizeOf(m_words);
        const std::size_t wanted = std::min(m_left, keysAtOnce);
        m_file->seek(m_position);
        const QByteArray bytes = m_file->read(static_cast<qint64>(wanted * size));
        const std::size_t got = static_cast<std::size_t>(bytes.size()) / size;
        m_position += bytes.size();
        m_left = got == wanted ? m_left - got : 0; // a disk that fails now: what it kept is lost
        m_keys.resize(got);
        m_at = 0;
        const char* from = bytes.constData();
        for (Key& key : m_keys) {
            std::memcpy(key.words.data(), from, m_words * sizeof(quint64));
            std::memcpy(&key.row, from + m_words * sizeof(quint64), sizeof(quint32));
            from += size;
        }
    }

    std::vector<Key> m_keys; ///< of a run in the file: those that were read last
    std::size_t m_at = 0;
    QTemporaryFile* m_file = nullptr;
    std::size_t m_words = 0;
    qint64 m_position = 0;
    std::size_t m_left = 0; ///< in the file
};

RowSorter::RowSorter(int words, bool isAscending)
    : m_words(static_cast<std::size_t>(words))
    , m_isAscending(isAscending)
{
}

RowSorter::~RowSorter() = default;

bool RowSorter::isBefore(const Key& a, const Key& b) const
{
    if (a.words != b.words) {
        return m_isAscending ? a.words < b.words : b.words < a.words;
    }
    return a.row < b.row;
}

void RowSorter::add(const SortWords& words, quint32 row)
{
    m_keys.push_back({ words, row });
    if (m_keys.size() == mostInMemory) {
        endRun();
    }
}

void RowSorter::endRun()
{
    std::sort(m_keys.begin(), m_keys.end(), [this](const Key& a, const Key& b) { return isBefore(a, b); });
    const qint64 position = m_file ? m_file->size() : 0;
    m_hasDisk = m_hasDisk && write(m_keys);
    if (m_hasDisk) {
        m_runs.push_back(std::make_unique<Run>(*m_file, m_words, position, m_keys.size()));
        m_keys.clear();
    } else {
        m_runs.push_back(std::make_unique<Run>(std::exchange(m_keys, {})));
    }
}

bool RowSorter::write(const std::vector<Key>& keys)
{
    if (!m_file) {
        QDir().mkpath(spoolFolder()); // on a disk, where a folder for temporary files may be memory
        m_file = std::make_unique<QTemporaryFile>(spoolFolder() + QStringLiteral("/sorting-XXXXXX"));
        if (!m_file->open()) {
            return false;
        }
    }
    QByteArray bytes;
    const std::size_t size = Run::sizeOf(m_words);
    for (std::size_t at = 0; at < keys.size(); at += keysAtOnce) {
        const std::size_t end = std::min(keys.size(), at + keysAtOnce);
        bytes.resize(static_cast<qsizetype>((end - at) * size));
        char* to = bytes.data();
        for (std::size_t i = at; i < end; ++i) {
            std::memcpy(to, keys[i].words.data(), m_words * sizeof(quint64));
            std::memcpy(to + m_words * sizeof(quint64), &keys[i].row, sizeof(quint32));
            to += size;
        }
        if (m_file->write(bytes) != bytes.size()) {
            return false;
        }
    }
    return m_file->flush();
}

RowList RowSorter::sorted(const std::function<bool()>& isCancelled)
{
    RowList rows;
    if (m_runs.empty()) {
        std::sort(m_keys.begin(), m_keys.end(), [this](const Key& a, const Key& b) { return isBefore(a, b); });
        for (const Key& key : std::exchange(m_keys, {})) {
            rows.append(key.row);
        }
        return rows;
    }
    endRun();
    m_keys = {};
    const auto comesLater = [this](Run* a, Run* b) { return isBefore(*b->first(), *a->first()); };
    std::priority_queue<Run*, std::vector<Run*>, decltype(comesLater)> next(comesLater);
    for (const std::unique_ptr<Run>& run : m_runs) {
        if (run->first() != nullptr) {
            next.push(run.get());
        }
    }
    while (!next.empty()) {
        if (rows.size() % rowsBetweenLooks == 0 && isCancelled()) {
            return {};
        }
        Run* const run = next.top();
        next.pop();
        rows.append(run->first()->row);
        run->removeFirst();
        if (run->first() != nullptr) {
            next.push(run);
        }
    }
    return rows;
}

} // namespace sockeye
