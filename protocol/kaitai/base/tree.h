// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <bit>
#include <memory>
#include <vector>

namespace sockeye::kaitai {

/// What a description calls a field or a type. Made once, when it is loaded; trees point at it.
struct TreeLabel {
    QByteArray name;
    QByteArray show; ///< -show; may be empty
};

/// One value of a decoded message. It owns nothing: its texts belong to its Tree, its labels to the description.
struct TreeItem {
    enum class Kind : quint8 { Struct, Array, Integer, Float, Boolean, Text, Bytes };
    enum class Role : quint8 { Root, Parameter, Field, Instance };

    Kind kind = Kind::Struct;
    Role role = Role::Field; ///< elements of an array have that of the array
    bool isNegative : 1 = false; ///< Integer: `integer` is two's complement
    bool boolean : 1 = false;
    bool isPartial : 1 = false; ///< a Struct or Array that ends too soon or with a fault
    int parent = -1; ///< place of the Struct or Array that it stands in; -1 for the root
    int end = 0; ///< one past the place of the last item below it
    int index = -1; ///< of an element of an array
    qint64 offset = -1; ///< of its first byte in the message; -1 if it is not made of bytes of the message
    qint64 size = 0; ///< bytes of the message, terminators and padding included
    quint64 integer = 0; ///< Float: the bits of `number`
    QByteArrayView text; ///< Text: UTF-8; Bytes: the bytes; Integer of an enum: the value's name, empty if it has none
    const TreeLabel* field = nullptr; ///< null for the root
    const TreeLabel* type = nullptr; ///< null if it has no name

    [[nodiscard]] double number() const { return std::bit_cast<double>(integer); }
    void setNumber(double number) { integer = std::bit_cast<quint64>(number); }
    [[nodiscard]] const QByteArray& id() const; ///< the field's; of an element the array's
    [[nodiscard]] const QByteArray& typeName() const; ///< "u2le", "str", or the description's own; may be empty
    [[nodiscard]] const QByteArray& show() const; ///< -show of the field, else of the type; may be empty
};

/// A thing that is wrong with a message.
struct TreeFault {
    QString text; ///< a sentence
    QByteArray path; ///< "header.items[3].size"; empty for the message as a whole
    qint64 offset = -1; ///< in the message; -1 if it lies in bytes that were made of it
};

/// A decoded message: its values in the order of the description, each before those below it. Item 0 is the root.
/// A value: it and its copies own all that they show.
struct Tree {
    std::vector<TreeItem> items;
    QByteArray message; ///< if the items' texts point into it; nobody may change it
    std::vector<QByteArray> kept; ///< what else they point into
    std::shared_ptr<const void> labels; ///< what the items' labels belong to
    std::vector<TreeFault> faults; ///< none if the message is right
    qint64 size = 0; ///< bytes of the message that the sequence of the root took
    /// What no value tells: padding, what follows a terminator, bits that are not used; by the path of its field. Only
    /// what is not as building would make it.
    std::vector<std::pair<QByteArray, QByteArray>> unshown;
    QString summary; ///< by the type's -summary; empty if it has none
    bool isComplete = false; ///< everything could be read, though it may not be what it must be

    /// The item at a path as filters write it: "header.items[3].size"; -1 if there is none.
    [[nodiscard]] int find(QByteArrayView path) const;
    /// The path of an item; empty for the root.
    [[nodiscard]] QByteArray pathOf(int item) const;
};

/// The value of an item that is no Struct or Array, as JSON has it but without quotes: bytes in lower-case hexadecimal,
/// an enum's value by name if it has one.
[[nodiscard]] QByteArray scalarText(const TreeItem& item);

/// "size: 3 was expected, but it is 4. (byte 12)" for people, in one line.
[[nodiscard]] QString describe(const TreeFault& fault);

} // namespace sockeye::kaitai
