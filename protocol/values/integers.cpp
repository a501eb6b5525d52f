// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/values/reading_families.h"

namespace sockeye {

namespace {

// Decimal digits without separators: what is copied is used in programs.
template <typename T> void addInteger(ValueReadings& out, const QString& name, QByteArrayView bytes)
{
    out.push_back(orderedReading(name, static_cast<int>(sizeof(T)), bytes,
        [bytes](bool little) { return QString::number(loaded<T>(bytes, little)); }));
}

/// Of a width that no type of the machine has.
void addOddWidth(ValueReadings& out, int width, QByteArrayView bytes)
{
    const int bits = 8 * width;
    const auto number = [bytes, width](bool little) {
        quint64 value = 0;
        for (int i = 0; i < width; ++i) {
            value = value << 8 | static_cast<uchar>(bytes[little ? width - 1 - i : i]);
        }
        return value;
    };
    out.push_back(orderedReading(QStringLiteral("uint%1").arg(bits), width, bytes,
        [&](bool little) { return QString::number(number(little)); }));
    out.push_back(orderedReading(QStringLiteral("int%1").arg(bits), width, bytes, [&](bool little) {
        const int unused = 64 - bits;
        return QString::number(static_cast<qint64>(number(little) << unused) >> unused);
    }));
}

} // namespace

void addIntegers(ValueReadings& out, const SelectedBytes& from)
{
    const QByteArrayView bytes = from.bytes;
    const auto value = static_cast<uchar>(bytes[0]);
    out.push_back(plainReading(QStringLiteral("uint8"), QString::number(value), 1));
    out.push_back(plainReading(QStringLiteral("int8"), QString::number(static_cast<qint8>(value)), 1));
    addInteger<quint16>(out, QStringLiteral("uint16"), bytes);
    addInteger<qint16>(out, QStringLiteral("int16"), bytes);
    // The rarer widths only where somebody has selected as much.
    constexpr int threeBytes = 3;
    for (int width = threeBytes; width < 8; ++width) {
        if (width == 4) {
            addInteger<quint32>(out, QStringLiteral("uint32"), bytes);
            addInteger<qint32>(out, QStringLiteral("int32"), bytes);
        } else if (width == threeBytes || width == from.selected) {
            addOddWidth(out, width, bytes);
        }
    }
    addInteger<quint64>(out, QStringLiteral("uint64"), bytes);
    addInteger<qint64>(out, QStringLiteral("int64"), bytes);
}

} // namespace sockeye
