# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
meta:
  id: record
  title: A record of 24 bytes, for benchmarks
  endian: be
seq:
  - {id: station, type: u2}
  - {id: kind, type: u2}
  - {id: number, type: u4}
  - {id: time, type: u8}
  - {id: flags, type: u1}
  - {id: channel, type: u1}
  - {id: level, type: s2}
  - {id: value, type: f4}
