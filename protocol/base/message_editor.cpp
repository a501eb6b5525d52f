// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/base/message_editor.h"

#include "protocol/base/protocol.h"
#include "protocol/json/json_edit.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/utf8.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

QString editorText(const char* text)
{
    return QCoreApplication::translate("sockeye::MessageEditor", text);
}

bool isLetter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// One of the letters and digits of a text, as it is drawn.
std::optional<QByteArray> withBrokenLetter(QByteArrayView text, quint64 drawn)
{
    const auto letters = static_cast<quint64>(std::count_if(text.begin(), text.end(), isLetter));
    if (letters == 0 || validUtf8Prefix(text) < text.size()) {
        return std::nullopt;
    }
    QByteArray out = text.toByteArray();
    quint64 left = drawn % letters;
    const auto it = std::find_if(out.begin(), out.end(), [&left](char c) { return isLetter(c) && left-- == 0; });
    *it = '\xff';
    return out;
}

/// The rest of a path behind its first name; null: it begins otherwise.
QByteArray behind(const QByteArray& path, QByteArrayView first)
{
    if (!path.startsWith(first) || path.size() == first.size()) {
        return {};
    }
    const char next = path[first.size()];
    return next == '.' ? path.sliced(first.size() + 1) : next == '[' ? path.sliced(first.size()) : QByteArray();
}

Altered inJson(const MessageEditor& editor, const QByteArray& path, const std::optional<QString>& value)
{
    const QByteArray content = editor.content();
    const auto changed = value ? json::replaced(content, path, json::typedValue(*value)) : json::removed(content, path);
    if (changed) {
        return editor.withContent(*changed);
    }
    return tl::unexpected(editorText("This message has no %1 in a content that is JSON.").arg(QString::fromUtf8(path)));
}

Altered atPath(const MessageEditor& editor, const QByteArray& path, const std::optional<QString>& value)
{
    if (const QByteArray rest = behind(path, "json"); !rest.isEmpty()) {
        return inJson(editor, rest, value);
    }
    if (value && (path == "content" || path == "text")) {
        return editor.withContent(value->toUtf8());
    }
    Altered done = editor.withField(path, value);
    if (!done && !json::valueAt(editor.content(), path).isNull()) { // its name alone says which it is
        return inJson(editor, path, value);
    }
    if (!done && (path == "json" || path == "header")) {
        return tl::unexpected(
            editorText("%1 alone is no field: one below it has to be named, as in %2.")
                .arg(QString::fromLatin1(path),
                    path == "json" ? QStringLiteral("json.result") : QStringLiteral("header.content-type")));
    }
    return done;
}

} // namespace

MessageEditor::MessageEditor(QByteArrayView message, qsizetype end)
    : m_message(message)
    , m_end(std::min(end, message.size()))
{
}

MessageEditor::~MessageEditor() = default;

QByteArray MessageEditor::content() const
{
    return m_message.chopped(m_end).toByteArray();
}

Altered MessageEditor::withContent(QByteArrayView content) const
{
    return content.toByteArray() + m_message.last(m_end).toByteArray();
}

Altered MessageEditor::withField(const QByteArray& path, const std::optional<QString>&) const
{
    return lacks(path);
}

Altered MessageEditor::withLength(qint64) const
{
    return lacksLength();
}

Altered MessageEditor::withBrokenText(quint64 drawn) const
{
    const QByteArray plain = content();
    const auto inString = json::withBrokenString(plain, drawn);
    const auto broken = inString ? inString : withBrokenLetter(plain, drawn);
    return broken ? withContent(*broken) : lacksText();
}

Altered MessageEditor::withSwappedOrder() const
{
    return tl::unexpected(editorText("This message has no numbers of several bytes, and claims no byte order."));
}

QByteArray MessageEditor::spliced(qint64 offset, qint64 size, QByteArrayView bytes) const
{
    return m_message.first(offset).toByteArray() + bytes.toByteArray() + m_message.sliced(offset + size).toByteArray();
}

Altered MessageEditor::lacks(QByteArrayView path)
{
    return tl::unexpected(editorText("This message has no %1.").arg(QString::fromUtf8(path)));
}

Altered MessageEditor::lacksLength()
{
    return tl::unexpected(editorText("This message claims no length."));
}

Altered MessageEditor::lacksText()
{
    return tl::unexpected(editorText("This message has no text in UTF-8."));
}

Altered MessageEditor::noRoom(qint64 length)
{
    return tl::unexpected(editorText("The length of this message has no room for %1.").arg(groupedDigits(length)));
}

QString whyNotAltered(const Protocol& protocol, Alteration::Kind kind)
{
    const Alterations can = protocol.alterations();
    if (can.testFlag(kind)) {
        return {};
    }
    switch (kind) {
    case Alteration::Kind::WrongLength:
        return editorText("Messages of the protocol \"%1\" claim no length.").arg(protocol.id());
    case Alteration::Kind::BrokenUtf8:
        return editorText("Messages of the protocol \"%1\" have no texts in UTF-8.").arg(protocol.id());
    case Alteration::Kind::MissingKey:
        return editorText("Messages of the protocol \"%1\" have no keys, headers or fields to be left out.")
            .arg(protocol.id());
    case Alteration::Kind::SwapByteOrder:
        return editorText("Messages of the protocol \"%1\" have no numbers of several bytes, and claim no byte order.")
            .arg(protocol.id());
    case Alteration::Kind::Set:
        return editorText("Messages of the protocol \"%1\" have no fields to be set.").arg(protocol.id());
    }
    return {};
}

Altered altered(const Protocol& protocol, const Alteration& alteration, const Frame& frame, QByteArrayView message,
    const Limits& limits)
{
    const std::unique_ptr<MessageEditor> editor = protocol.newEditor(frame, message, limits);
    switch (alteration.kind) {
    case Alteration::Kind::WrongLength:
        return editor->withLength(alteration.by);
    case Alteration::Kind::BrokenUtf8:
        return editor->withBrokenText(alteration.drawn);
    case Alteration::Kind::MissingKey:
        return atPath(*editor, alteration.path, std::nullopt);
    case Alteration::Kind::SwapByteOrder:
        return editor->withSwappedOrder();
    case Alteration::Kind::Set:
        return atPath(*editor, alteration.path, alteration.value);
    }
    return tl::unexpected(QString());
}

} // namespace sockeye
