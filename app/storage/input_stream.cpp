// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/input_stream.h"

#include "app/platform/system_error.h"
#include "app/storage/file_failure.h"
#include "app/storage/spool_folder.h"

#include <QDir>

#include <algorithm>
#include <cerrno>

namespace sockeye {

namespace {

constexpr qsizetype readAtOnce = 256 * 1024;
constexpr qsizetype unpackAtOnce = 1024 * 1024;
// The rest of the disk is for others: so much of it, or a twentieth where that is less.
constexpr qint64 reserve = 512 * 1024 * 1024;
constexpr qint64 betweenLooksAtDisk = 32 * 1024 * 1024;
// Captures become smaller by 3 to 30 times. What is far beyond, and large, is there to fill disks.
constexpr qint64 harmlessSize = 256 * 1024 * 1024;
constexpr qint64 largestRatio = 250;

SystemFile openUnnamed()
{
    const QString folder = spoolFolder();
    QDir().mkpath(folder);
    return SystemFile::createUnnamed(folder);
}

} // namespace

InputStream::InputStream(const QString& path, SystemFile input, qint64 size)
    : m_path(path)
    , m_input(std::move(input))
    , m_inputSize(size)
    , m_spool(openUnnamed())
{
    if (!m_spool.isOpen()) {
        m_failure = cannotUnpack(path, systemErrorText(m_spool.error()));
        m_isOver = true;
    }
}

double InputStream::part() const
{
    return m_inputSize > 0 ? std::min(1.0, static_cast<double>(m_taken) / static_cast<double>(m_inputSize)) : 1.0;
}

InputStream::Pulled InputStream::fail(const Failure& failure)
{
    m_failure = failure;
    m_isOver = true;
    return Pulled::End;
}

InputStream::Pulled InputStream::pull(std::chrono::milliseconds patience)
{
    while (!m_isOver) {
        if (!m_begun) {
            if (m_waiting.size() < packingHead && !m_inputOver) {
                if (const Pulled read = readMore(patience); read != Pulled::More) {
                    return read;
                }
                continue;
            }
            if (!begin()) {
                return Pulled::End;
            }
        }
        if (!m_unpacker) {
            if (!m_waiting.isEmpty()) {
                m_taken += m_waiting.size();
                return keep(std::exchange(m_waiting, {}));
            }
        } else {
            m_output.resize(unpackAtOnce);
            const Unpacker::Step step = m_unpacker->unpack(m_waiting, m_output.data(), m_output.size());
            m_taken += step.taken;
            m_waiting.remove(0, step.taken);
            if (step.made > 0) {
                return keep(QByteArrayView(m_output).first(step.made));
            }
            if (step.isDamaged || (m_inputOver && !m_unpacker->isWhole())) {
                return fail(packedBadly(m_path, m_taken, step.isDamaged));
            }
        }
        if (m_inputOver) {
            m_isOver = true;
        } else if (const Pulled read = readMore(patience); read != Pulled::More) {
            return read;
        }
    }
    return Pulled::End;
}

bool InputStream::begin()
{
    m_begun = true;
    const Packing packing = packingOf(m_waiting);
    if (packing.name && !packing.isRead) {
        (void)fail(packedOtherwise(m_path, packing));
        return false;
    }
    m_unpacker = newUnpacker(m_waiting);
    return true;
}

/// More if the input has more or has ended.
InputStream::Pulled InputStream::readMore(std::chrono::milliseconds patience)
{
    const qsizetype before = m_waiting.size();
    m_waiting.resize(before + readAtOnce);
    const qint64 got = m_input.readNext(m_waiting.data() + before, readAtOnce, patience);
    m_waiting.truncate(before + std::max<qint64>(got, 0));
    if (got < 0) {
        const int error = m_input.error();
        return error == EAGAIN ? Pulled::Nothing : fail(cannotOpen(m_path, systemErrorText(error)));
    }
    m_inputOver = got == 0;
    return Pulled::More;
}

InputStream::Pulled InputStream::keep(QByteArrayView bytes)
{
    if (m_unpacker && m_made > harmlessSize && m_made / largestRatio > m_taken) {
        return fail(packedTooWell(m_path, m_taken, m_made));
    }
    if (m_checkedRoomAt < 0 || m_made - m_checkedRoomAt >= betweenLooksAtDisk) {
        m_checkedRoomAt = m_made;
        if (const auto disk = m_spool.room(); disk && disk->free < std::min(reserve, disk->all / 20)) {
            return fail(cannotUnpack(m_path, systemErrorText(ENOSPC)));
        }
    }
    const qint64 written = m_spool.write(bytes.data(), bytes.size(), m_made);
    m_made += written;
    return written == bytes.size() ? Pulled::More : fail(cannotUnpack(m_path, systemErrorText(m_spool.error())));
}

} // namespace sockeye
