// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <chrono>
#include <memory>
#include <optional>

namespace sockeye {

/// What is known of an open file.
struct FileFacts {
    enum class Kind : quint8 {
        Regular,
        Folder,
        Stream, ///< a pipe, a socket or a terminal: gives and takes bytes once, in their order
        Other,
    };
    Kind kind = Kind::Other;
    qint64 size = 0; ///< bytes; of a regular file
    qint64 changed = 0; ///< when it was written last: seconds since the epoch
};

/// How much room the disk has that a file lies on, in bytes.
struct DiskRoom {
    qint64 free = 0; ///< that we may fill
    qint64 all = 0;
};

/// A file that is open, owned: the destructor closes it. Whatever makes one gives back one that is not open where that
/// failed; error() says why. Errors are the numbers of <cerrno>, for systemErrorText(); 0: none.
///
/// Any thread may read at positions, several at once. Everything else is for one thread at a time.
class SystemFile {
public:
    SystemFile();
    ~SystemFile();
    SystemFile(SystemFile&& other) noexcept;
    SystemFile& operator=(SystemFile&& other) noexcept;

    /// Only to read. Does not wait, also not for a pipe that nobody writes to.
    [[nodiscard]] static SystemFile openToRead(const QString& path);
    /// To read and write; a file that is there is emptied.
    [[nodiscard]] static SystemFile create(const QString& path);
    /// Only to write. A name that there is already: EEXIST.
    [[nodiscard]] static SystemFile createNew(const QString& path);
    /// Only to write to what there is, as it is: a device, or a pipe, where it waits for somebody who reads.
    [[nodiscard]] static SystemFile openToWrite(const QString& path);
    /// Without a name, for this user alone: gone with whoever has it open, however that ends.
    [[nodiscard]] static SystemFile createUnnamed(const QString& folder);
    /// A new file whose name begins and ends so, for this user alone, and locked until it is closed. `path` becomes its
    /// name, which it only has with its lock: before, it ends in ".new".
    [[nodiscard]] static SystemFile createLocked(const QString& beginning, const QString& end, QString& path);
    /// A regular file that is there, to read and write and locked; not open if somebody else has the lock, or the name.
    [[nodiscard]] static SystemFile openLocked(const QString& path);
    [[nodiscard]] static SystemFile standardInput();
    [[nodiscard]] static SystemFile standardOutput();

    [[nodiscard]] bool isOpen() const { return m_handle != nullptr; }
    [[nodiscard]] int error() const { return m_error; } ///< of the last call that failed, but for read()
    int close(); ///< the error of it, which is that of a write before with some file systems

    [[nodiscard]] std::optional<FileFacts> facts() const; ///< nothing: they cannot be asked for; sets no error()
    [[nodiscard]] std::optional<DiskRoom> room() const;

    /// How much of it was read: less than `size` where the file ends, or cannot be read.
    [[nodiscard]] qint64 read(char* to, qint64 size, qint64 position) const;
    /// How much of it was written: less than `size` means that error() says why.
    qint64 write(const char* data, qint64 size, qint64 position);
    int truncate(qint64 size);
    /// Writes where the last such call ended, and waits for a stream to take all of it.
    int append(const char* data, qint64 size);
    /// Of a stream or file, what comes next: 0 at the end; -1 with error() EAGAIN if nothing came within `patience`,
    /// with another one if nothing will.
    [[nodiscard]] qint64 readNext(char* to, qint64 size, std::chrono::milliseconds patience);
    /// Everything is on the disk, where the system can say so.
    int sync();
    /// Whoever may read or write `path` may do so with this.
    void takePermissionsOf(const QString& path);

    /// Under which this process can open it as long as this is open, also if it lost its name; empty: there is none.
    [[nodiscard]] QString ownPath() const;
    [[nodiscard]] int number() const; ///< the system's for it; -1: none

private:
    class Handle;
    SystemFile(std::unique_ptr<Handle> handle, int error);

    std::unique_ptr<Handle> m_handle; ///< null: not open
    int m_error = 0;
};

/// Gives a file another name, in place of a file that has it. An error of <cerrno>: EXDEV if it cannot go there.
[[nodiscard]] int renameFile(const QString& from, const QString& to);

/// From now on a limit on the size of files is an error of the write, as a full disk is, and not the end of the
/// program.
void takeSizeLimitAsError();

} // namespace sockeye
