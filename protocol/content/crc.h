// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QtGlobal>

#include <span>

namespace sockeye {

/// What tells one cyclic redundancy check from another, in the terms of the Rocksoft model: the polynomial without its
/// highest bit, the register's first value, whether bytes and result are taken bit-reversed, and what the result is
/// combined with (exclusive or).
struct CrcParameters {
    const char* name;
    int width; ///< bits, 3 to 64
    quint64 polynomial;
    quint64 initial;
    bool reflectedIn;
    bool reflectedOut;
    quint64 finalXor;
    quint64 check; ///< the result for the nine bytes "123456789"
};

[[nodiscard]] std::span<const CrcParameters> crcCatalogue();

[[nodiscard]] quint64 crc(const CrcParameters& parameters, QByteArrayView bytes);

} // namespace sockeye
