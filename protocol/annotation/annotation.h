// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/annotation/field_texts.h"
#include "protocol/error.h"
#include "protocol/limits.h"
#include "protocol/text/encoding.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace sockeye {

/// What a range of bytes is. The inspector colours by it.
enum class FieldKind : quint8 {
    Message, ///< the root: all of it
    Length, ///< says how long something is
    Header, ///< the header as a whole
    Content, ///< the content as a whole
    Object, ///< a JSON object or array inside a header or content
    Member, ///< a key with its value
    Key, ///< the text of a key, quotes included
    String,
    Number,
    Literal, ///< true, false, null
    Punctuation, ///< braces, brackets, colons, commas and the white space around them
    ByteOrderMark,
    Text, ///< text without further structure (action name of an arithmetic request, a line)
    Integer, ///< a binary integer
    Binary, ///< bytes without known structure
    Rest, ///< parts left out of the tree because there are too many; still covers their bytes
    Bad, ///< bytes that make no sense here
};

/// One node of the tree: a labelled range of the message.
struct Field {
    qint64 offset = 0; ///< from the start of the message
    qint64 size = 0; ///< bytes
    int parent = -1; ///< index, -1 for the root
    int childCount = 0;
    int firstChild = -1; ///< index of the first child, -1 for a leaf; the next one is nextSibling of it
    int nextSibling = -1;
    int row = 0; ///< position among the children of its parent
    FieldKind kind = FieldKind::Bad;
    bool unfinished = false; ///< the bytes end inside it: more should have followed
};

/// A message as a tree of labelled byte ranges. The leaves cover every byte exactly once, in order; each inner node
/// covers exactly what its children cover. Made when someone looks, not before; immutable afterwards.
///
/// Labels and values are computed when asked for, from the bytes, which the annotation shares with its maker.
class Annotation {
public:
    Annotation() = default;

    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }
    [[nodiscard]] const std::vector<Field>& fields() const
    {
        return m_fields;
    } ///< [0] is the root; empty only for no bytes
    [[nodiscard]] const std::optional<Error>& error() const
    {
        return m_error;
    } ///< offset from the start of the message

    /// What it is called: "fixed header", "content-length", "action", "[3]". For people.
    [[nodiscard]] QString label(int field) const;
    /// What it says: "103 (0x0067)", "\"morpheus\"", "7,654,321 (signed 32-bit big-endian)". Empty for inner nodes
    /// without one. At most 400 characters.
    [[nodiscard]] QString value(int field) const;
    /// Labels from the root to the field, joined with " › ".
    [[nodiscard]] QString path(int field) const;
    /// The leaf that holds the byte at `offset`, or -1.
    [[nodiscard]] int leafAt(qint64 offset) const;

    /// The decoded JSON text (UTF-8) of the content, where the content is JSON and valid, or the fields of a message
    /// that was described; else null.
    [[nodiscard]] const QByteArray& json() const { return m_json; }
    /// The media type that the message declares for its content, as it stands there; empty where it declares none.
    [[nodiscard]] const QByteArray& contentType() const { return m_contentType; }
    /// The range of the content in the message; size 0 where there is none.
    [[nodiscard]] qint64 contentOffset() const { return m_contentOffset; }

private:
    friend class AnnotationBuilder;
    [[nodiscard]] const Field& at(int field) const { return m_fields[static_cast<size_t>(field)]; }
    [[nodiscard]] bool contains(int field) const;
    [[nodiscard]] QByteArrayView bytesOf(const Field& field) const;
    [[nodiscard]] QByteArray textOf(const Field& field) const;
    [[nodiscard]] int arrayIndex(const Field& field) const;
    [[nodiscard]] QString badLabel(const Field& field) const;
    [[nodiscard]] QString sizeText(int field) const;

    QByteArray m_bytes;
    QByteArray m_json;
    QByteArray m_contentType;
    std::shared_ptr<const FieldTexts> m_texts; ///< null: those of the kinds
    std::vector<Field> m_fields;
    std::vector<int> m_leaves; ///< indices of the leaves, by offset
    std::optional<Error> m_error;
    qint64 m_contentOffset = 0;
    qint64 m_contentLength = 0; ///< what the header announces
    Encoding m_contentEncoding = Encoding::Utf8; ///< of the content's JSON text, resolved
};

/// How a message is to be annotated.
struct AnnotateOptions {
    Limits limits;
    int maxFields = 20'000; ///< beyond it ranges are joined into one Rest
    bool checked = false; ///< the message was found right before: what is left out of the tree is not checked again
};

} // namespace sockeye
