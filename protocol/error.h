// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>
#include <QtGlobal>

namespace sockeye {

/// Everything that can be wrong with bytes on the wire: a closed list, each with a sentence of its own (see
/// describe()). Wire protocol §1, "What a bad message gets".
enum class ErrorCode : quint8 {
    EmptyHeader, ///< the fixed header announces a JSON header of 0 bytes
    HeaderNotUtf8, ///< the JSON header is not UTF-8
    HeaderNotJson, ///< the JSON header is not JSON
    HeaderNotObject, ///< the JSON header is JSON, but no object
    MissingHeader, ///< a required key is missing
    WrongHeaderType, ///< a required key has a value of the wrong JSON type
    BadContentLength, ///< content-length is negative, fractional or out of range
    ContentTooLong, ///< content-length is over the limit that was set
    UnknownEncoding, ///< content-encoding of text/json names no encoding that is known
    ContentNotInEncoding, ///< the content's bytes are not valid in their encoding
    ContentNotJson, ///< text/json content that is not JSON
    TooDeep, ///< JSON nested deeper than the limit
    Truncated, ///< the stream ended inside a message
    LineTooLong, ///< a line longer than the limit (framing "lines")
    BadValue, ///< a part of a message has a value that it cannot have
    Unexpected, ///< other bytes than those that have to stand there
    TooLong, ///< a part of a message is longer than the limit
    NestedTooDeep, ///< values inside values, more than the limit
    NotJson, ///< a message that has to be JSON and is not
    NotAsDescribed, ///< a message is not what its description says; `found` is a sentence
};

/// One thing that is wrong, and where. A value; owns its text.
struct Error {
    ErrorCode code = ErrorCode::Truncated;
    qint64 offset = 0; ///< of the first byte at fault, counted from the start of the stream (or of the datagram)
    QString subject; ///< what it is about, for example the key's name; may be empty
    QString expected; ///< what should have stood there; may be empty
    QString found; ///< what stood there instead; may be empty

    friend bool operator==(const Error&, const Error&) = default;
};

/// The stable name that scripts see: "missing-header", "content-not-json", … Never translated.
[[nodiscard]] QLatin1StringView codeName(ErrorCode code);

/// One sentence for people, in their language, for example: Missing required header "content-type".
[[nodiscard]] QString describe(const Error& error);

/// The same sentence as it goes over the wire in {"result": "Error: …"} and into JSON Lines: always English.
[[nodiscard]] QString wireText(const Error& error);

/// That sentence before it is filled in, with %1 for the subject, %2 for what was expected and %3 for what was found.
[[nodiscard]] QByteArrayView wireSentence(ErrorCode code);

} // namespace sockeye
