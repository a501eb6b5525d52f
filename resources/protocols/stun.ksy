# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
meta:
  id: stun
  title: STUN
  license: GPL-3.0-or-later
  endian: be
  encoding: UTF-8
  -pair: transaction_id
  -max: 65555
  -self-test:
    - bytes: 0001 0000 2112a442 000102030405060708090a0b
      fields:
        type: binding_request
        transaction_id: 000102030405060708090a0b
        class: request
        method: 1
        summary: binding request
    - bytes: >-
        0101 003c 2112a442 b7e7a701bc34d686fa87dfae
        8022 000b 7465737420766563746f7220
        0020 0008 0001 a147 e112a643
        0008 0014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7
        8028 0004 c07d4c96
      fields:
        type: binding_success
        attributes.list[0].type: software
        attributes.list[0].value.text: test vector
        attributes.list[1].value.port: 32853
        attributes.list[1].value.text: 192.0.2.1:32853
        attributes.list[3].type: fingerprint
        summary: "binding success: 192.0.2.1:32853"
    - bytes: >-
        0101 0018 2112a442 b7e7a701bc34d686fa87dfae
        0020 0014 0002 a147 0113a9faa5d3f179bc25f4b5bed2b9d9
      fields:
        attributes.list[0].value.text: "[2001:db8:1234:5678:11:2233:4455:6677]:32853"
    - bytes: >-
        0111 0014 2112a442 000102030405060708090a0b
        0009 0010 0000 04 01 556e617574686f72697a6564
      fields:
        class: error_response
        attributes.list[0].value.code: 401
        attributes.list[0].value.reason: Unauthorized
        summary: "binding error: 401 Unauthorized"
    - bytes: >-
        0003 0014 2112a442 000102030405060708090a0b
        0019 0004 11 000000 0006 0005 616c696365 000000
      fields:
        type: allocate_request
        attributes.list[0].value.protocol: udp
        attributes.list[1].value.text: alice
        summary: allocate request
    - bytes: 0001 0000 2112a443 000102030405060708090a0b
      error: "magic_cookie, byte 4: 0x2112a442 was expected, but it is 554869827."
    - bytes: 4001 0000 2112a442 000102030405060708090a0b
      error: "type, byte 0"
    - bytes: 0001 0004 2112a442 000102030405060708090a0b 8022 0001
      error: "attributes.list[0].value"
    - bytes: 0001 0008 2112a442 000102030405060708090a0b 0019 0003 11 000000
      error: "attributes.list[0].length, byte 22: 4 was expected, but it is 3."
    - bytes: 0001 0008 2112a442 000102030405060708090a0b 8022
      error: "attributes, byte 20: It ends too soon: there are 2 of 8 bytes."
doc: |
  RFC 8489, Session Traversal Utilities for NAT (STUN), as in RFC 5389, with the attributes of TURN (RFC 8656) and ICE
  (RFC 8445). Over TCP one message follows the other. Data of a TURN channel are not described.

  Neither MESSAGE-INTEGRITY nor FINGERPRINT are checked or computed: the one needs the password, the other reaches over
  what is before it.
doc-ref: https://www.rfc-editor.org/rfc/rfc8489
-summary: summary
seq:
  - id: type
    type: u2
    enum: type
    valid:
      expr: _.to_i < 0x4000
    doc: Method and class; the bits of the class stand between those of the method.
  - id: length
    type: u2
    doc: How many bytes follow the transaction id.
  - id: magic_cookie
    type: u4
    valid: 0x2112a442
  - id: transaction_id
    size: 12
    doc: Chosen at random by who asks; the response has the same.
  - id: attributes
    type: attribute_list
    size: length
instances:
  class:
    enum: class
    value: ((type.to_i >> 7) & 2) + ((type.to_i >> 4) & 1)
  method:
    value: (type.to_i & 15) + ((type.to_i >> 1) & 0x70) + ((type.to_i >> 2) & 0xf80)
  method_text:
    value: >-
      method == 1 ? "binding" : method == 3 ? "allocate" : method == 4 ? "refresh" : method == 6 ? "send"
      : method == 7 ? "data" : method == 8 ? "create permission" : method == 9 ? "channel bind"
      : f"method {method}"
  summary:
    value: >-
      method_text + (class == class::request ? " request" : class == class::indication ? " indication"
      : (class == class::success_response ? " success" : " error") + attributes.told)
