// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "kaitai/kaitai_help.h"
#include "protocol/protocols/described/described_protocol.h"

#include <memory>

namespace sockeye {

/// A description with a bit of everything.
inline constexpr const char* sensorText = R"(
meta:
  id: sensor
  title: Sensor records
  endian: be
  -max: 64
seq:
  - id: magic
    contents: [0xa5, 0x5a]
  - id: kind
    type: u1
    enum: kinds
  - id: flags
    type: flags
  - id: len
    type: u2
  - id: payload
    size: len
  - id: note
    type: strz
    encoding: UTF-8
    if: flags.noted
  - id: crc
    type: u2
    -checksum: {algorithm: crc-16/modbus, from: magic, to: payload}
types:
  flags:
    seq:
      - id: noted
        type: b1
      - id: level
        type: b7
instances:
  twice:
    value: len * 2
enums:
  kinds: {1: ping, 2: data}
)";

/// A message of it: kind data, level 5, payload "hi".
inline QByteArray sensorRecord()
{
    return QByteArray::fromHex("a55a 02 05 0002 6869 85f3");
}

/// The protocol that the text describes; null if it is wrong.
inline ProtocolPtr protocolOfText(const QByteArray& text)
{
    const auto description = kaitai::loaded(text);
    return description ? std::make_shared<const DescribedProtocol>(QStringLiteral("test.ksy"), description) : nullptr;
}

} // namespace sockeye
