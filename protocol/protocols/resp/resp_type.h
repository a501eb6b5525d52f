// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QtGlobal>

#include <optional>

namespace sockeye {

/// What the first byte of a value says of it (RESP2 and RESP3).
namespace resp {

enum class Shape : quint8 {
    None, ///< no type at all: at the beginning of a message an inline command, elsewhere wrong
    Line, ///< what it says stands on its line
    Bulk, ///< its line says how many bytes follow
    Aggregate, ///< its line says how many values follow
    Chunk, ///< a part of a streamed string
    StreamEnd, ///< the end of a streamed aggregate
};

[[nodiscard]] Shape shapeOf(char type);
/// Values for each one that the line counts: two in maps and attributes.
[[nodiscard]] int valuesEach(char type);
/// English, to be translated in the context "sockeye::Annotation": "bulk string".
[[nodiscard]] const char* typeName(char type);

/// A whole number of at most 64 bits, with a sign or without; nothing where the text is none.
[[nodiscard]] std::optional<qint64> wholeNumber(QByteArrayView text);

} // namespace resp
} // namespace sockeye
