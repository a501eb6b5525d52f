// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

#include <QHash>

#include <vector>

namespace sockeye {

/// A message of a protocol that is made of named fields, while it is being written: what was set, and the bytes that
/// come of it. What is not set is computed, if it can be.
class FieldsDraft {
public:
    /// A line of the form: a field, an element of one that repeats, or a type with fields of its own.
    struct Row {
        enum class Kind : quint8 {
            Value,
            Group, ///< a type: its fields follow, one deeper
            Repeat, ///< a field that repeats: its elements follow; its value is how many there are
        };
        QByteArray path;
        const ShapeField* field = nullptr;
        Kind kind = Kind::Value;
        int depth = 0;
        int element = -1; ///< place in its array
        bool isSet = false; ///< by the user
        QString value; ///< what was set, else what it is in the bytes; empty for none
    };

    FieldsDraft() = default;
    /// One of a protocol with a shape(), as `sender` speaks it.
    FieldsDraft(const ProtocolPtr& protocol, Sender sender);

    [[nodiscard]] bool isEmpty() const { return m_shape.types.empty(); } ///< there is no protocol
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }

    void set(const QByteArray& path, const QString& value); ///< of a Repeat: how many elements
    void unset(const QByteArray& path); ///< computed from now on, or left out
    /// Takes the values of a message that was made elsewhere. False: it is none, and nothing changes.
    bool take(const QByteArray& message);

    /// The message, or a sentence that says what is missing or wrong.
    [[nodiscard]] const tl::expected<QByteArray, QString>& bytes() const { return m_bytes; }

private:
    void build();
    void layOut();
    void addFields(int type, const QByteArray& prefix, int depth);
    void addField(const ShapeField& field, const QByteArray& path, int depth);
    void addValue(const ShapeField& field, const QByteArray& path, int depth, int element);
    [[nodiscard]] int typeOf(const ShapeField& field, const QByteArray& path) const;
    [[nodiscard]] QString shown(const QByteArray& path) const;

    ProtocolPtr m_protocol;
    MessageShape m_shape;
    QHash<QByteArray, QString> m_set; ///< by path
    QHash<QByteArray, QString> m_found; ///< in the bytes, by path
    QHash<QByteArray, int> m_counts; ///< of elements, by the path of their field
    std::vector<Row> m_rows;
    tl::expected<QByteArray, QString> m_bytes = QByteArray();
};

} // namespace sockeye
