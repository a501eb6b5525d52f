// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/annotation/json_text_fields.h"
#include "protocol/annotation/named_fields.h"
#include "protocol/protocols/http/http_framing.h"
#include "protocol/protocols/http/http_message.h"
#include "protocol/protocols/http/http_protocol.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/plain_text.h"
#include "protocol/text/visible_text.h"

namespace sockeye {

namespace {

constexpr qsizetype mostContentType = 200; // bytes; longer ones say nothing that is known

constexpr qsizetype httpValueChars = 200;

class HttpAnnotator {
public:
    HttpAnnotator(AnnotationBuilder& builder, const AnnotateOptions& options)
        : m_bytes(builder.message())
        , m_message(http::readMessage(m_bytes))
        , m_fields(builder)
        , m_options(options)
    {
    }

    void run()
    {
        if (!m_message.hasStart) {
            const bool isFirstLine = !m_options.checked && !m_bytes.contains('\n') && looksLikeText(m_bytes);
            const FieldKind kind = looksLikeText(m_bytes) ? FieldKind::Text : FieldKind::Binary;
            if (isFirstLine) {
                m_fields.cutLeaf(kind, QT_TRANSLATE_NOOP("sockeye::Annotation", "first line"), 0, m_bytes.size());
            } else {
                m_fields.leaf(
                    kind, QT_TRANSLATE_NOOP("sockeye::Annotation", "bytes that are not HTTP"), 0, m_bytes.size());
            }
            return;
        }
        head();
        if (m_at < m_bytes.size()) {
            content();
        }
    }

private:
    [[nodiscard]] QByteArrayView bytes(qsizetype begin, qsizetype end) const
    {
        return QByteArrayView(m_bytes).sliced(begin, end - begin);
    }

    void head()
    {
        const bool cut = m_message.headSize < 0;
        const qsizetype end = cut ? m_bytes.size() : m_message.headSize;
        m_fields.open(FieldKind::Header, nullptr, 0);
        bool hasStart = false;
        while (m_at < end) {
            const qsizetype feed = m_bytes.indexOf('\n', m_at);
            const qsizetype next = feed < 0 || feed >= end ? end : feed + 1;
            const QByteArrayView line = http::withoutLineEnd(bytes(m_at, next));
            if (line.isEmpty()) {
                m_fields.punctuation(m_at, next);
            } else if (!hasStart) {
                hasStart = true;
                startLine(line, next);
            } else {
                fieldLine(line, next, FieldKind::Member);
            }
            m_at = next;
        }
        m_fields.close(end, cut);
    }

    void startLine(QByteArrayView line, qsizetype next)
    {
        const auto parts = http::startLine(line);
        if (!parts) {
            m_fields.leaf(FieldKind::Text, nullptr, m_at, next);
            return;
        }
        const qsizetype first = m_at + parts->firstEnd;
        const qsizetype second = m_at + parts->secondEnd;
        const qsizetype end = m_at + line.size();
        const qsizetype third = std::min(second + 1, end);
        m_fields.open(FieldKind::Member,
            parts->isReply ? QT_TRANSLATE_NOOP("sockeye::Annotation", "status line")
                           : QT_TRANSLATE_NOOP("sockeye::Annotation", "request line"),
            m_at, visibleText(line, httpValueChars));
        if (parts->isReply) {
            m_fields.leaf(
                FieldKind::Key, QT_TRANSLATE_NOOP("sockeye::Annotation", "version"), m_at, first, text(m_at, first));
            m_fields.punctuation(first, first + 1);
            m_fields.leaf(FieldKind::Number, QT_TRANSLATE_NOOP("sockeye::Annotation", "status"), first + 1, second);
            m_fields.punctuation(second, third);
            m_fields.leaf(FieldKind::String, QT_TRANSLATE_NOOP("sockeye::Annotation", "reason"), third, end);
        } else {
            m_fields.leaf(FieldKind::Literal, QT_TRANSLATE_NOOP("sockeye::Annotation", "method"), m_at, first);
            m_fields.punctuation(first, first + 1);
            m_fields.leaf(FieldKind::String, QT_TRANSLATE_NOOP("sockeye::Annotation", "target"), first + 1, second);
            m_fields.punctuation(second, third);
            m_fields.leaf(
                FieldKind::Key, QT_TRANSLATE_NOOP("sockeye::Annotation", "version"), third, end, text(third, end));
        }
        m_fields.punctuation(end, next);
        m_fields.close(next);
    }

    [[nodiscard]] QString text(qsizetype begin, qsizetype end) const
    {
        return visibleText(bytes(begin, end), httpValueChars);
    }

