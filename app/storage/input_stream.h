// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"
#include "app/platform/system_file.h"
#include "app/storage/unpacker.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <memory>

namespace sockeye {

/// A capture that cannot be read where it lies: a pipe, or a packed file. What comes out of it goes to a temporary file
/// without a name, which readers read instead: it is gone with the last of them, however the process ends.
///
/// Little input can become very much: it ends where the disk would get full, and where hardly anything but repetition
/// comes out. One thread.
class InputStream {
public:
    /// `size`: of a file; 0: not known.
    InputStream(const QString& path, SystemFile input, qint64 size);
    InputStream(const InputStream&) = delete;
    InputStream& operator=(const InputStream&) = delete;

    enum class Pulled : quint8 {
        More, ///< size() is larger now
        Nothing, ///< nothing came in that time
        End, ///< nothing more will: see failure()
    };
    [[nodiscard]] Pulled pull(std::chrono::milliseconds patience);

    /// The temporary file; valid as long as this lives.
    [[nodiscard]] const SystemFile& spool() const { return m_spool; }
    [[nodiscard]] qint64 size() const { return m_made; }
    /// How much of the input was read: 0 to 1; 1 if nobody knows.
    [[nodiscard]] double part() const;
    [[nodiscard]] const Failure& failure() const { return m_failure; }

private:
    [[nodiscard]] Pulled fail(const Failure& failure);
    [[nodiscard]] Pulled readMore(std::chrono::milliseconds patience);
    [[nodiscard]] bool begin();
    [[nodiscard]] Pulled keep(QByteArrayView bytes);

    const QString m_path;
    SystemFile m_input;
    const qint64 m_inputSize;
    SystemFile m_spool;
    QByteArray m_waiting; ///< input that was read and not taken
    QByteArray m_output; ///< scratch
    std::unique_ptr<Unpacker> m_unpacker; ///< null: not packed
    bool m_begun = false; ///< it is known whether it is packed
    bool m_inputOver = false;
    bool m_isOver = false;
    qint64 m_taken = 0; ///< bytes of the input
    qint64 m_made = 0; ///< bytes in the temporary file
    qint64 m_checkedRoomAt = -1; ///< m_made when the disk was looked at last
    Failure m_failure;
};

} // namespace sockeye
