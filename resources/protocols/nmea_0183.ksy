# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
meta:
  id: nmea_0183
  title: NMEA 0183
  license: GPL-3.0-or-later
  endian: be
  encoding: ASCII
  -max: 1 KiB
  -self-test:
    # $GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47
    - bytes: >-
        24 4750474741 2c313233353139 2c343830372e303338 2c4e 2c30313133312e303030 2c45 2c31 2c3038 2c302e39 2c3534352e34
        2c4d 2c34362e39 2c4d 2c 2c 2a 3437 0d0a
      fields:
        start: parametric
        body.address: GPGGA
        body.talker: GP
        body.formatter: GGA
        body.data.latitude.text: "4807.038"
        body.data.north_south.text: N
        body.data.satellites.text: "08"
        body.data.station.text: ""
        checksum: "47"
        summary: GPGGA 12:35:19 UTC, 48°07.038′ N, 11°31.000′ E, 08 satellites
    # $GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A
    - bytes: >-
        24 4750524d43 2c313233353139 2c41 2c343830372e303338 2c4e 2c30313133312e303030 2c45 2c3032322e34 2c3038342e34
        2c323330333934 2c3030332e31 2c57 2a 3641 0d0a
      fields:
        body.data.status.text: A
        body.data.speed.text: "022.4"
        body.data.date.text: "230394"
        summary: GPRMC 23.03.94 12:35:19 UTC, 48°07.038′ N, 11°31.000′ E, 022.4 kn
    # $GNRMC,,V,,,,,,,,,,N,V*37
    - bytes: 24 474e524d43 2c 2c56 2c 2c 2c 2c 2c 2c 2c 2c 2c 2c4e 2c56 2a 3337 0d0a
      fields:
        body.data.mode.text: "N"
        body.data.navigational_status.text: V
        summary: GNRMC no time, no position
    # $GPGSV,1,1,01,07,79,048,42*4B
    - bytes: 24 4750475356 2c31 2c31 2c3031 2c3037 2c3739 2c303438 2c3432 2a 3442 0d0a
      fields:
        body.data.satellites[0].elevation.text: "79"
        summary: GPGSV 1/1, 01 satellites in view
    # !AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C
    - bytes: >-
        21 414956444d 2c31 2c31 2c 2c42 2c3137374b514a35303030473f744f604b3e5241317755624e30544b48 2c30 2a 3543 0d0a
      fields:
        start: encapsulated
        body.data.values[3].text: B
        summary: AIVDM with 6 values
    # $PUBX,40,GLL,0,0,0,0,0,0*5c with a checksum in lower case
    - bytes: 24 50554258 2c3430 2c474c4c 2c30 2c30 2c30 2c30 2c30 2c30 2a 3563 0d0a
      fields:
        body.address: PUBX
        body.talker: P
        body.formatter: UBX
        summary: PUBX with 8 values
    # $GPHDT,274.07,T*04, which should be *03
    - bytes: 24 4750484454 2c3237342e3037 2c54 2a 3034 0d0a
      error: "checksum, byte 16: The xor-8 of these bytes is “03”, but “04” stands here."
    # without a checksum
    - bytes: 24 4750484454 2c3237342e3037 2c54 0d0a
      error: "body, byte 1: It ends before its terminator."
    - bytes: 23 4750484454 2c3237342e3037 2c54 2a 3033 0d0a
      error: "start, byte 0: A value of the enum “start” was expected, but it is 35."
doc: |
  NMEA 0183, Standard for Interfacing Marine Electronic Devices, versions 2 to 4, as receivers send it over serial lines,
  TCP and UDP. A sentence is a line of text with a checksum, which is required here.

  The standard allows 82 characters, but many devices send longer sentences of their own.
doc-ref: https://www.nmea.org/nmea-0183.html
-summary: summary
seq:
  - id: start
    type: u1
    enum: start
    valid:
      in-enum: true
  - id: body
    type: body
    terminator: 0x2a
    consume: false
  - id: star
    contents: '*'
  - id: checksum
    type: str
    size: 2
    -checksum: {algorithm: xor-8, from: body, to: body}
    doc: In hexadecimal; of all characters between the start and the star.
  - id: end
    contents: [0x0d, 0x0a]
