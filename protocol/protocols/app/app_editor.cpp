// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_editor.h"

#include "protocol/json/json_edit.h"
#include "protocol/json/json_string.h"
#include "protocol/protocols/app/message_types.h"

#include <QtEndian>

#include <limits>

namespace sockeye {

namespace {

constexpr QByteArrayView lengthName = "content-length";
constexpr QByteArrayView orderName = "byteorder";

QByteArray inHeader(const QByteArray& path)
{
    return path.startsWith("header.") ? path.sliced(7) : path;
}

} // namespace

AppEditor::AppEditor(QByteArrayView message, qint64 contentOffset)
    : MessageEditor(message)
    , m_header(message.sliced(fixedHeaderSize, contentOffset - fixedHeaderSize))
    , m_content(message.sliced(contentOffset))
{
}

Altered AppEditor::made(QByteArrayView header, QByteArrayView content)
{
    if (header.size() > std::numeric_limits<quint16>::max()) {
        return noRoom(header.size());
    }
    QByteArray out(fixedHeaderSize, Qt::Uninitialized);
    qToBigEndian(static_cast<quint16>(header.size()), out.data());
    return out.append(header).append(content);
}

Altered AppEditor::withContent(QByteArrayView content) const
{
    const auto header = json::valueAt(m_header, lengthName).isNull()
        ? std::optional(m_header.toByteArray())
        : json::replaced(m_header, lengthName, QByteArray::number(content.size()));
    return header ? made(*header, content) : lacksLength();
}

Altered AppEditor::withField(const QByteArray& path, const std::optional<QString>& value) const
{
    const QByteArray name = inHeader(path);
    const bool isMeant = name != path || !json::valueAt(m_header, name).isNull();
    const auto header = !isMeant ? std::nullopt
        : value                  ? json::replaced(m_header, name, json::typedValue(*value))
                                 : json::removed(m_header, name);
    return header ? made(*header, m_content) : lacks(path);
}

Altered AppEditor::withLength(qint64 by) const
{
    bool isNumber = false;
    const qint64 said = json::valueAt(m_header, lengthName).toByteArray().toLongLong(&isNumber);
    const auto header = isNumber ? json::replaced(m_header, lengthName, QByteArray::number(said + by)) : std::nullopt;
    return header ? made(*header, m_content) : lacksLength();
}

/// Of a content without text the header.
Altered AppEditor::withBrokenText(quint64 drawn) const
{
    Altered inContent = MessageEditor::withBrokenText(drawn);
    if (inContent) {
        return inContent;
    }
    const auto header = json::withBrokenString(m_header, drawn);
    return header ? made(*header, m_content) : lacksText();
}

/// What the header claims: the numbers of this protocol are big-endian whatever it says.
Altered AppEditor::withSwappedOrder() const
{
    const QByteArrayView quoted = json::valueAt(m_header, orderName);
    const QByteArray order = quoted.startsWith('"') ? json::decodeString(quoted) : QByteArray();
    const bool isKnown = order == "little" || order == "big";
    const auto header = isKnown ? json::replaced(m_header, orderName,
                            order == "little" ? QByteArrayView("\"big\"") : QByteArrayView("\"little\""))
                                : std::nullopt;
    return header ? made(*header, m_content) : MessageEditor::withSwappedOrder();
}

} // namespace sockeye
