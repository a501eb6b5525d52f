# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
meta:
  id: modbus_tcp
  title: Modbus TCP
  license: GPL-3.0-or-later
  endian: be
  bit-endian: le
  -client: client_adu
  -server: server_adu
  -pair: header.transaction
  -max: 260
  -self-test:
    - bytes: 0001 0000 0006 11 03 006b 0003
      fields:
        header.transaction: 1
        header.unit: 17
        request.function: read_holding_registers
        request.body.start: 107
        request.body.quantity: 3
        summary: read holding registers 107–109
    - bytes: 0001 0000 0009 11 03 06 022b 0000 0064
      fields:
        reply.function: read_holding_registers
        reply.body.byte_count: 6
        reply.body.registers[0]: 555
        reply.body.registers[2]: 100
        summary: "3 registers: 555, 0, 100"
    - bytes: 0002 0000 0003 01 83 02
      fields:
        reply.is_exception: true
        reply.function: read_holding_registers
        reply.exception: illegal_data_address
        summary: "exception: illegal data address"
    - bytes: 0003 0000 0009 01 0f 0013 000a 02 cd 01
      fields:
        request.function: write_multiple_coils
        request.body.quantity: 10
        request.body.coils[0]: true
        request.body.coils[1]: false
        request.body.coils[8]: true
        summary: write coils 19–28
    - bytes: 0004 0000 0006 01 05 00ac ff00
      fields:
        request.body.address: 172
        request.body.value: "on"
        summary: write coil 172, on
    - bytes: 0005 0000 0011 11 17 0003 0006 000e 0003 06 00ff 00ff 00ff
      fields:
        request.body.read_quantity: 6
        request.body.registers[2]: 255
        summary: write registers 14–16, read registers 3–8
    - bytes: 0006 0000 0005 01 2b 0e 01 00
      fields:
        request.body.mei_type: read_device_identification
        request.body.object_id: vendor_name
        summary: read device identification
    - bytes: 0007 0000 0012 01 2b 0e 01 01 00 00 02 00 04 41636d65 01 02 5031
      fields:
        reply.body.identification.objects[0].value: Acme
        reply.body.identification.objects[1].id: product_code
        summary: "device identification: 2 objects"
    - bytes: 0008 0000 0004 01 64 0102
      fields: {request.function: 100, request.data: "0102", summary: function 100}
    - bytes: 0001 0000 0007 11 03 006b 0003
      error: It ends too soon
    - bytes: 0001 0100 0006 11 03 006b 0003
      error: "header.protocol"
    - bytes: 0003 0000 0009 01 0f 0013 000a 03 cd 01
      error: "request.body.byte_count"
doc: |
  MODBUS Application Protocol Specification V1.1b3 and MODBUS Messaging on TCP/IP Implementation Guide V1.0b.

  A request and its reply share the transaction, but nothing in a message says which of the two it is. Where the sender
  is known, it is a “client_adu” or a “server_adu”. Of a single message the root type guesses it from its size.

  Addresses are those of the protocol, which count from 0: register 107 here is 40108 in many manuals.
doc-ref: https://www.modbus.org/specs.php
-summary: summary
seq:
  - id: header
    type: mbap
  - id: request
    type: request_pdu(header.length - 2)
    size: header.length - 1
    if: not guess.is_reply
  - id: reply
    type: reply_pdu(header.length - 2)
    size: header.length - 1
    if: guess.is_reply
instances:
  guess:
    pos: 0
    type: direction(7, _io.size - 7)
  summary:
    value: 'guess.is_reply ? reply.summary : request.summary'
