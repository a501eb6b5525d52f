# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
meta:
  id: mqtt
  title: MQTT 3.1.1
  license: GPL-3.0-or-later
  endian: be
  encoding: UTF-8
  -max: 268435460
  -self-test:
    - bytes: 10 0f 0004 4d515454 04 02 003c 0003 616263
      fields:
        type: connect
        remaining_length.value: 15
        body.clean_session: true
        body.keep_alive: 60
        body.client_id.value: abc
        summary: CONNECT client “abc”, keep alive 60 s
    - bytes: 10 24 0004 4d515454 04 ee 000a 0001 61 0004 77696c6c 0003 627965 0004 75736572 0004 70617373
      fields:
        body.will_qos: at_least_once
        body.will_topic.value: will
        body.will_message.data: "627965"
        body.user_name.value: user
        body.password.data: "70617373"
        summary: CONNECT client “a”, user “user”, keep alive 10 s
    - bytes: 20 02 01 00
      fields:
        type: connack
        body.session_present: true
        body.return_code: accepted
        summary: CONNACK accepted, session present
    - bytes: 20 02 00 05
      fields: {summary: "CONNACK refused: not authorized"}
    - bytes: 30 0d 0005 612f622f63 68656c6c6f20
      fields:
        qos: at_most_once
        body.topic.value: a/b/c
        body.payload: "68656c6c6f20"
        summary: PUBLISH “a/b/c”, 6 bytes
    - bytes: 3d 07 0001 74 1234 6f6e
      fields:
        dup: true
        qos: exactly_once
        retain: true
        body.packet_id: 4660
        summary: PUBLISH “t”, 2 bytes, packet 4660, QoS 2, retained, duplicate
    - bytes: >-
        30 8101 0001 74
        00000000000000000000000000000000 00000000000000000000000000000000 00000000000000000000000000000000
        00000000000000000000000000000000 00000000000000000000000000000000 00000000000000000000000000000000
        00000000000000000000000000000000 0000000000000000000000000000
      fields:
        remaining_length.more: true
        remaining_length.value: 129
        summary: PUBLISH “t”, 126 bytes
    - bytes: 40 02 1234
      fields: {summary: PUBACK packet 4660}
    - bytes: 62 02 1234
      fields: {reserved: 2, summary: PUBREL packet 4660}
    - bytes: 82 0c 0001 0001 61 00 0003 622f23 01
      fields:
        body.subscriptions[0].topic_filter.value: a
        body.subscriptions[1].topic_filter.value: b/#
        body.subscriptions[1].qos: at_least_once
        summary: SUBSCRIBE “a” and 1 more, packet 1
    - bytes: 90 04 0001 00 80
      fields:
        body.return_codes[0]: at_most_once
        body.return_codes[1]: failure
        summary: SUBACK packet 1
    - bytes: a2 05 0002 0001 61
      fields: {summary: "UNSUBSCRIBE “a”, packet 2"}
    - bytes: c0 00
      fields: {type: pingreq, remaining_length.value: 0, summary: PINGREQ}
    - bytes: e0 00
      fields: {summary: DISCONNECT}
    - bytes: 10 10 0004 4d515454 05 02 003c 00 0003 616263
      error: "body.level, byte 8: 4 was expected, but it is 5."
    - bytes: 10 11 0006 4d5149736470 03 02 003c 0003 616263
      error: "body.protocol_name.value, byte 4: \"MQTT\" was expected, but it is “MQIsdp”."
    - bytes: 80 06 0001 0001 61 00
      error: "reserved, byte 0: 2 was expected, but it is 0."
    - bytes: 30 05 0005 612f62
      error: "body.topic.value, byte 4: It ends too soon"
    - bytes: 30 ffffffff 01
      error: "remaining_length"
    - bytes: c0 01 00
      error: "remaining_length.low"
doc: |
  MQTT Version 3.1.1, OASIS Standard, 29 October 2014.

  The same packets go both ways. Those of MQTT 5, which have properties, are not described: their CONNECT is an error here.
