# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
meta:
  id: dns_tcp
  title: DNS over TCP
  license: GPL-3.0-or-later
  endian: be
  imports:
    - dns
  -pair: message.id
  -max: 65537
  -self-test:
    - bytes: 001d 0001 0100 0001 0000 0000 0000 07 6578616d706c65 03 6f7267 00 00fc 0001
      fields:
        length: 29
        message.id: 1
        message.questions[0].name.text: example.org
        message.questions[0].type: axfr
        summary: query AXFR example.org
    - bytes: >-
        0023 0001 8180 0001 0001 0000 0000
        01 61 00 0001 0001
        c00c 0001 0001 00000e10 0004 c0000201
      fields:
        message.answers[0].name.text: a
        message.answers[0].data.text: 192.0.2.1
        summary: "reply: 1 answer"
    - bytes: 001d 0001 0100 0001 0000 0000 0000 07 6578
      error: "message, byte 2: It ends too soon: there are 15 of 29 bytes."
    - bytes: 000c 0001 0100 0001 0000 0000 0000
      error: "message.questions[0].name.labels[0].kind"
doc: RFC 1035, section 4.2.2 and RFC 7766, DNS over TCP. Each message has its length in front.
doc-ref: https://www.rfc-editor.org/rfc/rfc7766
-summary: summary
seq:
  - id: length
    type: u2
  - id: message
    type: dns
    size: length
instances:
  summary:
    value: message.summary
