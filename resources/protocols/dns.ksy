# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
meta:
  id: dns
  title: DNS
  license: GPL-3.0-or-later
  endian: be
  encoding: UTF-8
  -pair: id
  -max: 65535
  -self-test:
    - bytes: 0001 0100 0001 0000 0000 0000 07 6578616d706c65 03 6f7267 00 0001 0001
      fields:
        id: 1
        is_response: false
        recursion_desired: true
        questions[0].name.text: example.org
        questions[0].type: a
        questions[0].class: internet
        summary: query A example.org
    - bytes: >-
        0001 8180 0001 0002 0000 0001
        07 6578616d706c65 03 6f7267 00 0001 0001
        c00c 0001 0001 00000e10 0004 c0000201
        c00c 0001 0001 00000e10 0004 c0000202
        00 0029 04d0 0000 8000 0000
      fields:
        is_response: true
        response_code: no_error
        answers[0].name.text: example.org
        answers[0].ttl: 3600
        answers[0].data.text: 192.0.2.1
        additionals[0].type: opt
        additionals[0].udp_size: 1232
        additionals[0].dnssec_ok: true
        summary: "reply: 2 answers"
    - bytes: >-
        0002 8180 0001 0001 0000 0000
        01 61 00 000f 0001
        c00c 000f 0001 00000001 0009 000a 04 6d61696c c00c
      fields:
        answers[0].data.preference: 10
        answers[0].data.exchange.text: mail.a
        summary: "reply: 1 answer"
    - bytes: >-
        0003 8180 0001 0001 0000 0000
        01 61 00 001c 0001
        c00c 001c 0001 00000001 0010 20010db8000000000000000000000001
      fields:
        answers[0].data.text: "2001:db8:0:0:0:0:0:1"
    - bytes: >-
        0004 8583 0001 0000 0001 0000
        02 6e6f 00 0001 0001
        00 0006 0001 00000001 001a 01 61 00 01 62 00 00000001 00000002 00000003 00000004 00000005
      fields:
        authoritative: true
        response_code: no_such_name
        authorities[0].name.text: .
        authorities[0].data.serial: 1
        authorities[0].data.minimum: 5
        summary: "reply: no such name"
    - bytes: >-
        0005 8180 0000 0002 0000 0000
        01 74 00 0010 0001 00000001 0006 02 6869 02 796f
        01 73 00 0021 0001 00000001 000a 0001 0002 0050 01 68 01 61 00 00
      error: It ends too soon
    - bytes: >-
        0005 8180 0000 0002 0000 0000
        01 74 00 0010 0001 00000001 0006 02 6869 02 796f
        01 73 00 0021 0001 00000001 000b 0001 0002 0050 01 68 01 61 00
      fields:
        answers[0].data.strings[1].value: yo
        answers[1].data.port: 80
        answers[1].data.target.text: h.a
    - bytes: 0001 0100 0001 0000 0000 0000 c00c 0001 0001
      error: "questions[0].name.labels[0].pointer_low"
    - bytes: 0001 0100 0001 0000 0000 0000 40 0001 0001
      error: "questions[0].name.labels[0].kind"
    - bytes: 0001 0100 0002 0000 0000 0000 01 61 00 0001 0001
      error: "questions[1].name.labels[0].kind"
doc: |
  RFC 1035, Domain names: implementation and specification, with the extensions of RFC 6891 (EDNS), and the types of
  RFC 3596 (AAAA), RFC 2782 (SRV) and RFC 8659 (CAA). Other types keep their bytes. A message is one datagram.