doc-ref: https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/mqtt-v3.1.1.html
-summary: summary
seq:
  - id: type
    type: b4
    enum: packet_type
    valid:
      in-enum: true
  - id: dup
    type: b1
    if: type == packet_type::publish
    doc: It was sent before.
  - id: qos
    type: b2
    enum: qos
    if: type == packet_type::publish
  - id: retain
    type: b1
    if: type == packet_type::publish
  - id: reserved
    type: b4
    if: type != packet_type::publish
    -value: >-
      type == packet_type::pubrel or type == packet_type::subscribe or type == packet_type::unsubscribe ? 2 : 0
  - id: remaining_length
    type: variable_length
    doc: How many bytes follow.
  - id: body
    size: remaining_length.value
    type:
      switch-on: type
      cases:
        'packet_type::connect': connect
        'packet_type::connack': connack
        'packet_type::publish': publish
        'packet_type::subscribe': subscribe
        'packet_type::suback': suback
        'packet_type::unsubscribe': unsubscribe
        'packet_type::pingreq': nothing
        'packet_type::pingresp': nothing
        'packet_type::disconnect': nothing
        _: acknowledgement
instances:
  summary:
    value: >-
      type == packet_type::connect ? body.as<connect>.summary
      : type == packet_type::connack ? body.as<connack>.summary
      : type == packet_type::publish ? body.as<publish>.summary
      + (qos == qos::at_most_once ? "" : ", QoS " + qos.to_i.to_s)
      + (retain ? ", retained" : "") + (dup ? ", duplicate" : "")
      : type == packet_type::puback ? f"PUBACK packet {body.as<acknowledgement>.packet_id}"
      : type == packet_type::pubrec ? f"PUBREC packet {body.as<acknowledgement>.packet_id}"
      : type == packet_type::pubrel ? f"PUBREL packet {body.as<acknowledgement>.packet_id}"
      : type == packet_type::pubcomp ? f"PUBCOMP packet {body.as<acknowledgement>.packet_id}"
      : type == packet_type::subscribe ? body.as<subscribe>.summary
      : type == packet_type::suback ? f"SUBACK packet {body.as<suback>.packet_id}"
      : type == packet_type::unsubscribe ? body.as<unsubscribe>.summary
      : type == packet_type::unsuback ? f"UNSUBACK packet {body.as<acknowledgement>.packet_id}"
      : type == packet_type::pingreq ? "PINGREQ"
      : type == packet_type::pingresp ? "PINGRESP"
      : "DISCONNECT"
