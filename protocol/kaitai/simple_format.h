// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <tl/expected.hpp>

namespace sockeye::kaitai {

/// One field of a format that is told in a form.
struct SimpleField {
    enum class Kind : quint8 {
        Constant, ///< always the same `bytes`
        Unsigned, ///< a number of `size` bytes: 1, 2, 4 or 8
        Signed,
        Float, ///< of 4 or 8 bytes
        Bytes, ///< of `size` bytes, or as many as the field `sizeField` says, or up to `bytes`
        Text, ///< the same, as UTF-8
        Checksum, ///< `algorithm` over everything before it
    };
    QString name; ///< small letters, digits and underscores, a letter first
    Kind kind = Kind::Unsigned;
    int size = 1;
    QString sizeField;
    QByteArray bytes;
    QString algorithm; ///< of the names that checksumNamed() knows

    friend bool operator==(const SimpleField&, const SimpleField&) = default;
};

/// A message that is a row of fields.
struct SimpleFormat {
    QString name; ///< the description's id
    QString title; ///< for people; may be empty
    bool isLittle = false; ///< the order of the bytes of numbers
    QList<SimpleField> fields;
};

/// What is wrong with a field.
struct SimpleMistake {
    qsizetype field = -1; ///< its place; -1: with the whole
    QString text; ///< a sentence
};

/// The format as a description with comments, for people to go on with.
[[nodiscard]] tl::expected<QByteArray, SimpleMistake> describeSimple(const SimpleFormat& format);

/// Start bytes, a length, a type, that many bytes, and a CRC-16: what most formats of this kind look like.
[[nodiscard]] SimpleFormat usualFormat();

} // namespace sockeye::kaitai