types:
  attribute_list:
    seq:
      - id: list
        type: attribute
        repeat: eos
    instances:
      told:
        doc: What people want to know of a response first, which is among its first three attributes.
        value: >-
          list.size > 0 and list[0].told != "" ? list[0].told
          : list.size > 1 and list[1].told != "" ? list[1].told : list.size > 2 ? list[2].told : ""
  attribute:
    seq:
      - id: type
        type: u2
        enum: attribute_type
      - id: length
        type: u2
        -value: value._io.pos
        doc: Without what fills it up to a multiple of four bytes.
      - id: value
        size: (length + 3) & 0x1fffc
        type:
          switch-on: type
          cases:
            'attribute_type::mapped_address': address
            'attribute_type::alternate_server': address
            'attribute_type::response_origin': address
            'attribute_type::other_address': address
            'attribute_type::xor_mapped_address': xor_address
            'attribute_type::xor_peer_address': xor_address
            'attribute_type::xor_relayed_address': xor_address
            'attribute_type::username': text(length)
            'attribute_type::realm': text(length)
            'attribute_type::nonce': text(length)
            'attribute_type::software': text(length)
            'attribute_type::alternate_domain': text(length)
            'attribute_type::error_code': error_code(length)
            'attribute_type::unknown_attributes': unknown_attributes(length)
            'attribute_type::channel_number': channel_number
            'attribute_type::lifetime': number
            'attribute_type::priority': number
            'attribute_type::fingerprint': number
            'attribute_type::requested_transport': requested_transport
            'attribute_type::ice_controlled': tie_breaker
            'attribute_type::ice_controlling': tie_breaker
            _: bytes(length)
    instances:
      told:
        value: >-
          type == attribute_type::xor_mapped_address ? ": " + value.as<xor_address>.text
          : type == attribute_type::mapped_address ? ": " + value.as<address>.text
          : type == attribute_type::error_code ? ": " + value.as<error_code>.text : ""
  address:
    seq:
      - id: reserved
        type: u1
        -value: 0
      - id: family
        type: u1
        enum: family
      - id: port
        type: u2
      - id: ip
        size: 'family == family::ipv6 ? 16 : 4'
        type:
          switch-on: family
          cases:
            'family::ipv6': ipv6
            _: ipv4
    instances:
      text:
        value: 'family == family::ipv6 ? f"[{ip.as<ipv6>.text}]:{port}" : f"{ip.as<ipv4>.text}:{port}"'
  xor_address:
    doc: |
      The port is combined, by exclusive or, with the first bytes of the magic cookie, the address with the cookie and the
      transaction id, so that nobody on the way takes them for addresses to be translated.
    seq:
      - id: reserved
        type: u1
        -value: 0
      - id: family
        type: u1
        enum: family
      - id: xor_port
        type: u2
      - id: ip
        size: 'family == family::ipv6 ? 16 : 4'
        process: xor(key)
        type:
          switch-on: family
          cases:
            'family::ipv6': ipv6
            _: ipv4
    instances:
      key:
        value: >-
          [0x21, 0x12, 0xa4, 0x42,
          _root.transaction_id[0], _root.transaction_id[1], _root.transaction_id[2], _root.transaction_id[3],
          _root.transaction_id[4], _root.transaction_id[5], _root.transaction_id[6], _root.transaction_id[7],
          _root.transaction_id[8], _root.transaction_id[9], _root.transaction_id[10], _root.transaction_id[11]].as<bytes>
      port:
        value: xor_port ^ 0x2112
      text:
        value: 'family == family::ipv6 ? f"[{ip.as<ipv6>.text}]:{port}" : f"{ip.as<ipv4>.text}:{port}"'
  ipv4:
    seq:
      - id: octets
        type: u1
        repeat: expr
        repeat-expr: 4
    instances:
      text:
        value: 'f"{octets[0]}.{octets[1]}.{octets[2]}.{octets[3]}"'
  ipv6:
    seq:
      - id: groups
        type: ipv6_group
        repeat: expr
        repeat-expr: 8
    instances:
      text:
        value: >-
          f"{groups[0].text}:{groups[1].text}:{groups[2].text}:{groups[3].text}:"
          + f"{groups[4].text}:{groups[5].text}:{groups[6].text}:{groups[7].text}"
  ipv6_group:
    seq:
      - id: value
        type: u2
    instances:
      digits:
        value: '"0123456789abcdef"'
      text:
        value: >-
          (value >= 0x1000 ? digits.substring(value >> 12, (value >> 12) + 1) : "")
          + (value >= 0x100 ? digits.substring((value >> 8) & 15, ((value >> 8) & 15) + 1) : "")
          + (value >= 0x10 ? digits.substring((value >> 4) & 15, ((value >> 4) & 15) + 1) : "")
          + digits.substring(value & 15, (value & 15) + 1)
  text:
    params:
      - id: length
        type: u2
    seq:
      - id: text
        type: str
        size: length
  bytes:
    params:
      - id: length
        type: u2
    seq:
      - id: bytes
        size: length
  number:
    seq:
      - id: number
        type: u4
  channel_number:
    seq:
      - id: channel
        type: u2
      - id: reserved
        type: u2
        -value: 0
  requested_transport:
    seq:
      - id: protocol
        type: u1
        enum: protocol
      - id: reserved
        type: b24
        -value: 0
  tie_breaker:
    seq:
      - id: number
        type: u8
  error_code:
    params:
      - id: length
        type: u2
    seq:
      - id: reserved
        type: u2
        -value: 0
      - id: hundreds
        type: u1
      - id: rest
        type: u1
      - id: reason
        type: str
        size: length - 4
    instances:
      code:
        value: (hundreds & 7) * 100 + rest
      text:
        value: f"{code} {reason}"
  unknown_attributes:
    params:
      - id: length
        type: u2
    seq:
      - id: types
        type: u2
        enum: attribute_type
        repeat: expr
        repeat-expr: length / 2