doc-ref: https://www.rfc-editor.org/rfc/rfc1035
-summary: summary
seq:
  - id: id
    type: u2
    doc: Chosen by who asks; the reply has the same.
  - id: is_response
    type: b1
  - id: opcode
    type: b4
    enum: opcode
  - id: authoritative
    type: b1
  - id: truncated
    type: b1
    doc: It did not fit a datagram; ask again over TCP.
  - id: recursion_desired
    type: b1
  - id: recursion_available
    type: b1
  - id: reserved
    type: b1
  - id: authentic_data
    type: b1
  - id: checking_disabled
    type: b1
  - id: response_code
    type: b4
    enum: response_code
  - id: question_count
    type: u2
  - id: answer_count
    type: u2
  - id: authority_count
    type: u2
  - id: additional_count
    type: u2
  - id: questions
    type: question
    repeat: expr
    repeat-expr: question_count
  - id: answers
    type: record
    repeat: expr
    repeat-expr: answer_count
  - id: authorities
    type: record
    repeat: expr
    repeat-expr: authority_count
  - id: additionals
    type: record
    repeat: expr
    repeat-expr: additional_count
instances:
  summary:
    value: >-
      is_response ? "reply: " + (response_code != response_code::no_error ? response_text
      : answer_count == 1 ? "1 answer" : f"{answer_count} answers") + (truncated ? ", truncated" : "")
      : opcode == opcode::query
      ? (question_count == 0 ? "query" : f"query {questions[0].type_text} {questions[0].name.text}")
      : (opcode == opcode::notify ? "notify" : opcode == opcode::update ? "update" : f"opcode {opcode.to_i}")
      + (question_count == 0 ? "" : " " + questions[0].name.text)
  response_text:
    value: >-
      response_code == response_code::no_error ? "no error"
      : response_code == response_code::format_error ? "format error"
      : response_code == response_code::server_failure ? "server failure"
      : response_code == response_code::no_such_name ? "no such name"
      : response_code == response_code::not_implemented ? "not implemented"
      : response_code == response_code::refused ? "refused"
      : f"error {response_code.to_i}"
