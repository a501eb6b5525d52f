// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <memory>

namespace sockeye {

/// How a file is packed, as its first bytes tell.
struct Packing {
    const char* name = nullptr; ///< null: not at all. A name of a format: "xz"
    const char* command = nullptr; ///< what unpacks it to its standard output
    bool isRead = false; ///< newUnpacker() makes one
};
/// So many bytes are enough to tell.
inline constexpr qsizetype packingHead = 6;
[[nodiscard]] Packing packingOf(QByteArrayView firstBytes);

/// Turns what was packed back into what it was, piece by piece: neither how large the whole is nor what it says of
/// itself costs memory.
class Unpacker {
public:
    virtual ~Unpacker() = default;

    struct Step {
        qsizetype taken = 0; ///< bytes of the input
        qsizetype made = 0; ///< bytes of the output
        bool isDamaged = false; ///< nothing more can be made of it
    };
    /// Takes the next bytes of the input and writes up to `room` bytes to `out`. If it did not fill them, it has taken
    /// everything, and needs more.
    [[nodiscard]] virtual Step unpack(QByteArrayView in, char* out, qsizetype room) = 0;
    /// Whether the input may end here.
    [[nodiscard]] virtual bool isWhole() const = 0;
};

/// For input that begins with these bytes; null if it is not packed, or in a way that is not read.
[[nodiscard]] std::unique_ptr<Unpacker> newUnpacker(QByteArrayView firstBytes);

} // namespace sockeye
