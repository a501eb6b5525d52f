// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/hex/hex_reader.h"

#include "protocol/hex/hex_dump.h"
#include "protocol/hex/hex_list.h"
#include "protocol/hex/hex_source.h"

namespace sockeye {

namespace {

QString dumpNote(const hex::Dump& dump)
{
    QString note = dump.hasText ? hex::say("Read as a hex dump: offsets and text column are left out.")
                                : hex::say("Read as a hex dump: the offsets are left out.");
    if (dump.hasHeading) {
        note += u' ' + hex::say("So is what stands above it.");
    }
    if (dump.hasRepeats) {
        note += u' ' + hex::say("Lines that “*” stands for are filled in.");
    }
    return note;
}

QString sourceNote(hex::Source source)
{
    switch (source) {
    case hex::Source::Array:
        return hex::say("Read as an array: what stands around it is left out.");
    case hex::Source::String:
        return hex::say("Read as a string of a program: its characters and escapes are bytes.");
    case hex::Source::HexString:
        return hex::say("What stands around the quoted digits is left out.");
    case hex::Source::Comments:
        return hex::say("Comments are left out.");
    case hex::Source::None:
        break;
    }
    return {};
}

} // namespace

HexResult<HexBytes> readHex(QStringView text)
{
    const hex::DumpReading reading = hex::readDump(text);
    if (reading.dump) {
        return HexBytes { reading.dump->bytes, dumpNote(*reading.dump) };
    }
    if (reading.isDump) {
        return tl::unexpected(reading.error);
    }
    HexBytes result;
    const hex::Source source = hex::sourceForm(text);
    const HexResult<void> read = source == hex::Source::None ? hex::readList(text, 0, text.size(), result.bytes)
                                                             : hex::readSource(source, text, result.bytes);
    if (!read) {
        return tl::unexpected(read.error());
    }
    result.note = sourceNote(source);
    return result;
}

QString hexText(QByteArrayView bytes)
{
    return QString::fromLatin1(QByteArray::fromRawData(bytes.data(), bytes.size()).toHex(' '));
}

} // namespace sockeye
