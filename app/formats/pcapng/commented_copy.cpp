// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/commented_copy.h"

#include "app/formats/pcapng/format.h"
#include "app/platform/system_error.h"
#include "app/storage/file_copy.h"
#include "app/storage/file_window.h"

#include <QSaveFile>
#include <QtEndian>

#include <algorithm>
#include <cerrno>

namespace sockeye::pcapng {

namespace {

constexpr qint64 leastBlock = 12;
constexpr qint64 beforePacket = 28; ///< before the bytes of a packet
constexpr qint64 copiedAtOnce = 1024 * 1024;

qint64 roundedUp(qint64 size)
{
    return (size + 3) & ~qint64 { 3 };
}

template <typename T> T number(const char* at, bool bigEndian)
{
    return bigEndian ? qFromBigEndian<T>(at) : qFromLittleEndian<T>(at);
}

template <typename T> void append(QByteArray& to, T value, bool bigEndian)
{
    const T ordered = bigEndian ? qToBigEndian(value) : qToLittleEndian(value);
    to.append(reinterpret_cast<const char*>(&ordered), sizeof ordered);
}

void appendOption(QByteArray& to, quint16 code, QByteArrayView value, bool bigEndian)
{
    append(to, code, bigEndian);
    append(to, static_cast<quint16>(value.size()), bigEndian);
    to.append(value);
    to.append(static_cast<qsizetype>(roundedUp(value.size())) - value.size(), '\0');
}

/// Copies a file block by block.
class CommentedCopy {
public:
    CommentedCopy(const ByteStore& store, qint64 end, const CommentChanges& changes, QSaveFile& to)
        : m_file(store)
        , m_between(store)
        , m_end(end)
        , m_cursor(changes)
        , m_to(to)
    {
    }
    /// False if reading or writing fails.
    [[nodiscard]] bool run()
    {
        while (!m_cursor.isAtEnd() && block()) { }
        return !m_failed && copyTo(m_end);
    }
    [[nodiscard]] bool couldRead() const { return !m_unreadable; }

private:
    /// The next block; false if there is none that could be read, or all failed.
    [[nodiscard]] bool block();
    [[nodiscard]] bool copyTo(qint64 position);