instances:
  summary:
    value: body.address + body.told
types:
  body:
    seq:
      - id: address
        type: str
        terminator: 0x2c
        consume: false
        eos-error: false
        doc: Who talks, and what about.
      - id: data
        type:
          switch-on: formatter
          cases:
            '"GGA"': gga
            '"GLL"': gll
            '"GSA"': gsa
            '"GSV"': gsv
            '"HDT"': hdt
            '"RMC"': rmc
            '"VTG"': vtg
            '"ZDA"': zda
            _: other
    instances:
      is_proprietary:
        value: address.length > 0 and address.substring(0, 1) == "P"
      talker:
        value: 'is_proprietary ? "P" : address.length == 5 ? address.substring(0, 2) : ""'
      formatter:
        value: >-
          is_proprietary ? address.substring(1, address.length)
          : address.length == 5 ? address.substring(2, 5) : address
      told:
        value: >-
          formatter == "GGA" ? data.as<gga>.told : formatter == "GLL" ? data.as<gll>.told
          : formatter == "GSA" ? data.as<gsa>.told : formatter == "GSV" ? data.as<gsv>.told
          : formatter == "HDT" ? data.as<hdt>.told : formatter == "RMC" ? data.as<rmc>.told
          : formatter == "VTG" ? data.as<vtg>.told : formatter == "ZDA" ? data.as<zda>.told
          : data.as<other>.told
  value:
    doc: Empty where it is not known.
    seq:
      - id: comma
        contents: ','
      - id: text
        type: str
        terminator: 0x2c
        consume: false
        eos-error: false
  time:
    doc: UTC, as hhmmss.ss.
    seq:
      - id: comma
        contents: ','
      - id: text
        type: str
        terminator: 0x2c
        consume: false
        eos-error: false
    instances:
      told:
        value: >-
          text.length < 6 ? "no time"
          : text.substring(0, 2) + ":" + text.substring(2, 4) + ":" + text.substring(4, text.length) + " UTC"
  latitude:
    doc: Degrees and minutes, as ddmm.mmm.
    seq:
      - id: comma
        contents: ','
      - id: text
        type: str
        terminator: 0x2c
        consume: false
        eos-error: false
    instances:
      told:
        value: 'text.length < 4 ? "" : text.substring(0, 2) + "°" + text.substring(2, text.length) + "′"'
  longitude:
    doc: Degrees and minutes, as dddmm.mmm.
    seq:
      - id: comma
        contents: ','
      - id: text
        type: str
        terminator: 0x2c
        consume: false
        eos-error: false
    instances:
      told:
        value: >-
          text.length < 5 ? ""
          : text.substring(text.substring(0, 2) == "00" ? 2 : text.substring(0, 1) == "0" ? 1 : 0, 3)
          + "°" + text.substring(3, text.length) + "′"
  gga:
    doc: Global positioning system fix.
    seq:
      - id: time
        type: time
      - id: latitude
        type: latitude
      - id: north_south
        type: value
      - id: longitude
        type: longitude
      - id: east_west
        type: value
      - id: quality
        type: value
        doc: 0 none, 1 GPS, 2 differential, 4 RTK, 5 float RTK, 6 estimated.
      - id: satellites
        type: value
      - id: hdop
        type: value
        doc: Horizontal dilution of precision.
      - id: altitude
        type: value
        doc: Above mean sea level.
      - id: altitude_unit
        type: value
      - id: geoid
        type: value
        doc: Height of the geoid above the ellipsoid.
      - id: geoid_unit
        type: value
      - id: age
        type: value
        doc: Of the differential correction, in seconds.
      - id: station
        type: value
    instances:
      told:
        value: >-
          " " + time.told + (latitude.told == "" ? ", no position"
          : f", {latitude.told} {north_south.text}, {longitude.told} {east_west.text}")
          + (satellites.text == "" ? "" : f", {satellites.text} satellites")
  gll:
    doc: Geographic position.
    seq:
      - id: latitude
        type: latitude
      - id: north_south
        type: value
      - id: longitude
        type: longitude
      - id: east_west
        type: value
      - id: time
        type: time
      - id: status
        type: value
        doc: A is valid, V is not.
      - id: mode
        type: value
        if: not _io.eof
    instances:
      told:
        value: >-
          " " + time.told + (latitude.told == "" ? ", no position"
          : f", {latitude.told} {north_south.text}, {longitude.told} {east_west.text}")
  gsa:
    doc: Satellites that the fix was made of, and how precise it is.
    seq:
      - id: selection
        type: value
        doc: M by hand, A automatic.
      - id: fix
        type: value
        doc: 1 none, 2 two-dimensional, 3 three-dimensional.
      - id: satellites
        type: value
        repeat: expr
        repeat-expr: 12
      - id: pdop
        type: value
      - id: hdop
        type: value
      - id: vdop
        type: value
      - id: system
        type: value
        if: not _io.eof
    instances:
      told:
        value: '(fix.text == "2" or fix.text == "3") ? f" {fix.text}D fix" : " no fix"'
  gsv:
    doc: Satellites in view, up to four in a sentence.
    seq:
      - id: sentences
        type: value
      - id: number
        type: value
      - id: in_view
        type: value
      - id: satellites
        type: satellite
        repeat: eos
    instances:
      told:
        value: f" {number.text}/{sentences.text}, {in_view.text} satellites in view"
  satellite:
    seq:
      - id: id
        type: value
        doc: Of the satellite; the last one, alone, is that of the signal.
      - id: elevation
        type: value
        if: not _io.eof
        doc: In degrees.
      - id: azimuth
        type: value
        if: not _io.eof
        doc: In degrees from true north.
      - id: snr
        type: value
        if: not _io.eof
        doc: Signal to noise ratio in dB; empty if it is not tracked.
  hdt:
    doc: Heading, from true north.
    seq:
      - id: heading
        type: value
      - id: reference
        type: value
    instances:
      told:
        value: f" {heading.text}°"
  rmc:
    doc: Recommended minimum of a receiver.
    seq:
      - id: time
        type: time
      - id: status
        type: value
        doc: A is valid, V is not.
      - id: latitude
        type: latitude
      - id: north_south
        type: value
      - id: longitude
        type: longitude
      - id: east_west
        type: value
      - id: speed
        type: value
        doc: Over ground, in knots.
      - id: course
        type: value
        doc: In degrees from true north.
      - id: date
        type: value
        doc: As ddmmyy.
      - id: variation
        type: value
        doc: Magnetic, in degrees.
      - id: variation_east_west
        type: value
      - id: mode
        type: value
        if: not _io.eof
      - id: navigational_status
        type: value
        if: not _io.eof
    instances:
      told:
        value: >-
          " " + (date.text.length != 6 ? ""
          : date.text.substring(0, 2) + "." + date.text.substring(2, 4) + "." + date.text.substring(4, 6) + " ")
          + time.told + (latitude.told == "" ? ", no position"
          : f", {latitude.told} {north_south.text}, {longitude.told} {east_west.text}")
          + (speed.text == "" ? "" : f", {speed.text} kn")
  vtg:
    doc: Course and speed over ground.
    seq:
      - id: course
        type: value
      - id: course_reference
        type: value
      - id: magnetic_course
        type: value
      - id: magnetic_reference
        type: value
      - id: knots
        type: value
      - id: knots_unit
        type: value
      - id: kilometers_per_hour
        type: value
      - id: kilometers_unit
        type: value
      - id: mode
        type: value
        if: not _io.eof
    instances:
      told:
        value: >-
          (course.text == "" ? " no course" : f" {course.text}°") + (knots.text == "" ? "" : f", {knots.text} kn")
  zda:
    doc: Time and date.
    seq:
      - id: time
        type: time
      - id: day
        type: value
      - id: month
        type: value
      - id: year
        type: value
      - id: zone_hours
        type: value
      - id: zone_minutes
        type: value
    instances:
      told:
        value: f" {year.text}-{month.text}-{day.text} {time.told}"
  other:
    seq:
      - id: values
        type: value
        repeat: eos
    instances:
      told:
        value: '(values.size == 1 ? " with 1 value" : f" with {values.size} values")'
enums:
  start:
    0x24: parametric
    0x21: encapsulated
