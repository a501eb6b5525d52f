// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/payload_reader.h"

#include <cstring>
#include <memory>

namespace sockeye {

namespace {

// A system call costs about as much as copying a few KiB: neighbours closer than that are read in one go.
constexpr qint64 nearby = 4 * 1024;
constexpr qint64 windowSize = 256 * 1024;

qint64 fetch(const ByteStore& store, qint64 position, char* to, qint64 size, bool own)
{
    return own ? store.readOwn(position, to, size) : store.read(position, to, size);
}

} // namespace

qint64 readPieces(const ByteStore& store, std::span<const PayloadPiece> pieces, char* to, bool own)
{
    std::unique_ptr<char[]> window;
    qint64 done = 0;
    std::size_t i = 0;
    while (i < pieces.size()) {
        const qint64 begin = pieces[i].position;
        qint64 end = begin + pieces[i].size;
        std::size_t last = i + 1;
        while (last < pieces.size() && pieces[last].position >= end && pieces[last].position - end <= nearby
            && pieces[last].position + pieces[last].size - begin <= windowSize) {
            end = pieces[last].position + pieces[last].size;
            ++last;
        }
        if (last == i + 1) {
            const qint64 got = fetch(store, begin, to + done, pieces[i].size, own);
            done += got;
            if (got < pieces[i].size) {
                return done;
            }
            i = last;
            continue;
        }
        if (!window) {
            window.reset(new char[windowSize]);
        }
        const qint64 got = fetch(store, begin, window.get(), end - begin, own);
        for (; i < last; ++i) {
            const qint64 at = pieces[i].position - begin;
            if (at + pieces[i].size > got) {
                return done;
            }
            std::memcpy(to + done, window.get() + at, static_cast<std::size_t>(pieces[i].size));
            done += pieces[i].size;
        }
    }
    return done;
}

} // namespace sockeye