types:
  client_adu:
    doc: What a client sends.
    -summary: request.summary
    seq:
      - id: header
        type: mbap
      - id: request
        type: request_pdu(header.length - 2)
        size: header.length - 1
  server_adu:
    doc: What a server sends.
    -summary: reply.summary
    seq:
      - id: header
        type: mbap
      - id: reply
        type: reply_pdu(header.length - 2)
        size: header.length - 1
  mbap:
    doc: The header that TCP needs; instead of a checksum it has a length.
    seq:
      - id: transaction
        type: u2
        doc: Chosen by the client; the server sends it back.
      - id: protocol
        type: u2
        valid: 0
      - id: length
        type: u2
        valid:
          min: 2
        doc: How many bytes follow, the unit's among them.
      - id: unit
        type: u1
        doc: Which device behind a gateway; 255 or 0 where there is none.
  direction:
    doc: Guesses from the size whether it is a reply. Where a reply repeats its request, it counts as the request.
    params:
      - id: begin
        type: s4
      - id: size
        type: s4
    instances:
      function:
        pos: begin
        type: u1
      second:
        pos: begin + 1
        type: u1
        if: size > 1
      third:
        pos: begin + 2
        type: u1
        if: size > 2
      quantity:
        pos: begin + 3
        type: u2
        if: size == 5
      is_reply:
        value: >-
          function >= 0x80
          or (function <= 4 and size != 5)
          or (function <= 2 and size == 5 and second == 3 and (quantity == 0 or quantity > 2000))
          or ((function == 7 or function == 11 or function == 12 or function == 17) and size > 1)
          or ((function == 15 or function == 16) and size == 5)
          or (function == 20 and size > 2 and third != 6)
          or (function == 23 and size > 1 and size == 2 + second)
          or (function == 24 and size != 3)
          or (function == 43 and size != 4)
  request_pdu:
    params:
      - id: rest
        type: s4
        doc: How many bytes follow the function; -1 where that is not told, so that functions must be known.
    -summary: summary
    seq:
      - id: function
        type: u1
        enum: function
        valid:
          expr: is_known or rest >= 0
      - id: body
        type:
          switch-on: function
          cases:
            'function::read_coils': range
            'function::read_discrete_inputs': range
            'function::read_holding_registers': range
            'function::read_input_registers': range
            'function::write_single_coil': single_coil
            'function::write_single_register': single_register
            'function::diagnostics': diagnostics
            'function::write_multiple_coils': multiple_coils
            'function::write_multiple_registers': multiple_registers
            'function::read_file_record': file_ranges
            'function::write_file_record': file_records
            'function::mask_write_register': mask
            'function::read_write_multiple_registers': write_and_read
            'function::read_fifo_queue': fifo_address
            'function::encapsulated_interface': interface_request(rest - 1)
      - id: data
        size: rest
        if: not is_known
    instances:
      is_known:
        value: >-
          (function.to_i >= 1 and function.to_i <= 8) or function.to_i == 11 or function.to_i == 12
          or (function.to_i >= 15 and function.to_i <= 17) or (function.to_i >= 20 and function.to_i <= 24)
          or function.to_i == 43
      summary:
        value: >-
          function == function::read_coils ? "read coils " + body.as<range>.text
          : function == function::read_discrete_inputs ? "read discrete inputs " + body.as<range>.text
          : function == function::read_holding_registers ? "read holding registers " + body.as<range>.text
          : function == function::read_input_registers ? "read input registers " + body.as<range>.text
          : function == function::write_single_coil ? "write coil " + body.as<single_coil>.text
          : function == function::write_single_register ? "write register " + body.as<single_register>.text
          : function == function::read_exception_status ? "read exception status"
          : function == function::diagnostics ? "diagnostics " + body.as<diagnostics>.text
          : function == function::get_comm_event_counter ? "get communication event counter"
          : function == function::get_comm_event_log ? "get communication event log"
          : function == function::write_multiple_coils ? "write coils " + body.as<multiple_coils>.text
          : function == function::write_multiple_registers ? "write registers " + body.as<multiple_registers>.text
          : function == function::report_server_id ? "report server id"
          : function == function::read_file_record ? "read file records"
          : function == function::write_file_record ? "write file records"
          : function == function::mask_write_register ? "mask register " + body.as<mask>.address.to_s
          : function == function::read_write_multiple_registers ? body.as<write_and_read>.text
          : function == function::read_fifo_queue ? "read FIFO queue " + body.as<fifo_address>.address.to_s
          : function == function::encapsulated_interface ? body.as<interface_request>.text
          : "function " + function.to_i.to_s
  reply_pdu:
    params:
      - id: rest
        type: s4
    -summary: summary
    seq:
      - id: function
        type: b7
        enum: function
        valid:
          expr: is_known or rest >= 0
      - id: is_exception
        type: b1
      - id: exception
        type: u1
        enum: exception
        if: is_exception
      - id: body
        if: not is_exception
        type:
          switch-on: function
          cases:
            'function::read_coils': bits
            'function::read_discrete_inputs': bits
            'function::read_holding_registers': registers
            'function::read_input_registers': registers
            'function::write_single_coil': single_coil
            'function::write_single_register': single_register
            'function::read_exception_status': exception_status
            'function::diagnostics': diagnostics
            'function::get_comm_event_counter': event_counter
            'function::get_comm_event_log': event_log
            'function::write_multiple_coils': range
            'function::write_multiple_registers': range
            'function::report_server_id': server_id
            'function::read_file_record': file_contents
            'function::write_file_record': file_records
            'function::mask_write_register': mask
            'function::read_write_multiple_registers': registers
            'function::read_fifo_queue': fifo_queue
            'function::encapsulated_interface': interface_reply(rest - 1)
      - id: data
        size: rest
        if: not is_known and not is_exception
    instances:
      is_known:
        value: >-
          (function.to_i >= 1 and function.to_i <= 8) or function.to_i == 11 or function.to_i == 12
          or (function.to_i >= 15 and function.to_i <= 17) or (function.to_i >= 20 and function.to_i <= 24)
          or function.to_i == 43
      exception_text:
        if: is_exception
        value: >-
          exception == exception::illegal_function ? "illegal function"
          : exception == exception::illegal_data_address ? "illegal data address"
          : exception == exception::illegal_data_value ? "illegal data value"
          : exception == exception::server_device_failure ? "server device failure"
          : exception == exception::acknowledge ? "acknowledge, it takes its time"
          : exception == exception::server_device_busy ? "server device busy"
          : exception == exception::memory_parity_error ? "memory parity error"
          : exception == exception::gateway_path_unavailable ? "gateway path unavailable"
          : exception == exception::gateway_target_failed_to_respond ? "gateway target failed to respond"
          : exception.to_i.to_s
      summary:
        value: >-
          is_exception ? "exception: " + exception_text
          : function == function::read_coils ? body.as<bits>.text + " coils"
          : function == function::read_discrete_inputs ? body.as<bits>.text + " discrete inputs"
          : function == function::read_holding_registers ? body.as<registers>.text
          : function == function::read_input_registers ? body.as<registers>.text
          : function == function::write_single_coil ? "wrote coil " + body.as<single_coil>.text
          : function == function::write_single_register ? "wrote register " + body.as<single_register>.text
          : function == function::read_exception_status ? "exception status " + body.as<exception_status>.status.to_s
          : function == function::diagnostics ? "diagnostics " + body.as<diagnostics>.text
          : function == function::get_comm_event_counter ? body.as<event_counter>.count.to_s + " events"
          : function == function::get_comm_event_log ? body.as<event_log>.event_count.to_s + " events"
          : function == function::write_multiple_coils ? "wrote coils " + body.as<range>.text
          : function == function::write_multiple_registers ? "wrote registers " + body.as<range>.text
          : function == function::report_server_id ? "server id"
          : function == function::read_file_record ? "file records"
          : function == function::write_file_record ? "wrote file records"
          : function == function::mask_write_register ? "masked register " + body.as<mask>.address.to_s
          : function == function::read_write_multiple_registers ? body.as<registers>.text
          : function == function::read_fifo_queue ? body.as<fifo_queue>.count.to_s + " values of a FIFO queue"
          : function == function::encapsulated_interface ? body.as<interface_reply>.text
          : "reply to function " + function.to_i.to_s
  range:
    seq:
      - id: start
        type: u2
      - id: quantity
        type: u2
    instances:
      text:
        value: 'quantity == 1 ? start.to_s : f"{start}–{start + quantity - 1}"'
  single_coil:
    seq:
      - id: address
        type: u2
      - id: value
        type: u2
        enum: coil
    instances:
      text:
        value: 'address.to_s + (value == coil::on ? ", on" : value == coil::off ? ", off" : ", neither on nor off")'
  single_register:
    seq:
      - id: address
        type: u2
      - id: value
        type: u2
    instances:
      text:
        value: 'f"{address}, {value}"'
  diagnostics:
    seq:
      - id: sub_function
        type: u2
        enum: diagnostic
      - id: data
        type: u2
    instances:
      text:
        value: 'f"{sub_function.to_i}, {data}"'
  multiple_coils:
    seq:
      - id: start
        type: u2
      - id: quantity
        type: u2
      - id: byte_count
        type: u1
        -value: (quantity + 7) / 8
      - id: coils
        type: b1
        repeat: expr
        repeat-expr: quantity
    instances:
      text:
        value: 'quantity == 1 ? start.to_s : f"{start}–{start + quantity - 1}"'
  multiple_registers:
    seq:
      - id: start
        type: u2
      - id: quantity
        type: u2
      - id: byte_count
        type: u1
        -value: quantity * 2
      - id: registers
        type: u2
        repeat: expr
        repeat-expr: quantity
    instances:
      text:
        value: 'quantity == 1 ? start.to_s : f"{start}–{start + quantity - 1}"'
  mask:
    doc: The register becomes (register & and_mask) | (or_mask & ~and_mask).
    seq:
      - id: address
        type: u2
      - id: and_mask
        type: u2
      - id: or_mask
        type: u2
  write_and_read:
    doc: The server writes first, then reads.
    seq:
      - id: read_start
        type: u2
      - id: read_quantity
        type: u2
      - id: write_start
        type: u2
      - id: write_quantity
        type: u2
      - id: byte_count
        type: u1
        -value: write_quantity * 2
      - id: registers
        type: u2
        repeat: expr
        repeat-expr: write_quantity
    instances:
      text:
        value: >-
          f"write registers {write_start}–{write_start + write_quantity - 1}, "
          + f"read registers {read_start}–{read_start + read_quantity - 1}"
  fifo_address:
    seq:
      - id: address
        type: u2
  file_ranges:
    seq:
      - id: byte_count
        type: u1
      - id: records
        type: file_range
        repeat: expr
        repeat-expr: byte_count / 7
  file_range:
    seq:
      - id: reference_type
        type: u1
        -value: 6
      - id: file
        type: u2
      - id: record
        type: u2
      - id: length
        type: u2
        doc: In registers of two bytes.
  file_records:
    seq:
      - id: byte_count
        type: u1
      - id: records
        type: record_list
        size: byte_count
  record_list:
    seq:
      - id: list
        type: file_record
        repeat: eos
  file_record:
    seq:
      - id: reference_type
        type: u1
        -value: 6
      - id: file
        type: u2
      - id: record
        type: u2
      - id: length
        type: u2
      - id: registers
        type: u2
        repeat: expr
        repeat-expr: length
  file_contents:
    seq:
      - id: byte_count
        type: u1
      - id: records
        type: content_list
        size: byte_count
  content_list:
    seq:
      - id: list
        type: file_content
        repeat: eos
  file_content:
    seq:
      - id: length
        type: u1
        doc: Bytes that follow.
      - id: reference_type
        type: u1
        -value: 6
      - id: registers
        type: u2
        repeat: expr
        repeat-expr: (length - 1) / 2
  interface_request:
    params:
      - id: rest
        type: s4
    seq:
      - id: mei_type
        type: u1
        enum: interface
      - id: read_code
        type: u1
        enum: identification
        if: mei_type == interface::read_device_identification
      - id: object_id
        type: u1
        enum: device_object
        if: mei_type == interface::read_device_identification
      - id: data
        size: rest
        if: mei_type != interface::read_device_identification
    instances:
      text:
        value: >-
          mei_type == interface::read_device_identification ? "read device identification"
          : f"encapsulated interface {mei_type.to_i}"
  bits:
    seq:
      - id: byte_count
        type: u1
      - id: coils
        type: b1
        repeat: expr
        repeat-expr: byte_count * 8
        doc: What was asked for comes first, the rest of the last byte is 0.
    instances:
      text:
        value: 'byte_count == 1 ? "up to 8" : f"{byte_count * 8 - 7}–{byte_count * 8}"'
  registers:
    seq:
      - id: byte_count
        type: u1
      - id: registers
        type: u2
        repeat: expr
        repeat-expr: byte_count / 2
    instances:
      text:
        value: >-
          registers.size == 0 ? "no registers"
          : registers.size == 1 ? f"1 register: {registers[0]}"
          : registers.size == 2 ? f"2 registers: {registers[0]}, {registers[1]}"
          : f"{registers.size} registers: {registers[0]}, {registers[1]}, {registers[2]}"
          + (registers.size == 3 ? "" : " …")
  exception_status:
    seq:
      - id: status
        type: u1
        doc: One bit for each of eight outputs, which mean what the device says.
  event_counter:
    seq:
      - id: status
        type: u2
        enum: comm_status
      - id: count
        type: u2
  event_log:
    seq:
      - id: byte_count
        type: u1
      - id: status
        type: u2
        enum: comm_status
      - id: event_count
        type: u2
      - id: message_count
        type: u2
      - id: events
        size: byte_count - 6
        doc: The newest first.
  server_id:
    seq:
      - id: byte_count
        type: u1
      - id: data
        size: byte_count
        doc: The id, one byte that is 0 when the device is off and 255 when it is on, and what the device adds.
  fifo_queue:
    seq:
      - id: byte_count
        type: u2
        -value: count * 2 + 2
      - id: count
        type: u2
      - id: registers
        type: u2
        repeat: expr
        repeat-expr: count
  interface_reply:
    params:
      - id: rest
        type: s4
    seq:
      - id: mei_type
        type: u1
        enum: interface
      - id: identification
        type: device_identification
        if: mei_type == interface::read_device_identification
      - id: data
        size: rest
        if: mei_type != interface::read_device_identification
    instances:
      text:
        value: >-
          mei_type == interface::read_device_identification
          ? f"device identification: {identification.object_count} objects"
          : f"encapsulated interface {mei_type.to_i}"
  device_identification:
    seq:
      - id: read_code
        type: u1
        enum: identification
      - id: conformity_level
        type: u1
      - id: more_follows
        type: u1
        enum: more
      - id: next_object_id
        type: u1
      - id: object_count
        type: u1
      - id: objects
        type: identification_object
        repeat: expr
        repeat-expr: object_count
  identification_object:
    seq:
      - id: id
        type: u1
        enum: device_object
      - id: length
        type: u1
      - id: value
        type: str
        size: length
        encoding: UTF-8
