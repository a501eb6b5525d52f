// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/text/hex_dump.h"

namespace sockeye {

namespace {

constexpr char dumpDigits[] = "0123456789abcdef";

void appendByte(QByteArray& to, char byte)
{
    const auto value = static_cast<unsigned char>(byte);
    to.append(dumpDigits[value >> 4U]);
    to.append(dumpDigits[value & 0x0FU]);
}

} // namespace

void appendHexDumpLine(QByteArray& to, qint64 offset, QByteArrayView bytes)
{
    to.append(QByteArray::number(offset, 16).rightJustified(8, '0'));
    for (qsizetype i = 0; i < hexDumpLine; ++i) {
        to.append(i % 8 == 0 ? "  " : " ");
        if (i < bytes.size()) {
            appendByte(to, bytes[i]);
        } else {
            to.append("  ");
        }
    }
    to.append("  |");
    for (const char byte : bytes) {
        to.append(byte >= ' ' && byte <= '~' ? byte : '.');
    }
    to.append("|\n");
}

} // namespace sockeye
