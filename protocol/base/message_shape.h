// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include <vector>

namespace sockeye {

/// One field of a type, as forms, filters and generated code see it.
struct ShapeField {
    enum class Kind : quint8 { Struct, Integer, Float, Boolean, Text, Bytes, Switch, Unknown };

    /// One of the types that a value may be of, where that depends on another value.
    struct Case {
        QByteArray key; ///< the expression that chooses it; "_" for everything else
        Kind kind = Kind::Bytes;
        int type = -1; ///< of a Struct: place in MessageShape::types
    };

    Kind kind = Kind::Bytes;
    bool isSigned = false;
    bool isRepeated = false;
    bool isOptional = false; ///< it has a condition
    bool isComputed = false; ///< contents, `valid`, -value or -checksum say what it must be
    bool isReferred = false; ///< others depend on it: a length, a count, what a switch is on
    bool isLength = false; ///< some bytes are as many as it says
    bool isInstance = false; ///< shown and filtered by, never sent
    bool isLittle = false; ///< of a number whose byte order is always the same
    int bits = 0; ///< of a number; 0 if it has no bits of its own
    int type = -1; ///< of a Struct: place in MessageShape::types
    QByteArray id;
    QByteArray typeName; ///< as it is written
    QByteArray encoding; ///< of a Text
    QByteArray show; ///< -show
    QByteArray doc;
    QByteArray switchOn; ///< of a Switch: the expression
    std::vector<Case> cases; ///< of a Switch
    std::vector<std::pair<QByteArray, QByteArray>> names; ///< of an enum: names and numbers, in order
};

struct ShapeType {
    QByteArray name;
    QByteArray doc;
    std::vector<ShapeField> fields; ///< of the sequence, then instances
};

/// What the messages of a protocol consist of. Types may contain each other, and themselves.
struct MessageShape {
    std::vector<ShapeType> types; ///< the root first
};

} // namespace sockeye