types:
  variable_length:
    doc: |
      A number in one to four bytes, the lowest seven bits first; the highest bit of each says whether another follows.
      It is not written longer than it must be.
    seq:
      - id: more
        type: b1
        -value: _parent.body._io.pos >= 0x80
      - id: low
        type: b7
        -value: _parent.body._io.pos & 0x7f
      - id: more_2
        type: b1
        if: more
        -value: _parent.body._io.pos >= 0x4000
      - id: low_2
        type: b7
        if: more
        -value: (_parent.body._io.pos >> 7) & 0x7f
      - id: more_3
        type: b1
        if: more and more_2
        -value: _parent.body._io.pos >= 0x200000
      - id: low_3
        type: b7
        if: more and more_2
        -value: (_parent.body._io.pos >> 14) & 0x7f
      - id: more_4
        type: b1
        if: more and more_2 and more_3
        valid: false
      - id: low_4
        type: b7
        if: more and more_2 and more_3
        -value: (_parent.body._io.pos >> 21) & 0x7f
    instances:
      value:
        value: >-
          low + (more ? low_2 * 0x80 + (more_2 ? low_3 * 0x4000 + (more_3 ? low_4 * 0x200000 : 0) : 0) : 0)
  text:
    seq:
      - id: length
        type: u2
      - id: value
        type: str
        size: length
  binary:
    seq:
      - id: length
        type: u2
      - id: data
        size: length
  nothing:
    doc: There is no more than the fixed header.
  protocol_name:
    seq:
      - id: length
        type: u2
      - id: value
        type: str
        size: length
        valid: '"MQTT"'
        doc: “MQIsdp” was that of MQTT 3.1.
  connect:
    seq:
      - id: protocol_name
        type: protocol_name
      - id: level
        type: u1
        valid: 4
        doc: 4 is MQTT 3.1.1; 3 is 3.1, and 5 is MQTT 5.
      - id: has_user_name
        type: b1
      - id: has_password
        type: b1
      - id: will_retain
        type: b1
      - id: will_qos
        type: b2
        enum: qos
      - id: has_will
        type: b1
      - id: clean_session
        type: b1
      - id: reserved
        type: b1
        -value: false
      - id: keep_alive
        type: u2
        doc: In seconds; 0 turns it off.
      - id: client_id
        type: text
      - id: will_topic
        type: text
        if: has_will
      - id: will_message
        type: binary
        if: has_will
      - id: user_name
        type: text
        if: has_user_name
      - id: password
        type: binary
        if: has_password
    instances:
      summary:
        value: >-
          f"CONNECT client “{client_id.value}”" + (has_user_name ? f", user “{user_name.value}”" : "")
          + (keep_alive == 0 ? "" : f", keep alive {keep_alive} s")
  connack:
    seq:
      - id: reserved
        type: b7
        -value: 0
      - id: session_present
        type: b1
      - id: return_code
        type: u1
        enum: connect_return_code
    instances:
      summary:
        value: >-
          return_code == connect_return_code::accepted ? "CONNACK accepted" + (session_present ? ", session present" : "")
          : "CONNACK refused: "
          + (return_code == connect_return_code::unacceptable_protocol_version ? "unacceptable protocol version"
          : return_code == connect_return_code::identifier_rejected ? "identifier rejected"
          : return_code == connect_return_code::server_unavailable ? "server unavailable"
          : return_code == connect_return_code::bad_user_name_or_password ? "bad user name or password"
          : return_code == connect_return_code::not_authorized ? "not authorized"
          : f"code {return_code.to_i}")
  publish:
    seq:
      - id: topic
        type: text
      - id: packet_id
        type: u2
        if: _parent.qos != qos::at_most_once
      - id: payload
        size-eos: true
        doc: What it is, only the applications know.
    instances:
      summary:
        value: >-
          f"PUBLISH “{topic.value}”, {payload.size} byte" + (payload.size == 1 ? "" : "s")
          + (_parent.qos == qos::at_most_once ? "" : f", packet {packet_id}")
  acknowledgement:
    seq:
      - id: packet_id
        type: u2
  subscribe:
    seq:
      - id: packet_id
        type: u2
      - id: subscriptions
        type: subscription
        repeat: eos
    instances:
      summary:
        value: >-
          subscriptions.size == 0 ? "SUBSCRIBE to nothing"
          : f"SUBSCRIBE “{subscriptions[0].topic_filter.value}”"
          + (subscriptions.size == 1 ? "" : f" and {subscriptions.size - 1} more") + f", packet {packet_id}"
  subscription:
    seq:
      - id: topic_filter
        type: text
      - id: reserved
        type: b6
        -value: 0
      - id: qos
        type: b2
        enum: qos
        doc: The most that the client wants.
  suback:
    seq:
      - id: packet_id
        type: u2
      - id: return_codes
        type: u1
        enum: subscribe_return_code
        repeat: eos
  unsubscribe:
    seq:
      - id: packet_id
        type: u2
      - id: topic_filters
        type: text
        repeat: eos
    instances:
      summary:
        value: >-
          topic_filters.size == 0 ? "UNSUBSCRIBE from nothing"
          : f"UNSUBSCRIBE “{topic_filters[0].value}”"
          + (topic_filters.size == 1 ? "" : f" and {topic_filters.size - 1} more") + f", packet {packet_id}"
enums:
  packet_type:
    1: connect
    2: connack
    3: publish
    4: puback
    5: pubrec
    6: pubrel
    7: pubcomp
    8: subscribe
    9: suback
    10: unsubscribe
    11: unsuback
    12: pingreq
    13: pingresp
    14: disconnect
  qos:
    0: at_most_once
    1: at_least_once
    2: exactly_once
  connect_return_code:
    0: accepted
    1: unacceptable_protocol_version
    2: identifier_rejected
    3: server_unavailable
    4: bad_user_name_or_password
    5: not_authorized
  subscribe_return_code:
    0: at_most_once
    1: at_least_once
    2: exactly_once
    0x80: failure
