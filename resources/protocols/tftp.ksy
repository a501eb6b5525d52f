# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
meta:
  id: tftp
  title: TFTP
  license: GPL-3.0-or-later
  endian: be
  encoding: UTF-8
  -max: 65468
  -self-test:
    - bytes: 0001 626f6f742e696d6700 6f6374657400
      fields:
        opcode: rrq
        body.file_name: boot.img
        body.mode: octet
        summary: read “boot.img”, octet
    - bytes: 0002 6100 6e6574617363696900 626c6b73697a6500 3134323800 7473697a6500 3000
      fields:
        body.options[0].name: blksize
        body.options[0].value: "1428"
        body.options[1].name: tsize
        summary: write “a”, netascii, 2 options
    - bytes: 0003 0001 68656c6c6f
      fields: {body.block: 1, body.data: 68656c6c6f, summary: "data 1, 5 bytes"}
    - bytes: 0003 0002
      fields: {body.data: "", summary: "data 2, 0 bytes"}
    - bytes: 0004 0001
      fields: {body.block: 1, summary: acknowledge 1}
    - bytes: 0005 0001 46696c65206e6f7420666f756e6400
      fields:
        body.code: file_not_found
        body.message: File not found
        summary: error 1 “File not found”
    - bytes: 0006 626c6b73697a6500 3134323800
      fields: {summary: acknowledge 1 option}
    - bytes: 0001 626f6f74
      error: body.file_name
    - bytes: 0007 0000
      error: "opcode, byte 0: A value of the enum"
    - bytes: 0004 01
      error: body.block
doc: |
  RFC 1350, The TFTP Protocol (Revision 2), with the options of RFC 2347. A block has 512 bytes, unless the option blksize
  (RFC 2348) says otherwise; a shorter one is the last.
doc-ref: https://www.rfc-editor.org/rfc/rfc1350
-summary: summary
seq:
  - id: opcode
    type: u2
    enum: opcode
    valid:
      in-enum: true
  - id: body
    type:
      switch-on: opcode
      cases:
        'opcode::rrq': request
        'opcode::wrq': request
        'opcode::data': data
        'opcode::ack': acknowledgement
        'opcode::error': error
        'opcode::oack': option_acknowledgement
instances:
  summary:
    value: >-
      opcode == opcode::rrq ? "read " + body.as<request>.text
      : opcode == opcode::wrq ? "write " + body.as<request>.text
      : opcode == opcode::data ? body.as<data>.text
      : opcode == opcode::ack ? "acknowledge " + body.as<acknowledgement>.block.to_s
      : opcode == opcode::error ? body.as<error>.text
      : "acknowledge " + body.as<option_acknowledgement>.text
types:
  request:
    seq:
      - id: file_name
        type: strz
      - id: mode
        type: strz
        doc: netascii, octet or mail, in upper or lower case.
      - id: options
        type: option
        repeat: eos
    instances:
      text:
        value: >-
          f"“{file_name}”, {mode}"
          + (options.size == 0 ? "" : options.size == 1 ? ", 1 option" : f", {options.size} options")
  option:
    seq:
      - id: name
        type: strz
      - id: value
        type: strz
  data:
    seq:
      - id: block
        type: u2
      - id: data
        size-eos: true
    instances:
      text:
        value: 'f"data {block}, {data.size} byte" + (data.size == 1 ? "" : "s")'
  acknowledgement:
    seq:
      - id: block
        type: u2
  error:
    seq:
      - id: code
        type: u2
        enum: error_code
      - id: message
        type: strz
    instances:
      text:
        value: 'f"error {code.to_i} “{message}”"'
  option_acknowledgement:
    seq:
      - id: options
        type: option
        repeat: eos
    instances:
      text:
        value: 'options.size == 1 ? "1 option" : f"{options.size} options"'
enums:
  opcode:
    1: rrq
    2: wrq
    3: data
    4: ack
    5: error
    6: oack
  error_code:
    0: not_defined
    1: file_not_found
    2: access_violation
    3: disk_full
    4: illegal_operation
    5: unknown_transfer_id
    6: file_already_exists
    7: no_such_user
    8: option_negotiation_failed