types:
  question:
    seq:
      - id: name
        type: name(_io.pos)
      - id: type
        type: u2
        enum: type
      - id: class
        type: u2
        enum: class
    instances:
      type_text:
        value: >-
          type == type::a ? "A" : type == type::ns ? "NS" : type == type::cname ? "CNAME" : type == type::soa ? "SOA"
          : type == type::ptr ? "PTR" : type == type::mx ? "MX" : type == type::txt ? "TXT" : type == type::aaaa ? "AAAA"
          : type == type::srv ? "SRV" : type == type::naptr ? "NAPTR" : type == type::ds ? "DS"
          : type == type::dnskey ? "DNSKEY" : type == type::svcb ? "SVCB" : type == type::https ? "HTTPS"
          : type == type::ixfr ? "IXFR" : type == type::axfr ? "AXFR" : type == type::any ? "ANY"
          : type == type::caa ? "CAA" : f"TYPE{type.to_i}"
  name:
    doc: |
      Labels up to an empty one, or up to a pointer to a name that stands earlier in the message, whose labels go on here.
    params:
      - id: limit
        type: u4
        doc: A pointer must point before this place, so that names end.
    seq:
      - id: labels
        type: 'label(limit, _index == 0 ? "" : labels[_index - 1].so_far)'
        repeat: until
        repeat-until: _.kind == label_kind::pointer or _.length == 0
    instances:
      text:
        value: 'labels.last.so_far == "" ? "." : labels.last.so_far'
  label:
    params:
      - id: limit
        type: u4
      - id: before
        type: str
        doc: The name up to here.
    seq:
      - id: kind
        type: b2
        enum: label_kind
        valid:
          in-enum: true
      - id: length
        type: b6
        doc: Of the text; of a pointer these are its upper bits.
      - id: pointer_low
        type: u1
        if: kind == label_kind::pointer
        valid:
          expr: length * 256 + _ < limit
      - id: text
        type: str
        size: length
        if: kind == label_kind::text
    instances:
      pointer:
        value: length * 256 + pointer_low
        if: kind == label_kind::pointer
      target:
        pos: pointer
        io: _root._io
        type: name(pointer)
        if: kind == label_kind::pointer
      resolved:
        pos: 0
        type: remembered(target.labels.last.so_far)
        if: kind == label_kind::pointer
      so_far:
        value: >-
          kind == label_kind::pointer ? (before == "" or resolved.text == "" ? before + resolved.text
          : before + "." + resolved.text)
          : length == 0 ? before : before == "" ? text : before + "." + text
  remembered:
    params:
      - id: text
        type: str
  record:
    seq:
      - id: name
        type: name(_io.pos)
      - id: type
        type: u2
        enum: type
      - id: class
        type: u2
        enum: class
        if: type != type::opt
      - id: ttl
        type: u4
        if: type != type::opt
        doc: How many seconds it may be kept.
      - id: udp_size
        type: u2
        if: type == type::opt
        doc: The longest datagram that its sender takes.
      - id: extended_code
        type: u1
        if: type == type::opt
        doc: The upper bits of the response code.
      - id: version
        type: u1
        if: type == type::opt
      - id: dnssec_ok
        type: b1
        if: type == type::opt
      - id: flags
        type: b15
        if: type == type::opt
      - id: length
        type: u2
      - id: data
        size: length
        type:
          switch-on: type
          cases:
            'type::a': ipv4
            'type::aaaa': ipv6
            'type::ns': name(_io.pos)
            'type::cname': name(_io.pos)
            'type::dname': name(_io.pos)
            'type::ptr': name(_io.pos)
            'type::mx': mx(_io.pos)
            'type::txt': txt
            'type::spf': txt
            'type::soa': soa(_io.pos)
            'type::srv': srv(_io.pos)
            'type::caa': caa
            'type::opt': options
            _: other
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
  mx:
    params:
      - id: limit
        type: u4
    seq:
      - id: preference
        type: u2
        doc: The lowest is asked first.
      - id: exchange
        type: name(limit)
  txt:
    seq:
      - id: strings
        type: character_string
        repeat: eos
  character_string:
    seq:
      - id: length
        type: u1
      - id: value
        type: str
        size: length
  soa:
    params:
      - id: limit
        type: u4
    seq:
      - id: primary
        type: name(limit)
      - id: mailbox
        type: name(limit)
        doc: The first dot stands for an @.
      - id: serial
        type: u4
      - id: refresh
        type: u4
      - id: retry
        type: u4
      - id: expire
        type: u4
      - id: minimum
        type: u4
        doc: For how many seconds it may be kept that a name does not exist.
  srv:
    params:
      - id: limit
        type: u4
    seq:
      - id: priority
        type: u2
      - id: weight
        type: u2
      - id: port
        type: u2
      - id: target
        type: name(limit)
  caa:
    seq:
      - id: critical
        type: b1
      - id: flags
        type: b7
      - id: tag_length
        type: u1
      - id: tag
        type: str
        size: tag_length
      - id: value
        type: str
        size-eos: true
  options:
    seq:
      - id: list
        type: edns_option
        repeat: eos
  edns_option:
    seq:
      - id: code
        type: u2
        enum: option
      - id: length
        type: u2
      - id: data
        size: length
  other:
    seq:
      - id: bytes
        size-eos: true
enums:
  label_kind:
    0: text
    3: pointer
  opcode:
    0: query
    1: inverse_query
    2: status
    4: notify
    5: update
    6: stateful
  response_code:
    0: no_error
    1: format_error
    2: server_failure
    3: no_such_name
    4: not_implemented
    5: refused
    6: name_exists
    7: set_exists
    8: no_such_set
    9: not_authoritative
    10: not_in_zone
  type:
    1: a
    2: ns
    5: cname
    6: soa
    12: ptr
    13: hinfo
    15: mx
    16: txt
    28: aaaa
    29: loc
    33: srv
    35: naptr
    39: dname
    41: opt
    43: ds
    44: sshfp
    46: rrsig
    47: nsec
    48: dnskey
    50: nsec3
    51: nsec3param
    52: tlsa
    64: svcb
    65: https
    99: spf
    250: tsig
    251: ixfr
    252: axfr
    255: any
    257: caa
  class:
    1: internet
    3: chaos
    4: hesiod
    254: none
    255: any
  option:
    3: name_server_identifier
    8: client_subnet
    9: expire
    10: cookie
    11: tcp_keepalive
    12: padding
    15: extended_error
