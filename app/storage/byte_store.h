// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye {

/// Where payload lies, addressed by position: the spool of an endpoint, or the file that was opened.
class ByteStore {
public:
    virtual ~ByteStore() = default;

    /// Copies `size` bytes from `position` to `to`; returns how many there were. Any thread.
    [[nodiscard]] virtual qint64 read(qint64 position, char* to, qint64 size) const = 0;

    /// Positions below it can be read by any thread.
    [[nodiscard]] virtual qint64 readableEnd() const = 0;

    /// Like read(), for the thread that writes: sees also what is still in its buffer.
    [[nodiscard]] virtual qint64 readOwn(qint64 position, char* to, qint64 size) const
    {
        return read(position, to, size);
    }
};

/// Where a piece of payload lies; position -1: nowhere, it is lost.
struct PayloadPiece {
    qint64 position = -1;
    qint64 size = 0;
};

} // namespace sockeye
