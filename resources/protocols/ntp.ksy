# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
meta:
  id: ntp
  title: NTP
  endian: be
seq:
  - id: leap
    type: b2
  - id: version
    type: b3
  - id: mode
    type: b3
  - id: stratum
    type: u1
  - id: rest
    size: 46
