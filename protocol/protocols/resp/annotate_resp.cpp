// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/annotation/named_fields.h"
#include "protocol/protocols/resp/resp_framing.h"
#include "protocol/protocols/resp/resp_item.h"
#include "protocol/protocols/resp/resp_protocol.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/plain_text.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype valueChars = 100;

FieldKind kindOfLine(char type)
{
    switch (type) {
    case ':':
    case ',':
    case '(':
        return FieldKind::Number;
    case '#':
    case '_':
        return FieldKind::Literal;
    default:
        return FieldKind::Text;
    }
}

class RespAnnotator {
public:
    RespAnnotator(AnnotationBuilder& builder, const AnnotateOptions& options)
        : m_bytes(builder.message())
        , m_fields(builder)
        , m_mostDepth(std::clamp(options.limits.maxDepth, 1, 1024))
    {
    }

    void run()
    {
        value(0);
        m_fields.leaf(
            FieldKind::Bad, QT_TRANSLATE_NOOP("sockeye::Annotation", "bytes after the value"), m_at, m_bytes.size());
    }

private:
    using State = resp::Item::State;

    void value(int depth)
    {
        if (m_at >= m_bytes.size()) {
            return;
        }
        if (depth > m_mostDepth || m_fields.isFull()) {
            m_fields.leaf(depth > m_mostDepth ? FieldKind::Bad : FieldKind::Rest, nullptr, m_at, m_bytes.size());
            m_at = m_bytes.size();
            return;
        }
        const resp::Item item = resp::itemAt(m_bytes, m_at);
        if (item.state == State::Bad && item.shape != resp::Shape::Bulk) {
            m_fields.leaf(FieldKind::Bad, nullptr, m_at, m_bytes.size());
            m_at = m_bytes.size();
            return;
        }
        m_at = item.end;
        if (item.shape == resp::Shape::Aggregate) {
            aggregate(item, depth);
        } else {
            scalar(item);
        }
    }

    /// The type, what stands on the line, and its end.
    void line(const resp::Item& item, FieldKind kind, const char* label)
    {
        const qsizetype text = item.type == '\0' ? item.begin : item.begin + 1;
        m_fields.leaf(FieldKind::Key, QT_TRANSLATE_NOOP("sockeye::Annotation", "type"), item.begin, text,
            QCoreApplication::translate("sockeye::Annotation", resp::typeName(item.type)));
        m_fields.leaf(
            kind, label, text, item.lineEnd, kind == FieldKind::Text ? QString() : visibleText(item.line(m_bytes), 40));
        const qsizetype lineEnd =
            item.shape == resp::Shape::Bulk || item.shape == resp::Shape::Chunk ? item.dataBegin : item.end;
        m_fields.punctuation(item.lineEnd, lineEnd);
    }

    void scalar(const resp::Item& item)
    {
        const bool isString = item.shape == resp::Shape::Bulk || item.shape == resp::Shape::Chunk;
        const QByteArrayView says = isString ? item.data(m_bytes) : item.line(m_bytes);
        const bool isText = looksLikeText(says);
        m_fields.open(FieldKind::Member, resp::typeName(item.type), item.begin,
            item.isNull  ? QStringLiteral("null")
                : isText ? visibleText(says, valueChars)
                         : byteCount(says.size()));
        line(item, isString ? FieldKind::Length : kindOfLine(item.type),
            isString ? nullptr : QT_TRANSLATE_NOOP("sockeye::Annotation", "value"));
        const bool cut = item.state == State::Cut;
        if (isString) {
            const FieldKind kind = isText ? FieldKind::Text : FieldKind::Binary;
            constexpr const char* label = QT_TRANSLATE_NOOP("sockeye::Annotation", "string");
            if (item.dataEnd - item.dataBegin < item.number) {
                m_fields.cutLeaf(kind, label, item.dataBegin, item.dataEnd, item.number);
            } else {
                m_fields.leaf(kind, label, item.dataBegin, item.dataEnd);
            }
            m_fields.builder().leaf(
                item.state == State::Bad ? FieldKind::Bad : FieldKind::Punctuation, item.dataEnd, item.end);
        }
        m_fields.close(item.end, cut);
    }

    void aggregate(const resp::Item& item, int depth)
    {
        const QString count = item.isNull ? QStringLiteral("null")
            : item.streamed               ? QCoreApplication::translate("sockeye::Annotation", "elements until an end")
                                          : QCoreApplication::translate("sockeye::Annotation", "elements: %1")
                                  .arg(groupedDigits(item.number / resp::valuesEach(item.type)));
        m_fields.open(FieldKind::Member, resp::typeName(item.type), item.begin, count);
        line(item, FieldKind::Length, QT_TRANSLATE_NOOP("sockeye::Annotation", "number of elements"));
        for (qint64 i = 0; (item.streamed || i < item.number) && m_at < m_bytes.size(); ++i) {
            const bool ends = item.streamed && m_bytes[m_at] == '.';
            value(depth + 1);
            if (ends) {
                break;
            }
        }
        m_fields.close(m_at);
        if (item.type == '|') {
            value(depth + 1);
        }
    }

    QByteArray m_bytes; ///< a second owner, no copy
    NamedFields m_fields;
    qsizetype m_at = 0;
    int m_mostDepth = 0;
};

} // namespace

void RespProtocol::annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const
{
    RespAnnotator(builder, options).run();
    if (options.checked) {
        return;
    }
    RespFraming framing(options.limits);
    Frames frames;
    framing.feed(builder.message(), frames);
    framing.finish(frames);
    if (framing.error()) {
        builder.setError(*framing.error());
    }
}

} // namespace sockeye
