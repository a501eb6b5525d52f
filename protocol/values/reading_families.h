// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/values/value_readings.h"

#include <QCoreApplication>
#include <QtEndian>

namespace sockeye {

/// What is selected, and what follows it in the message.
struct SelectedBytes {
    QByteArrayView bytes; ///< at least one
    qint64 selected = 1;
};

using ValueReadings = std::vector<ValueReading>;

void addIntegers(ValueReadings& out, const SelectedBytes& from);
void addVarints(ValueReadings& out, const SelectedBytes& from);
void addFloats(ValueReadings& out, const SelectedBytes& from);
void addRawBytes(ValueReadings& out, const SelectedBytes& from);
void addTexts(ValueReadings& out, const SelectedBytes& from);
void addTimes(ValueReadings& out, const SelectedBytes& from);
void addAddresses(ValueReadings& out, const SelectedBytes& from);

/// The texts of all families have one context.
inline QString readingText(const char* text)
{
    return QCoreApplication::translate("ValueReadings", text);
}

template <typename T> T loaded(QByteArrayView bytes, bool little)
{
    return little ? qFromLittleEndian<T>(bytes.data()) : qFromBigEndian<T>(bytes.data());
}

/// A reading of `width` bytes in both orders: read(true) is the little-endian one.
inline ValueReading orderedReading(const QString& name, int width, QByteArrayView bytes, auto read)
{
    ValueReading reading { name, {}, {}, width, true, true, {} };
    if (bytes.size() < width) {
        reading.little = reading.big = readingText("needs %1 bytes").arg(width);
        reading.available = false;
    } else {
        reading.little = read(true);
        reading.big = read(false);
    }
    return reading;
}

inline ValueReading plainReading(const QString& name, const QString& text, int width = 0)
{
    return { name, text, {}, width, false, true, {} };
}

/// One that the bytes do not have; `why` stands in place of a value.
inline ValueReading noReading(const QString& name, const QString& why, int width = 0)
{
    return { name, why, {}, width, false, false, {} };
}

} // namespace sockeye
