// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/http/http_message.h"

#include "protocol/json/json_writer.h"
#include "protocol/text/utf8.h"

#include <QSet>

#include <algorithm>
#include <limits>

namespace sockeye::http {

namespace {

/// Header values are bytes: what is no UTF-8 is taken for Latin-1, as everybody does.
void appendText(json::Writer& writer, QByteArrayView text)
{
    if (validUtf8Prefix(text) == text.size()) {
        writer.string(text);
    } else {
        writer.string(QString::fromLatin1(text));
    }
}

void readStart(Message& message, QByteArrayView line)
{
    const auto parts = startLine(line);
    if (!parts) {
        return;
    }
    message.hasStart = true;
    message.isReply = parts->isReply;
    message.status = parts->status;
    message.method = line.first(parts->firstEnd);
    message.target = line.sliced(parts->firstEnd + 1, parts->secondEnd - parts->firstEnd - 1);
    message.version = parts->secondEnd < line.size() ? line.sliced(parts->secondEnd + 1) : QByteArrayView();
}

} // namespace

QByteArrayView Message::value(QByteArrayView name) const
{
    const auto found =
        std::find_if(fields.cbegin(), fields.cend(), [name](const Field& each) { return sameName(each.name, name); });
    return found != fields.cend() ? found->value : QByteArrayView();
}

bool Message::isChunked() const
{
    const QByteArrayView coding = value("transfer-encoding");
    return sameName(coding.sliced(coding.lastIndexOf(',') + 1).trimmed(), "chunked");
}

QByteArray Message::contentType() const
{
    const QByteArrayView type = value("content-type");
    return type.first(type.contains(';') ? type.indexOf(';') : type.size()).trimmed().toByteArray().toLower();
}

bool Message::hasJsonBody() const
{
    const QByteArray type = contentType();
    return (type.endsWith("/json") || type.endsWith("+json")) && value("content-encoding").isEmpty();
}

Message readMessage(QByteArrayView bytes)
{
    Message message;
    bool hasBegun = false;
    for (qsizetype at = 0; at < bytes.size();) {
        const qsizetype feed = bytes.indexOf('\n', at);
        if (feed < 0) {
            break;
        }
        const QByteArrayView line = withoutLineEnd(bytes.sliced(at, feed + 1 - at));
        at = feed + 1;
        if (line.isEmpty() && hasBegun) {
            message.headSize = at;
            break;
        }
        if (line.isEmpty()) {
            continue;
        }
        if (!hasBegun) {
            hasBegun = true;
            readStart(message, line);
            if (!message.hasStart) {
                break;
            }
        } else if (const auto parts = fieldLine(line)) {
            message.fields.append(
                { line.first(parts->nameEnd), line.sliced(parts->valueBegin, parts->valueEnd - parts->valueBegin) });
        }
    }
    return message;
}

std::optional<Chunk> chunkAt(QByteArrayView bytes, qsizetype at)
{
    Chunk chunk;
    chunk.begin = at;
    const qsizetype feed = bytes.indexOf('\n', at);
    const qsizetype lineSize = (feed < 0 ? bytes.size() : feed + 1) - at;
    const QByteArrayView line = withoutLineEnd(bytes.sliced(at, lineSize));
    const QByteArrayView digits = line.first(line.contains(';') ? line.indexOf(';') : line.size()).trimmed();
    bool isNumber = false;
    const qlonglong size = digits.toLongLong(&isNumber, 16);
    if (!isNumber || size < 0) {
        return std::nullopt;
    }
    chunk.size = size;
    chunk.sizeEnd = at + line.size();
    chunk.dataBegin = at + lineSize;
    chunk.dataEnd = chunk.dataBegin + static_cast<qsizetype>(std::min<qint64>(size, bytes.size() - chunk.dataBegin));
    chunk.end = chunk.dataEnd;
    chunk.cut = feed < 0 || chunk.dataEnd - chunk.dataBegin < size;
    if (size > 0 && !chunk.cut) { // behind the last one comes the trailer
        const QByteArrayView rest = bytes.sliced(chunk.end);
        chunk.end += rest.startsWith("\r\n") ? 2 : rest.startsWith('\n') ? 1 : 0;
    }
    return chunk;
}

QByteArray joinedChunks(QByteArrayView body)
{
    QByteArray joined;
    for (qsizetype at = 0; at < body.size();) {
        const auto chunk = chunkAt(body, at);
        if (!chunk || chunk->size == 0) {
            break;
        }
        joined.append(body.sliced(chunk->dataBegin, chunk->dataEnd - chunk->dataBegin));
        at = chunk->end;
    }
    return joined;
}

qsizetype trailerBegin(QByteArrayView body)
{
    for (qsizetype at = 0; at < body.size();) {
        const auto chunk = chunkAt(body, at);
        if (!chunk) {
            break;
        }
        at = chunk->end;
        if (chunk->size == 0) {
            return at;
        }
    }
    return body.size();
}

QByteArray headAsJson(const Message& message)
{
    QByteArray out;
    json::Writer writer(out);
    writer.beginObject();
    if (message.isReply) {
        writer.key("version");
        appendText(writer, message.method);
        writer.key("status").integer(message.status).key("reason");
        appendText(writer, message.version);
    } else {
        writer.key("method");
        appendText(writer, message.method);
        writer.key("target");
        appendText(writer, message.target);
        writer.key("version");
        appendText(writer, message.version);
    }
    // Names in lower case, so that scripts find them; what comes more than once is a list.
    QList<QByteArray> names;
    QHash<QByteArray, QList<QByteArrayView>> values;
    for (const Field& field : message.fields) {
        const QByteArray name = field.name.toByteArray().toLower();
        QList<QByteArrayView>& all = values[name];
        if (all.isEmpty()) {
            names.append(name);
        }
        all.append(field.value);
    }
    writer.key("headers").beginObject();
    for (const QByteArray& name : std::as_const(names)) {
        const QList<QByteArrayView>& all = values[name];
        writer.key(name);
        if (all.size() == 1) {
            appendText(writer, all.first());
            continue;
        }
        writer.beginArray();
        for (const QByteArrayView value : all) {
            appendText(writer, value);
        }
        writer.endArray();
    }
    writer.endObject().endObject();
    return out;
}

} // namespace sockeye::http
