# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
meta:
  id: ntp
  title: NTP
  license: GPL-3.0-or-later
  endian: be
  encoding: ASCII
  -self-test:
    - bytes: >-
        e3 00 03 fa 00010000 00010000 00000000
        0000000000000000 0000000000000000 0000000000000000 c50204eceec42ee5
      fields:
        leap: unsynchronized
        version: 4
        mode: client
        precision: -6
        transmit.text: 2004-09-27 03:18:04 UTC
        transmit.unix_seconds: 1096255084
        summary: client, version 4
    - bytes: >-
        24 01 06 e9 00000000 0000001a 47505300
        ec6a1b00 00000000 ec6a1b0a 00000000 ec6a1b0a 80000000 ec6a1b0a 80000000
      fields:
        mode: server
        stratum: 1
        root_delay.seconds: 0
        reference_text: GPS
        receive.text: 2025-09-09 03:18:34 UTC
        summary: server, stratum 1 (GPS), 2025-09-09 03:18:34 UTC
    - bytes: >-
        1c 02 0a ec 00000a00 00000b00 c0000201
        0000000000000000 0000000000000000 0000000000000000 0000000000000000
      fields:
        reference_text: 192.0.2.1
        transmit.text: unknown
        summary: server, stratum 2 (192.0.2.1)
    - bytes: >-
        e4 00 06 ec 00000000 00000000 52415445
        0000000000000000 0000000000000000 0000000000000000 0000000000000000
      fields: {summary: "server, kiss of death (RATE)"}
    - bytes: >-
        23 00 06 ec 00000000 00000000 00000000
        0000000000000000 0000000000000000 0000000000000000 0000000000000000
        0104 0010 000102030405060708090a0b 0204 001c 000000000000000000000000000000000000000000000000
        00000001 000102030405060708090a0b0c0d0e0f
      fields:
        extensions[0].type: 260
        extensions[0].value: 000102030405060708090a0b
        extensions[1].length: 28
        mac.key_id: 1
        mac.digest: 000102030405060708090a0b0c0d0e0f
    - bytes: 23 00 06 ec 00000000 00000000
      error: It ends too soon
    - bytes: >-
        23 00 06 ec 00000000 00000000 00000000
        0000000000000000 0000000000000000 0000000000000000 0000000000000000
        0104 0003 000102030405060708090a0b000102030405060708090a0b
      error: "extensions[0].length, byte 50: At least 16 was expected, but it is 3."
doc: |
  RFC 5905, Network Time Protocol Version 4: Protocol and Algorithms Specification, and as old as version 1; extension
  fields as in RFC 7822. Control (mode 6) and private (mode 7) messages are not described.

  A reply has the time that its request was sent with, “transmit”, in “origin”.
doc-ref: https://www.rfc-editor.org/rfc/rfc5905
-summary: summary
seq:
  - id: leap
    type: b2
    enum: leap
    doc: Whether the last minute of the month has another second, or one less.
  - id: version
    type: b3
  - id: mode
    type: b3
    enum: mode
    valid:
      expr: _.to_i <= 5
  - id: stratum
    type: u1
    doc: 1 has a clock of its own, each other one asks the one below; 0 is none, 16 not synchronized.
  - id: poll
    type: s1
    doc: The longest time between two messages, as a power of two, in seconds.
  - id: precision
    type: s1
    doc: Of the clock, as a power of two, in seconds.
  - id: root_delay
    type: short_time
    doc: To the clock and back.
  - id: root_dispersion
    type: short_time
  - id: reference_id
    size: 4
    doc: The clock's name, the kiss code of stratum 0, or the IPv4 address of who is asked (of IPv6, a hash).
  - id: reference
    type: timestamp
    doc: When the clock was last set.
  - id: origin
    type: timestamp
    doc: When the request was sent, by the client's clock.
  - id: receive
    type: timestamp
    doc: When the request came, by the server's clock.
  - id: transmit
    type: timestamp
    doc: When this message was sent.
  - id: extensions
    type: extension
    repeat: until
    repeat-until: _io.size - _io.pos <= 24
    if: _io.size - _io.pos > 24
  - id: mac
    type: mac
    if: not _io.eof