    FileWindow m_file;
    FileWindow m_between; ///< what is copied as it is, which is behind m_file
    const qint64 m_end;
    CommentCursor m_cursor;
    QSaveFile& m_to;
    qint64 m_position = 0; ///< of the next block
    qint64 m_copied = 0;
    bool m_bigEndian = false;
    bool m_failed = false;
    bool m_unreadable = false;
    std::vector<QByteArray> m_comments;
};

bool CommentedCopy::copyTo(qint64 position)
{
    while (m_copied < position) {
        const qint64 size = std::min(copiedAtOnce, position - m_copied);
        const char* const bytes = m_between.at(m_copied, size);
        m_unreadable = bytes == nullptr;
        m_failed = m_unreadable || m_to.write(bytes, size) != size;
        if (m_failed) {
            return false;
        }
        m_copied += size;
    }
    return true;
}

bool CommentedCopy::block()
{
    const char* const head = m_end - m_position >= leastBlock ? m_file.at(m_position, leastBlock) : nullptr;
    if (head == nullptr) {
        return false;
    }
    const auto type = number<quint32>(head, m_bigEndian);
    if (type == sectionHeaderBlock) {
        m_bigEndian = qFromLittleEndian<quint32>(head + 8) != byteOrderMagic;
    }
    const qint64 size = number<quint32>(head + 4, m_bigEndian);
    if (size < leastBlock || size % 4 != 0 || size > m_end - m_position) {
        return false; // the reader has stopped here, too
    }
    const qint64 at = m_position;
    m_position += size;
    if ((type != enhancedPacketBlock && type != obsoletePacketBlock) || size < beforePacket + 4
        || size > FileWindow::largest) {
        return true;
    }
    const char* const bytes = m_file.at(at, size);
    if (bytes == nullptr) {
        return false;
    }
    const qint64 captured = number<quint32>(bytes + 20, m_bigEndian);
    bool unmark = false;
    if (captured > size - beforePacket - 4 || !m_cursor.take(at + beforePacket, captured, m_comments, unmark)) {
        return true;
    }
    const QByteArray changed = withComments(QByteArrayView(bytes, size), m_bigEndian, m_comments, unmark);
    if (!copyTo(at)) {
        return false;
    }
    m_failed = m_to.write(changed) != changed.size();
    m_copied = m_position;
    return !m_failed;
}

} // namespace

bool CommentCursor::take(qint64 position, qint64 size, std::vector<QByteArray>& comments, bool& unmark)
{
    comments.clear();
    const std::vector<PlacedMark>& marks = m_changes.marks;
    while (m_mark < marks.size() && marks[m_mark].position < position + size) {
        const PlacedMark& mark = marks[m_mark++];
        if (mark.position >= position) { // else it lies in what is no packet
            comments.push_back(toComment({ mark.colour, mark.isFirst ? -1 : mark.position - position, mark.note }));
        }
    }
    const std::vector<qint64>& unmarked = m_changes.unmarked;
    while (m_unmarked < unmarked.size() && unmarked[m_unmarked] < position) {
        ++m_unmarked;
    }
    unmark = m_unmarked < unmarked.size() && unmarked[m_unmarked] == position;
    return unmark || !comments.empty();
}

bool CommentCursor::isAtEnd() const
{
    return m_mark >= m_changes.marks.size() && (m_changes.unmarked.empty() || m_unmarked >= m_changes.unmarked.size());
}

QByteArray withComments(QByteArrayView block, bool bigEndian, std::span<const QByteArray> comments, bool unmark)
{
    const qint64 captured = number<quint32>(block.data() + 20, bigEndian);
    const qsizetype options = static_cast<qsizetype>(beforePacket + roundedUp(captured));
    QByteArray result = block.first(std::min(options, block.size() - 4)).toByteArray();
    result.append(std::max<qsizetype>(options - result.size(), 0), '\0');
    for (const QByteArray& comment : comments) {
        appendOption(result, commentOption, comment, bigEndian);
    }
    QByteArrayView left = options < block.size() - 4 ? block.sliced(options).chopped(4) : QByteArrayView();
    while (left.size() >= 4) {
        const auto code = number<quint16>(left.data(), bigEndian);
        const qsizetype size = number<quint16>(left.data() + 2, bigEndian);
        if (code == endOfOptions || size > left.size() - 4) {
            break;
        }
        const QByteArrayView value = left.sliced(4, size);
        if (!unmark || code != commentOption || !parseMarkComment(value)) {
            appendOption(result, code, value, bigEndian);
        }
        left = left.sliced(std::min<qsizetype>(left.size(), 4 + static_cast<qsizetype>(roundedUp(size))));
    }
    if (result.size() > options) {
        append(result, quint32 { endOfOptions }, bigEndian);
    }
    const auto total = static_cast<quint32>(result.size() + 4);
    append(result, total, bigEndian);
    std::copy_n(result.constEnd() - 4, 4, result.begin() + 4);
    return result;
}

Failure copyWithComments(const ByteStore& store, qint64 end, const CommentChanges& changes, const QString& name)
{
    if (changes.isEmpty()) {
        return copyBytes(store, end, name);
    }
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly)) {
        return saveFailure(file);
    }
    CommentedCopy copy(store, end, changes, file);
    if (!copy.run()) {
        Failure failure =
            copy.couldRead() ? saveFailure(file) : makeFailure(FailureCode::SpoolFull, name, systemErrorText(EIO));
        file.cancelWriting();
        return failure;
    }
    return file.commit() ? Failure() : saveFailure(file);
}

} // namespace sockeye::pcapng
