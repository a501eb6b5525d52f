// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/limits.h"
#include "protocol/protocols/app/header.h"
#include "protocol/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// Encodes a message in the peers' exact form (wire protocol §1, "Emitted form"): fixed header, JSON header with the
/// keys in their order, content. A JSON header too long for its two-byte length (over 65,535 bytes, which takes a type
/// or an encoding that long) gets the low 16 bits of it.
void appendMessage(QByteArray& out, QByteArrayView contentType, QByteArrayView contentEncoding, ByteOrder claimed,
    QByteArrayView content);

/// Only the JSON header's text, with any content-length: for requests that lie on purpose.
[[nodiscard]] QByteArray encodeHeader(
    QByteArrayView contentType, QByteArrayView contentEncoding, ByteOrder claimed, qint64 contentLength);

/// A client's request, as one would type it: `search morpheus`, `double 7654321`, `anything else`.
/// - "search": text/json {"action": …, "value": …}
/// - "double", "negate" with a value that is a whole number of 32 bits: ten bytes of binary
/// - any other action: the bytes of action and value, one after the other
/// (wire protocol §1, "Requests and replies").
/// Content only, with what the header must say of it.
struct RequestContent {
    QByteArray contentType;
    QByteArray contentEncoding;
    QByteArray content;
};
[[nodiscard]] RequestContent requestContent(QStringView action, QStringView value);

/// Bytes from the start of a message to its content, as its fixed header says; `bytes` are its first ones.
[[nodiscard]] qint64 announcedContentOffset(QByteArrayView bytes);

/// The whole request, ready to be sent.
[[nodiscard]] QByteArray encodeRequest(QStringView action, QStringView value, ByteOrder claimed = nativeByteOrder());

/// Checks the content of a whole message against its header: encoding, JSON, nesting. `content` begins at
/// `streamOffset` in its stream (for the error's offset). Binary content is always right, and so is content of no
/// bytes, which is a complete message and gets an answer.
[[nodiscard]] Result<void> checkContent(
    const Header& header, QByteArrayView content, qint64 streamOffset, const Limits& limits = {});

/// The content of a text/json message as UTF-8 JSON text, decoded from its content-encoding and checked. Empty for
/// content of no bytes.
[[nodiscard]] Result<QByteArray> contentAsJson(
    const Header& header, QByteArrayView content, qint64 streamOffset, const Limits& limits = {});

/// What a reply says, for one line of a table or of a terminal: the "result" of a JSON reply as text, the number after
/// "result" of a binary one, otherwise the text or the first bytes. Never fails; at most `maxChars` characters.
/// `message` is a whole message of the application protocol.
[[nodiscard]] QString resultText(const Header& header, QByteArrayView content, qsizetype maxChars = 4096);

/// One line about a message for the messages table: `search "morpheus"`, `result "Follow the white rabbit. 🐰"`,
/// `double 7654321`, `binary 37 bytes: First 10 bytes …`. Never fails; at most `maxChars` characters; looks at no more
/// than the first few KiB of large content.
[[nodiscard]] QString summary(const Header& header, QByteArrayView content, qsizetype maxChars = 200);

} // namespace sockeye