enums:
  function:
    1: read_coils
    2: read_discrete_inputs
    3: read_holding_registers
    4: read_input_registers
    5: write_single_coil
    6: write_single_register
    7: read_exception_status
    8: diagnostics
    11: get_comm_event_counter
    12: get_comm_event_log
    15: write_multiple_coils
    16: write_multiple_registers
    17: report_server_id
    20: read_file_record
    21: write_file_record
    22: mask_write_register
    23: read_write_multiple_registers
    24: read_fifo_queue
    43: encapsulated_interface
  exception:
    1: illegal_function
    2: illegal_data_address
    3: illegal_data_value
    4: server_device_failure
    5: acknowledge
    6: server_device_busy
    8: memory_parity_error
    10: gateway_path_unavailable
    11: gateway_target_failed_to_respond
  coil:
    0: 'off'
    0xff00: 'on'
  comm_status:
    0: ready
    0xffff: busy
  diagnostic:
    0: return_query_data
    1: restart_communications
    2: return_diagnostic_register
    3: change_ascii_input_delimiter
    4: force_listen_only_mode
    10: clear_counters_and_diagnostic_register
    11: return_bus_message_count
    12: return_bus_communication_error_count
    13: return_bus_exception_error_count
    14: return_server_message_count
    15: return_server_no_response_count
    16: return_server_nak_count
    17: return_server_busy_count
    18: return_bus_character_overrun_count
    20: clear_overrun_counter_and_flag
  interface:
    13: canopen_general_reference
    14: read_device_identification
  identification:
    1: basic
    2: regular
    3: extended
    4: one_object
  device_object:
    0: vendor_name
    1: product_code
    2: major_minor_revision
    3: vendor_url
    4: product_name
    5: model_name
    6: user_application_name
  more:
    0: nothing
    255: more
