# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
meta:
  id: modbus_rtu
  title: Modbus RTU
  license: GPL-3.0-or-later
  endian: be
  imports:
    - modbus_tcp
  -client: client_frame
  -server: server_frame
  -max: 256
  -self-test:
    - bytes: 11 03 006b 0003 7687
      fields:
        request.address: 17
        request.pdu.function: read_holding_registers
        request.pdu.body.start: 107
        request.crc: 34678
        summary: read holding registers 107–109
    - bytes: 11 03 06 ae41 5652 4340 49ad
      fields:
        reply.pdu.body.registers[0]: 44609
        summary: "3 registers: 44609, 22098, 17216"
    - bytes: 0a 81 02 b053
      fields:
        reply.address: 10
        reply.pdu.is_exception: true
        reply.pdu.exception: illegal_data_address
        summary: "exception: illegal data address"
    - bytes: 01 10 0001 0002 04 000a 0102 9230
      fields:
        request.pdu.body.registers[1]: 258
        summary: write registers 1–2
    - bytes: 11 03 006b 0003 7688
      error: "request.crc, byte 6: The crc-16/modbus"
    - bytes: 11 03 06 ae41 56
      error: It ends too soon
    - bytes: 11 64 0000 0000
      error: "request.pdu.function, byte 1"
doc: |
  MODBUS over Serial Line Specification and Implementation Guide V1.02, RTU transmission mode; also as many gateways carry
  it in a TCP connection.

  On a line, silence ends a frame. In a stream nothing does, so that a frame is as long as its function says, and a
  function that is not of the standard cannot be read. Where the sender is known, a frame is a “client_frame” or a
  “server_frame”. Of a single frame the root type guesses it from its size.
doc-ref: https://www.modbus.org/specs.php
-summary: summary
seq:
  - id: request
    type: request_frame
    if: not guess.is_reply
  - id: reply
    type: reply_frame
    if: guess.is_reply
instances:
  guess:
    pos: 0
    type: modbus_tcp::direction(1, _io.size - 3)
  summary:
    value: 'guess.is_reply ? reply.pdu.summary : request.pdu.summary'
types:
  client_frame:
    doc: What a client sends.
    -summary: request.pdu.summary
    seq:
      - id: request
        type: request_frame
  server_frame:
    doc: What a server sends.
    -summary: reply.pdu.summary
    seq:
      - id: reply
        type: reply_frame
  request_frame:
    seq:
      - id: address
        type: u1
        doc: Of the server; 0 is for all of them, and none replies.
      - id: pdu
        type: modbus_tcp::request_pdu(-1)
      - id: crc
        type: u2le
        -checksum: {algorithm: crc-16/modbus, from: address, to: pdu}
  reply_frame:
    seq:
      - id: address
        type: u1
      - id: pdu
        type: modbus_tcp::reply_pdu(-1)
      - id: crc
        type: u2le
        -checksum: {algorithm: crc-16/modbus, from: address, to: pdu}
