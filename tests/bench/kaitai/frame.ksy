# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
meta:
  id: frame
  title: A frame as real protocols have it, for benchmarks
  endian: be
seq:
  - {id: magic, contents: [0x46, 0x52]}
  - {id: kind, type: u1, enum: kinds}
  - {id: len_body, type: u2}
  - {id: body, size: len_body, type: {switch-on: kind, cases: {'kinds::state': state, 'kinds::text': message}}}
instances:
  is_state: {value: kind == kinds::state}
enums:
  kinds: {1: state, 2: text}
types:
  state:
    seq:
      - {id: urgent, type: b1}
      - {id: channel, type: b7}
      - {id: name, type: strz, encoding: UTF-8}
      - {id: count, type: u1}
      - {id: levels, type: s2, repeat: expr, repeat-expr: count}
  message:
    seq:
      - {id: text, type: str, size-eos: true, encoding: UTF-8}
