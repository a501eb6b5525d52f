// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>

#include <vector>

namespace sockeye::kaitai {

/// A JSON value as it was written: numbers are text, so that none of their 64 bits is lost.
struct JsonValue {
    enum class Kind : quint8 { Null, Object, Array, Text, Number, Boolean };
    Kind kind = Kind::Null;
    QByteArray text; ///< Text: UTF-8; Number: its digits; Boolean: "true" or "false"
    std::vector<JsonValue> items; ///< of an Array; the values of an Object
    std::vector<QByteArray> keys; ///< of an Object

    /// The member of that name, the last one if it comes twice; null if there is none, or it is null.
    [[nodiscard]] const JsonValue* find(QByteArrayView key) const;
};

/// Reads one JSON value, nested at most 200 deep. The error is a sentence.
[[nodiscard]] tl::expected<JsonValue, QString> readJson(QByteArrayView utf8);

} // namespace sockeye::kaitai