enums:
  class:
    0: request
    1: indication
    2: success_response
    3: error_response
  type:
    0x0001: binding_request
    0x0011: binding_indication
    0x0101: binding_success
    0x0111: binding_error
    0x0003: allocate_request
    0x0103: allocate_success
    0x0113: allocate_error
    0x0004: refresh_request
    0x0104: refresh_success
    0x0114: refresh_error
    0x0016: send_indication
    0x0017: data_indication
    0x0008: create_permission_request
    0x0108: create_permission_success
    0x0118: create_permission_error
    0x0009: channel_bind_request
    0x0109: channel_bind_success
    0x0119: channel_bind_error
  attribute_type:
    0x0001: mapped_address
    0x0006: username
    0x0008: message_integrity
    0x0009: error_code
    0x000a: unknown_attributes
    0x000c: channel_number
    0x000d: lifetime
    0x0012: xor_peer_address
    0x0013: data
    0x0014: realm
    0x0015: nonce
    0x0016: xor_relayed_address
    0x0017: requested_address_family
    0x0018: even_port
    0x0019: requested_transport
    0x001a: dont_fragment
    0x001c: message_integrity_sha256
    0x001d: password_algorithm
    0x001e: userhash
    0x0020: xor_mapped_address
    0x0022: reservation_token
    0x0024: priority
    0x0025: use_candidate
    0x8000: additional_address_family
    0x8001: address_error_code
    0x8002: password_algorithms
    0x8003: alternate_domain
    0x8022: software
    0x8023: alternate_server
    0x8028: fingerprint
    0x8029: ice_controlled
    0x802a: ice_controlling
    0x802b: response_origin
    0x802c: other_address
  family:
    1: ipv4
    2: ipv6
  protocol:
    6: tcp
    17: udp
