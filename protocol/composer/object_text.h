// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

namespace sockeye {

/// The text of a JSON object whose members can be read and replaced in place, so that everything that a person typed
/// (order of keys, white space, unknown keys) stays as it is. Text that is no object is kept too: it has no members.
///
/// It looks at the structure only; whether every nested value is right is for the annotation to say.
class ObjectText {
public:
    struct Member {
        QByteArray key; ///< UTF-8, escapes resolved
        qsizetype offset = 0; ///< of the value in the text
        qsizetype size = 0;
    };

    ObjectText() = default;
    explicit ObjectText(const QByteArray& text);

    [[nodiscard]] const QByteArray& text() const { return m_text; }
    [[nodiscard]] bool isObject() const { return m_end >= 0; }
    [[nodiscard]] const QList<Member>& members() const { return m_members; }

    /// The value as it is written, or nothing. Of several members with the same key the last one counts.
    [[nodiscard]] std::optional<QByteArray> raw(QByteArrayView key) const;
    /// The value of a string (UTF-8, escapes resolved); nothing for other types and missing keys.
    [[nodiscard]] std::optional<QByteArray> string(QByteArrayView key) const;

    /// Puts a JSON value in the place of the one that is there, or adds a member at the end. False, and nothing is
    /// changed, if the text is no object or would not be one any more.
    [[nodiscard]] bool setRaw(QByteArrayView key, QByteArrayView json);
    [[nodiscard]] bool setString(QByteArrayView key, QByteArrayView utf8);

    /// One past the closing brace of the object that `text` begins with; -1 if it begins with none.
    [[nodiscard]] static qsizetype objectEnd(QByteArrayView text);

private:
    [[nodiscard]] const Member* find(QByteArrayView key) const;

    QByteArray m_text;
    QList<Member> m_members;
    qsizetype m_end = -1; ///< offset of the closing brace
};

} // namespace sockeye