instances:
  reference_text:
    value: >-
      stratum > 1 ? f"{reference_id[0]}.{reference_id[1]}.{reference_id[2]}.{reference_id[3]}"
      : reference_id[3] != 0 ? reference_id.to_s("ASCII")
      : reference_id[0] == 0 ? "" : f"{reference_id.to_s("ASCII").substring(0, 3)}"
  summary:
    value: >-
      mode == mode::client ? f"client, version {version}"
      : (mode == mode::server ? "server" : mode == mode::broadcast ? "broadcast"
      : mode == mode::symmetric_active ? "symmetric active"
      : mode == mode::symmetric_passive ? "symmetric passive" : "mode 0")
      + (stratum == 0 ? ", kiss of death" : f", stratum {stratum}")
      + (reference_text == "" ? "" : f" ({reference_text})")
      + (transmit.seconds == 0 ? "" : ", " + transmit.text)
types:
  short_time:
    seq:
      - id: seconds
        type: u2
      - id: fraction
        type: u2
        doc: In 1/65536 of a second.
    instances:
      microseconds:
        value: seconds * 1000000 + fraction * 1000000 / 0x10000
  timestamp:
    doc: Seconds since 1900, of the era that began in 1900 or the one from 2036 on. 0 is no time.
    seq:
      - id: seconds
        type: u4
      - id: fraction
        type: u4
        doc: In 1/2^32 of a second.
    instances:
      unix_seconds:
        value: 'seconds < 0x80000000 ? seconds + 2085978496 : seconds - 2208988800'
        if: seconds != 0
      nanoseconds:
        value: fraction * 1000000000 / 0x100000000
      days:
        value: unix_seconds / 86400 + 719468
        if: seconds != 0
        doc: Since 1 March of the year 0, so that a leap day is the last of its year.
      era:
        value: days / 146097
        if: seconds != 0
      day_of_era:
        value: days % 146097
        if: seconds != 0
      year_of_era:
        value: (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365
        if: seconds != 0
      day_of_year:
        value: day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100)
        if: seconds != 0
      month_from_march:
        value: (5 * day_of_year + 2) / 153
        if: seconds != 0
      day:
        value: day_of_year - (153 * month_from_march + 2) / 5 + 1
        if: seconds != 0
      month:
        value: 'month_from_march < 10 ? month_from_march + 3 : month_from_march - 9'
        if: seconds != 0
      year:
        value: 'year_of_era + era * 400 + (month <= 2 ? 1 : 0)'
        if: seconds != 0
      second_of_day:
        value: unix_seconds % 86400
        if: seconds != 0
      text:
        value: >-
          seconds == 0 ? "unknown" : f"{year}-{month / 10}{month % 10}-{day / 10}{day % 10} "
          + f"{second_of_day / 36000}{second_of_day / 3600 % 10}:"
          + f"{second_of_day % 3600 / 600}{second_of_day / 60 % 10}:"
          + f"{second_of_day % 60 / 10}{second_of_day % 10} UTC"
  extension:
    seq:
      - id: type
        type: u2
      - id: length
        type: u2
        valid:
          min: 16
        doc: Of the whole field.
      - id: value
        size: length - 4
  mac:
    doc: A key and what was made with it of everything before; a key of 0 alone refuses a request.
    seq:
      - id: key_id
        type: u4
      - id: digest
        size-eos: true
enums:
  leap:
    0: no_warning
    1: last_minute_has_61_seconds
    2: last_minute_has_59_seconds
    3: unsynchronized
  mode:
    0: reserved
    1: symmetric_active
    2: symmetric_passive
    3: client
    4: server
    5: broadcast
    6: control
    7: private
