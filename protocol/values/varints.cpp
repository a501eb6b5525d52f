// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/values/reading_families.h"

#include <optional>

namespace sockeye {

namespace {

constexpr int longest = 10; // seven bits a byte: 64 bits

struct Varint {
    quint64 value = 0;
    int size = 0; ///< bytes
};

/// Seven bits a byte; the highest bit says that another one follows. Nothing if it does not end, or holds more than
/// 64 bits.
std::optional<Varint> varint(QByteArrayView bytes, bool lowFirst)
{
    Varint read;
    for (const char byte : bytes.first(qMin<qsizetype>(bytes.size(), longest))) {
        const quint64 bits = static_cast<uchar>(byte) & 0x7fU;
        const int shift = 7 * read.size++;
        if (lowFirst ? shift == 63 && bits > 1 : (read.value >> 57) != 0) {
            return {};
        }
        read.value = lowFirst ? read.value | bits << shift : read.value << 7 | bits;
        if ((static_cast<uchar>(byte) & 0x80U) == 0) {
            return read;
        }
    }
    return {};
}

/// The sign is the highest bit that was read.
std::optional<QString> signedText(QByteArrayView bytes, int size, quint64 value)
{
    const int bits = 7 * size;
    const bool isNegative = (static_cast<uchar>(bytes[size - 1]) & 0x40U) != 0;
    return QString::number(static_cast<qint64>(isNegative && bits < 64 ? value | (~quint64 { 0 } << bits) : value));
}

} // namespace

void addVarints(ValueReadings& out, const SelectedBytes& from)
{
    const auto add = [&out](const QString& name, const std::optional<QString>& text, int size, const QString& hint) {
        out.push_back(text ? plainReading(name, *text, size) : noReading(name, readingText("does not end here")));
        out.back().hint = hint;
    };
    const std::optional<Varint> low = varint(from.bytes, true);
    const int size = low ? low->size : 0;
    add(QStringLiteral("LEB128"), low ? std::optional(QString::number(low->value)) : std::nullopt, size,
        readingText(
            "Seven bits a byte, the lowest first: WebAssembly, DWARF, the varint of protocol buffers, lengths in "
            "MQTT"));
    // A signed number of ten bytes ends in 0x00 or 0x7f, whose upper bits the unsigned one does not have.
    const bool isLongNegative = !low && from.bytes.size() >= longest
        && varint(from.bytes.first(longest - 1), true) == std::nullopt
        && static_cast<uchar>(from.bytes[longest - 1]) == 0x7f;
    if (isLongNegative) {
        quint64 value = quint64 { 1 } << 63;
        bool isOpen = true;
        for (int i = 0; i < longest - 1; ++i) {
            isOpen = isOpen && (static_cast<uchar>(from.bytes[i]) & 0x80U) != 0;
            value |= quint64 { static_cast<uchar>(from.bytes[i]) & 0x7fU } << (7 * i);
        }
        add(QStringLiteral("signed LEB128"),
            isOpen ? std::optional(QString::number(static_cast<qint64>(value))) : std::nullopt, longest, {});
    } else {
        add(QStringLiteral("signed LEB128"), low ? signedText(from.bytes, size, low->value) : std::nullopt, size, {});
    }
    out.back().hint = readingText("LEB128 in two's complement");
    const auto zigzag = [](quint64 value) {
        return static_cast<qint64>(value >> 1) ^ -static_cast<qint64>(value & 1U);
    };
    add(QStringLiteral("zigzag"), low ? std::optional(QString::number(zigzag(low->value))) : std::nullopt, size,
        readingText("LEB128 of 0, −1, 1, −2, …: sint32 and sint64 of protocol buffers"));
    const std::optional<Varint> high = varint(from.bytes, false);
    add(QStringLiteral("VLQ"), high ? std::optional(QString::number(high->value)) : std::nullopt, high ? high->size : 0,
        readingText(
            "Variable-length quantity: seven bits a byte, the highest first, as in MIDI, Git and ASN.1's object "
            "identifiers"));
}

} // namespace sockeye
