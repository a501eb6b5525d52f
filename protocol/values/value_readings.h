// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace sockeye {

/// One way to read the bytes from a place on.
struct ValueReading {
    QString name; ///< "uint16", "float32", "UTF-8"; a standard term
    QString little; ///< least significant byte first; what is said in place of a value when there is none
    QString big; ///< most significant byte first
    int width = 0; ///< bytes that it reads; 0: as many as are selected
    bool ordered = true; ///< false: the byte order does not matter, `little` is the reading and `big` is empty
    bool available = true; ///< false: too few bytes, or no sensible reading; `little` says why
    QString hint; ///< what the name stands for, where it is not known to everybody
};

/// Reads the bytes as integers and floats of every width in both byte orders, as numbers of varying length, as times,
/// addresses, bits and text. `bytes` begins at the first selected byte and goes on to the end of the message (numbers
/// may need more bytes than are selected); `selected` is how many are selected, at least 1. Where more than one is
/// selected, the readings of just that width come first. Looks at no more than the first 256 bytes.
[[nodiscard]] std::vector<ValueReading> valueReadings(QByteArrayView bytes, qint64 selected);

} // namespace sockeye
