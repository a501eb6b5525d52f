// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/crc.h"

#include <array>

namespace sockeye {

namespace {

// Rows of the public catalogue of parametrised CRC algorithms; tst_checksum computes every check value.
constexpr std::array<CrcParameters, 45> catalogue { {
    { "crc-4/g-704", 4, 0x3, 0x0, true, true, 0x0, 0x7 },
    { "crc-5/usb", 5, 0x05, 0x1f, true, true, 0x1f, 0x19 },
    { "crc-7/mmc", 7, 0x09, 0x00, false, false, 0x00, 0x75 },
    { "crc-8/autosar", 8, 0x2f, 0xff, false, false, 0xff, 0xdf },
    { "crc-8/bluetooth", 8, 0xa7, 0x00, true, true, 0x00, 0x26 },
    { "crc-8/darc", 8, 0x39, 0x00, true, true, 0x00, 0x15 },
    { "crc-8/dvb-s2", 8, 0xd5, 0x00, false, false, 0x00, 0xbc },
    { "crc-8/i-432-1", 8, 0x07, 0x00, false, false, 0x55, 0xa1 },
    { "crc-8/maxim-dow", 8, 0x31, 0x00, true, true, 0x00, 0xa1 },
    { "crc-8/nrsc-5", 8, 0x31, 0xff, false, false, 0x00, 0xf7 },
    { "crc-8/rohc", 8, 0x07, 0xff, true, true, 0x00, 0xd0 },
    { "crc-8/sae-j1850", 8, 0x1d, 0xff, false, false, 0xff, 0x4b },
    { "crc-8/smbus", 8, 0x07, 0x00, false, false, 0x00, 0xf4 },
    { "crc-10/atm", 10, 0x233, 0x000, false, false, 0x000, 0x199 },
    { "crc-11/flexray", 11, 0x385, 0x01a, false, false, 0x000, 0x5a3 },
    { "crc-15/can", 15, 0x4599, 0x0000, false, false, 0x0000, 0x059e },
    { "crc-16/arc", 16, 0x8005, 0x0000, true, true, 0x0000, 0xbb3d },
    { "crc-16/cms", 16, 0x8005, 0xffff, false, false, 0x0000, 0xaee7 },
    { "crc-16/dect-x", 16, 0x0589, 0x0000, false, false, 0x0000, 0x007f },
    { "crc-16/dnp", 16, 0x3d65, 0x0000, true, true, 0xffff, 0xea82 },
    { "crc-16/en-13757", 16, 0x3d65, 0x0000, false, false, 0xffff, 0xc2b7 },
    { "crc-16/genibus", 16, 0x1021, 0xffff, false, false, 0xffff, 0xd64e },
    { "crc-16/gsm", 16, 0x1021, 0x0000, false, false, 0xffff, 0xce3c },
    { "crc-16/ibm-3740", 16, 0x1021, 0xffff, false, false, 0x0000, 0x29b1 },
    { "crc-16/ibm-sdlc", 16, 0x1021, 0xffff, true, true, 0xffff, 0x906e },
    { "crc-16/kermit", 16, 0x1021, 0x0000, true, true, 0x0000, 0x2189 },
    { "crc-16/maxim-dow", 16, 0x8005, 0x0000, true, true, 0xffff, 0x44c2 },
    { "crc-16/mcrf4xx", 16, 0x1021, 0xffff, true, true, 0x0000, 0x6f91 },
    { "crc-16/modbus", 16, 0x8005, 0xffff, true, true, 0x0000, 0x4b37 },
    { "crc-16/spi-fujitsu", 16, 0x1021, 0x1d0f, false, false, 0x0000, 0xe5cc },
    { "crc-16/t10-dif", 16, 0x8bb7, 0x0000, false, false, 0x0000, 0xd0db },
    { "crc-16/umts", 16, 0x8005, 0x0000, false, false, 0x0000, 0xfee8 },
    { "crc-16/usb", 16, 0x8005, 0xffff, true, true, 0xffff, 0xb4c8 },
    { "crc-16/xmodem", 16, 0x1021, 0x0000, false, false, 0x0000, 0x31c3 },
    { "crc-24/openpgp", 24, 0x864cfb, 0xb704ce, false, false, 0x000000, 0x21cf02 },
    { "crc-24/ble", 24, 0x00065b, 0x555555, true, true, 0x000000, 0xc25a56 },
    { "crc-32/autosar", 32, 0xf4acfb13, 0xffffffff, true, true, 0xffffffff, 0x1697d06a },
    { "crc-32/bzip2", 32, 0x04c11db7, 0xffffffff, false, false, 0xffffffff, 0xfc891918 },
    { "crc-32/cksum", 32, 0x04c11db7, 0x00000000, false, false, 0xffffffff, 0x765e7680 },
    { "crc-32/iscsi", 32, 0x1edc6f41, 0xffffffff, true, true, 0xffffffff, 0xe3069283 },
    { "crc-32/iso-hdlc", 32, 0x04c11db7, 0xffffffff, true, true, 0xffffffff, 0xcbf43926 },
    { "crc-32/jamcrc", 32, 0x04c11db7, 0xffffffff, true, true, 0x00000000, 0x340bc6d9 },
    { "crc-32/mpeg-2", 32, 0x04c11db7, 0xffffffff, false, false, 0x00000000, 0x0376e6e7 },
    { "crc-64/ecma-182", 64, 0x42f0e1eba9ea3693, 0x0, false, false, 0x0, 0x6c40df5f0b497347 },
    { "crc-64/xz", 64, 0x42f0e1eba9ea3693, 0xffffffffffffffff, true, true, 0xffffffffffffffff, 0x995dc9bbdf1939fa },
} };

quint64 reversed(quint64 value, int width)
{
    quint64 out = 0;
    for (int i = 0; i < width; ++i) {
        out = (out << 1) | ((value >> i) & 1);
    }
    return out;
}

/// The register always stands at the top of 64 bits, so that every width is the same code.
using CrcTable = std::array<quint64, 256>;

CrcTable tableOf(quint64 topPolynomial)
{
    CrcTable table {};
    for (quint64 byte = 0; byte < table.size(); ++byte) {
        quint64 reg = byte << 56;
        for (int bit = 0; bit < 8; ++bit) {
            reg = (reg << 1) ^ ((reg >> 63) != 0 ? topPolynomial : 0);
        }
        table[byte] = reg;
    }
    return table;
}

constexpr qsizetype worthATable = 64; // bytes; below, bit by bit is quicker than making one

} // namespace

std::span<const CrcParameters> crcCatalogue()
{
    return catalogue;
}

quint64 crc(const CrcParameters& parameters, QByteArrayView bytes)
{
    const int shift = 64 - parameters.width;
    const quint64 polynomial = parameters.polynomial << shift;
    quint64 reg = parameters.initial << shift;
    const auto valueOf = [&](char byte) {
        const quint64 value = static_cast<uchar>(byte);
        return parameters.reflectedIn ? reversed(value, 8) : value;
    };
    if (bytes.size() >= worthATable) {
        const CrcTable table = tableOf(polynomial);
        for (const char byte : bytes) {
            reg = (reg << 8) ^ table[((reg >> 56) ^ valueOf(byte)) & 0xff];
        }
    } else {
        for (const char byte : bytes) {
            reg ^= valueOf(byte) << 56;
            for (int bit = 0; bit < 8; ++bit) {
                reg = (reg << 1) ^ ((reg >> 63) != 0 ? polynomial : 0);
            }
        }
    }
    reg >>= shift;
    if (parameters.reflectedOut) {
        reg = reversed(reg, parameters.width);
    }
    const quint64 mask = parameters.width == 64 ? ~quint64(0) : (quint64(1) << parameters.width) - 1;
    return (reg ^ parameters.finalXor) & mask;
}

} // namespace sockeye
