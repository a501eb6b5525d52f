# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
meta:
  id: websocket
  title: WebSocket frames
  license: GPL-3.0-or-later
  endian: be
  encoding: UTF-8
  -self-test:
    - bytes: 81 05 48656c6c6f
      fields:
        fin: true
        opcode: text
        payload.text: Hello
        summary: text “Hello”
    - bytes: 81 85 37fa213d 7f9f4d5158
      fields:
        mask: true
        masking_key: 37fa213d
        payload.text: Hello
        summary: text “Hello”
    - bytes: 01 03 48656c
      fields:
        fin: false
        payload.data: 48656c
        summary: text, more follows, 3 bytes
    - bytes: 80 02 6c6f
      fields: {opcode: continuation, summary: "continuation, 2 bytes"}
    - bytes: 82 00
      fields: {payload.data: "", summary: "binary, 0 bytes"}
    - bytes: 88 07 03e8 6c61746572
      fields:
        payload.code: normal_closure
        payload.reason: later
        summary: close 1000 “later”
    - bytes: 88 00
      fields: {summary: close}
    - bytes: 89 85 37fa213d 7f9f4d5158
      fields: {summary: "ping, 5 bytes"}
    - bytes: >-
        82 7e 0080
        00000000000000000000000000000000 00000000000000000000000000000000 00000000000000000000000000000000
        00000000000000000000000000000000 00000000000000000000000000000000 00000000000000000000000000000000
        00000000000000000000000000000000 00000000000000000000000000000000
      fields:
        length_code: 126
        length_16: 128
        length: 128
        summary: binary, 128 bytes
    - bytes: c1 07 f248cdc9c90700
      fields: {rsv1: true, payload.data: f248cdc9c90700, summary: "compressed text, 7 bytes"}
    - bytes: 81 7e 0005 48656c6c6f
      error: "length_code, byte 1: 5 was expected, but it is 126."
    - bytes: 89 7e 0080
      error: "length_code, byte 1: A value for which"
    - bytes: 09 00
      error: "length_code, byte 1: A value for which"
    - bytes: 83 00
      error: "opcode, byte 0: A value of the enum"
    - bytes: 82 05 0102
      error: "payload, byte 2: It ends too soon: there are 2 of 5 bytes."
doc: |
  RFC 6455, The WebSocket Protocol, section 5: what goes both ways after the opening handshake. Only clients mask.

  The payload is shown without its mask, as text where a frame is a whole text message. What an extension has compressed
  (RFC 7692, which sets rsv1) stays as it is.
doc-ref: https://www.rfc-editor.org/rfc/rfc6455
-summary: summary
seq:
  - id: fin
    type: b1
    doc: It is the last frame of its message.
  - id: rsv1
    type: b1
  - id: rsv2
    type: b1
  - id: rsv3
    type: b1
  - id: opcode
    type: b4
    enum: opcode
    valid:
      in-enum: true
  - id: mask
    type: b1
  - id: length_code
    type: b7
    valid:
      expr: opcode.to_i < 8 or (fin and _ < 126)
    -value: 'payload._io.pos < 126 ? payload._io.pos : payload._io.pos < 0x10000 ? 126 : 127'
    doc: |
      The length, or 126 if two bytes, 127 if eight bytes follow that have it. A control frame, with an opcode
      of 8 or more, has at most 125 bytes and is always a whole message.
  - id: length_16
    type: u2
    if: length_code == 126
    -value: payload._io.pos
  - id: length_64
    type: u8
    if: length_code == 127
    -value: payload._io.pos
  - id: masking_key
    size: 4
    if: mask
  - id: payload
    size: length
    process: xor(key)
    type:
      switch-on: content
      cases:
        'content::text': text_payload
        'content::close': close_payload
        _: binary_payload
instances:
  length:
    value: 'length_code < 126 ? length_code : length_code == 126 ? length_16 : length_64'
  key:
    value: 'mask ? masking_key : [0, 0, 0, 0]'
  content:
    enum: content
    value: '(opcode == opcode::text and fin and not rsv1) ? 1 : opcode == opcode::close ? 2 : 0'
  size_text:
    value: 'f"{length} byte" + (length == 1 ? "" : "s")'
  summary:
    value: >-
      content == content::text ? payload.as<text_payload>.summary
      : content == content::close ? payload.as<close_payload>.summary
      : (rsv1 ? "compressed " : "")
      + (opcode == opcode::continuation ? "continuation" : opcode == opcode::text ? "text"
      : opcode == opcode::binary ? "binary" : opcode == opcode::ping ? "ping" : "pong")
      + (fin ? ", " : ", more follows, ") + size_text
types:
  text_payload:
    seq:
      - id: text
        type: str
        size-eos: true
    instances:
      summary:
        value: 'text.length <= 80 ? f"text “{text}”" : f"text “{text.substring(0, 80)}…”"'
  binary_payload:
    seq:
      - id: data
        size-eos: true
  close_payload:
    seq:
      - id: code
        type: u2
        enum: close_code
        if: not _io.eof
      - id: reason
        type: str
        size-eos: true
        if: not _io.eof
        doc: For people who look for a fault; not for users.
    instances:
      summary:
        value: >-
          _io.size == 0 ? "close" : _io.size == 2 ? f"close {code.to_i}" : f"close {code.to_i} “{reason}”"
enums:
  opcode:
    0: continuation
    1: text
    2: binary
    8: close
    9: ping
    10: pong
  content:
    0: binary
    1: text
    2: close
  close_code:
    1000: normal_closure
    1001: going_away
    1002: protocol_error
    1003: unsupported_data
    1007: invalid_frame_payload_data
    1008: policy_violation
    1009: message_too_big
    1010: mandatory_extension
    1011: internal_server_error