    void fieldLine(QByteArrayView line, qsizetype next, FieldKind kind)
    {
        const auto parts = http::fieldLine(line);
        const qsizetype end = m_at + line.size();
        if (!parts || m_fields.isFull()) {
            const bool goesOn = line.front() == ' ' || line.front() == '\t';
            m_fields.leaf(m_fields.isFull() ? FieldKind::Rest
                    : goesOn                ? FieldKind::String
                                            : FieldKind::Bad,
                nullptr, m_at, end);
            m_fields.punctuation(end, next);
            return;
        }
        const qsizetype value = m_at + parts->valueBegin;
        const qsizetype valueEnd = m_at + parts->valueEnd;
        m_fields.openNamed(kind, text(m_at, m_at + parts->nameEnd), m_at, text(value, valueEnd));
        m_fields.leaf(FieldKind::Key, QT_TRANSLATE_NOOP("sockeye::Annotation", "name"), m_at, m_at + parts->nameEnd);
        m_fields.punctuation(m_at + parts->nameEnd, value);
        m_fields.leaf(FieldKind::String, QT_TRANSLATE_NOOP("sockeye::Annotation", "value"), value, valueEnd);
        m_fields.punctuation(valueEnd, next);
        m_fields.close(next);
    }

    void content()
    {
        const qsizetype begin = m_at;
        m_fields.builder().setContent(begin, m_bytes.size() - begin);
        m_fields.builder().setContentType(m_message.value("content-type").toByteArray().left(mostContentType));
        m_fields.open(FieldKind::Content, QT_TRANSLATE_NOOP("sockeye::Annotation", "body"), begin);
        if (m_message.isChunked()) {
            chunks();
        } else if (m_message.hasJsonBody()) {
            annotateJsonText(
                m_fields.builder(), begin, m_bytes.size(), !m_options.checked, QStringLiteral("body"), m_options);
        } else {
            data(begin, m_bytes.size());
        }
        m_fields.close(m_bytes.size());
    }

    void data(qsizetype begin, qsizetype end)
    {
        m_fields.leaf(looksLikeText(bytes(begin, end)) ? FieldKind::Text : FieldKind::Binary,
            QT_TRANSLATE_NOOP("sockeye::Annotation", "data"), begin, end);
    }

    void chunks()
    {
        if (m_message.hasJsonBody()) {
            const QByteArray joined = http::joinedChunks(bytes(m_at, m_bytes.size()));
            if (checkJsonText(joined, 0, {}, m_options.limits)) {
                m_fields.builder().setJson(joined);
            }
        }
        bool isLast = false;
        while (m_at < m_bytes.size() && !isLast) {
            const auto chunk = http::chunkAt(m_bytes, m_at);
            if (!chunk || m_fields.isFull()) {
                m_fields.leaf(chunk ? FieldKind::Rest : FieldKind::Bad, nullptr, m_at, m_bytes.size());
                m_at = m_bytes.size();
                return;
            }
            m_fields.open(
                FieldKind::Member, QT_TRANSLATE_NOOP("sockeye::Annotation", "chunk"), m_at, byteCount(chunk->size));
            m_fields.leaf(FieldKind::Length, QT_TRANSLATE_NOOP("sockeye::Annotation", "size"), m_at, chunk->sizeEnd,
                groupedDigits(chunk->size));
            m_fields.punctuation(chunk->sizeEnd, chunk->dataBegin);
            data(chunk->dataBegin, chunk->dataEnd);
            m_fields.punctuation(chunk->dataEnd, chunk->end);
            m_fields.close(chunk->end, chunk->cut);
            m_at = chunk->end;
            isLast = chunk->size == 0;
        }
        while (m_at < m_bytes.size()) { // the trailer
            const qsizetype feed = m_bytes.indexOf('\n', m_at);
            const qsizetype next = feed < 0 ? m_bytes.size() : feed + 1;
            const QByteArrayView line = http::withoutLineEnd(bytes(m_at, next));
            if (line.isEmpty()) {
                m_fields.punctuation(m_at, next);
            } else {
                fieldLine(line, next, FieldKind::Member);
            }
            m_at = next;
        }
    }

    QByteArray m_bytes; ///< a second owner, no copy
    http::Message m_message;
    NamedFields m_fields;
    const AnnotateOptions& m_options;
    qsizetype m_at = 0;
};

} // namespace

void HttpProtocol::annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const
{
    HttpAnnotator(builder, options).run();
    if (options.checked) {
        return;
    }
    HttpFraming framing(options.limits);
    Frames frames;
    framing.feed(builder.message(), frames);
    framing.finish(frames);
    if (framing.error()) {
        builder.setError(*framing.error());
    }
}

} // namespace sockeye
