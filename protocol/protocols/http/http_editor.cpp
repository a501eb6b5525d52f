// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/http/http_editor.h"

#include "protocol/text/utf8.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye::http {

namespace {

constexpr QByteArrayView lengthName = "content-length";

/// What a header field is called by a path: header.accept, headers.accept, accept.
QByteArray nameIn(const QByteArray& path)
{
    for (const QByteArrayView first : { QByteArrayView("header."), QByteArrayView("headers.") }) {
        if (path.startsWith(first)) {
            return path.sliced(first.size());
        }
    }
    return path;
}

} // namespace

HttpEditor::HttpEditor(QByteArrayView message)
    : MessageEditor(message)
    , m_parts(readMessage(message))
{
}

const Field* HttpEditor::find(QByteArrayView name) const
{
    const auto found = std::find_if(m_parts.fields.cbegin(), m_parts.fields.cend(),
        [name](const Field& each) { return sameName(each.name, name); });
    return found != m_parts.fields.cend() ? &*found : nullptr;
}

QByteArray HttpEditor::with(QByteArrayView part, QByteArrayView instead) const
{
    return spliced(part.data() - message().data(), part.size(), instead);
}

QByteArrayView HttpEditor::body() const
{
    return m_parts.hasStart && m_parts.headSize >= 0 ? message().sliced(m_parts.headSize)
        : m_parts.hasStart                           ? QByteArrayView()
                                                     : message();
}

QByteArray HttpEditor::content() const
{
    return m_parts.isChunked() ? joinedChunks(body()) : body().toByteArray();
}

Altered HttpEditor::withContent(QByteArrayView content) const
{
    const QByteArrayView head = message().first(message().size() - body().size());
    if (m_parts.isChunked()) {
        const QByteArray trailer = body().sliced(trailerBegin(body())).toByteArray();
        const QByteArray chunk = content.isEmpty()
            ? QByteArray()
            : QByteArray::number(content.size(), 16) + "\r\n" + content.toByteArray() + "\r\n";
        return head.toByteArray() + chunk + "0\r\n" + (trailer.isEmpty() ? QByteArray("\r\n") : trailer);
    }
    QByteArray changed = head.toByteArray() + content.toByteArray();
    const Field* const length = find(lengthName);
    if (length == nullptr) {
        return changed;
    }
    QByteArray out = changed;
    return out.replace(
        length->value.data() - message().data(), length->value.size(), QByteArray::number(content.size()));
}

QByteArrayView HttpEditor::inFirstLine(const QByteArray& name) const
{
    if (name == "version") {
        return m_parts.isReply ? m_parts.method : m_parts.version;
    }
    if (m_parts.isReply) {
        return name == "status" ? m_parts.target : name == "reason" ? m_parts.version : QByteArrayView();
    }
    return name == "method" ? m_parts.method : name == "target" ? m_parts.target : QByteArrayView();
}

Altered HttpEditor::withField(const QByteArray& path, const std::optional<QString>& value) const
{
    if (!m_parts.hasStart || m_parts.headSize < 0) {
        return lacks(path);
    }
    const QByteArrayView part = inFirstLine(path);
    if (part.isNull()) {
        return withHeader(path, value);
    }
    if (!value) {
        return tl::unexpected(QCoreApplication::translate(
            "sockeye::HttpEditor", "The first line of an HTTP message needs its %1: it can be set, not left out.")
                                  .arg(QString::fromUtf8(path)));
    }
    return with(part, value->toUtf8());
}

Altered HttpEditor::withHeader(const QByteArray& path, const std::optional<QString>& value) const
{
    const QByteArray name = nameIn(path);
    const Field* const field = find(name);
    if (field != nullptr && value) {
        return with(field->value, value->toUtf8());
    }
    if (field != nullptr) {
        const qsizetype begin = field->name.data() - message().data();
        return spliced(begin, message().indexOf('\n', begin) + 1 - begin, {});
    }
    const bool isNew = value && name != path && std::all_of(name.begin(), name.end(), isTokenCharacter);
    if (!isNew) {
        return lacks(path);
    }
    const bool hasReturn = message().first(m_parts.headSize).endsWith("\r\n");
    return spliced(m_parts.headSize - (hasReturn ? 2 : 1), 0, QByteArray(name + ": " + value->toUtf8() + "\r\n"));
}

Altered HttpEditor::withLength(qint64 by) const
{
    if (m_parts.isChunked()) {
        const auto chunk = chunkAt(body(), 0);
        if (!chunk) {
            return lacksLength();
        }
        if (chunk->size + by < 0) {
            return noRoom(chunk->size + by);
        }
        const QByteArrayView line = body().sliced(chunk->begin, chunk->sizeEnd - chunk->begin);
        const QByteArrayView digits = line.first(line.contains(';') ? line.indexOf(';') : line.size());
        return with(digits, QByteArray::number(chunk->size + by, 16));
    }
    const Field* const length = find(lengthName);
    bool isNumber = false;
    const qint64 said = length != nullptr ? length->value.toByteArray().toLongLong(&isNumber) : 0;
    return isNumber ? Altered(with(length->value, QByteArray::number(said + by))) : lacksLength();
}

/// Of a body without text the header fields.
Altered HttpEditor::withBrokenText(quint64 drawn) const
{
    Altered inBody = MessageEditor::withBrokenText(drawn);
    if (inBody || !m_parts.hasStart) {
        return inBody;
    }
    QList<QByteArrayView> texts;
    for (const Field& field : m_parts.fields) {
        if (!field.value.isEmpty() && !sameName(field.name, lengthName)) {
            texts.append(field.value);
        }
    }
    return texts.isEmpty()
        ? lacksText()
        : Altered(with(texts[static_cast<qsizetype>(drawn % static_cast<quint64>(texts.size()))].first(1), "\xff"));
}

} // namespace sockeye::http
