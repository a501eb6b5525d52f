// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/annotation/json_annotator.h"

namespace sockeye {

namespace {

/// The most fields that a member and the punctuation before it take.
constexpr int fieldsOfMember = 6;

FieldKind kindOf(json::Token token)
{
    switch (token) {
    case json::Token::Key:
        return FieldKind::Key;
    case json::Token::String:
        return FieldKind::String;
    case json::Token::Number:
        return FieldKind::Number;
    case json::Token::Literal:
        return FieldKind::Literal;
    default:
        return FieldKind::Bad;
    }
}

} // namespace

JsonAnnotator::JsonAnnotator(
    AnnotationBuilder& builder, QByteArrayView utf8, OffsetCursor cursor, qint64 base, const AnnotateOptions& options)
    : m_builder(builder)
    , m_scanner(utf8, options.limits.maxDepth)
    , m_cursor(cursor)
    , m_utf8(utf8)
    , m_base(base)
    , m_done(place(0))
    , m_outside(builder.openNodes())
    , m_checked(options.checked)
{
}

json::Problem JsonAnnotator::run()
{
    while (true) {
        if (m_checked && m_restDepth > 0 && m_scanner.leaveUnchecked(m_restDepth - 1)) {
            leaveRest();
            continue;
        }
        const json::Token next = m_scanner.next();
        if (next == json::Token::End) {
            punctuation(place(m_utf8.size()));
            return {};
        }
        if (next == json::Token::Failed) {
            json::Problem problem = m_scanner.problem();
            problem.offset = static_cast<qsizetype>(failed());
            return problem;
        }
        token(next);
    }
}

void JsonAnnotator::token(json::Token token)
{
    if (m_restDepth >= 0) {
        const bool closes = token == json::Token::ObjectEnd || token == json::Token::ArrayEnd;
        if (closes && m_scanner.depth() < m_restDepth) {
            leaveRest();
        }
        return;
    }
    switch (token) {
    case json::Token::ObjectBegin:
    case json::Token::ArrayBegin:
        openContainer();
        break;
    case json::Token::ObjectEnd:
    case json::Token::ArrayEnd:
        closeContainer();
        break;
    case json::Token::Key: {
        const qint64 begin = place(m_scanner.begin());
        punctuation(begin);
        m_builder.open(FieldKind::Member, begin);
        m_done = place(m_scanner.end());
        m_builder.leaf(FieldKind::Key, begin, m_done);
        break;
    }
    case json::Token::String:
    case json::Token::Number:
    case json::Token::Literal:
        value(kindOf(token));
        break;
    case json::Token::End:
    case json::Token::Failed:
        break;
    }
}

void JsonAnnotator::value(FieldKind kind)
{
    const qint64 begin = place(m_scanner.begin());
    punctuation(begin);
    m_done = place(m_scanner.end());
    m_builder.leaf(kind, begin, m_done);
    endValue();
}

void JsonAnnotator::openContainer()
{
    // The outermost container is the node that was open already; its bracket goes with the first punctuation.
    if (m_scanner.depth() > 1) {
        const qint64 begin = place(m_scanner.begin());
        punctuation(begin);
        m_builder.open(FieldKind::Object, begin);
    }
    restIfFull();
}

void JsonAnnotator::closeContainer()
{
    if (m_scanner.depth() == 0) {
        return; // its bracket goes with the white space that may follow
    }
    const qint64 end = place(m_scanner.end());
    punctuation(end);
    m_builder.close(end);
    endValue();
}

void JsonAnnotator::endValue()
{
    if (m_builder.openKind() == FieldKind::Member) {
        m_builder.close(m_done);
    }
    restIfFull();
}

void JsonAnnotator::restIfFull()
{
    if (m_restDepth < 0 && m_scanner.depth() > 0 && m_builder.isFull(fieldsOfMember)) {
        m_restDepth = m_scanner.depth();
    }
}

void JsonAnnotator::leaveRest()
{
    m_restDepth = m_scanner.depth();
    closeContainer();
}

/// Covers what lies between tokens, or everything that is left out, up to `end`.
void JsonAnnotator::punctuation(qint64 end)
{
    m_builder.leaf(m_restDepth >= 0 ? FieldKind::Rest : FieldKind::Punctuation, m_done, end);
    m_done = end;
}

/// Covers what is left of the text after an error and returns where in the message the error is.
qint64 JsonAnnotator::failed()
{
    const json::Token token = m_scanner.failedToken();
    const bool cut = m_scanner.endedTooSoon();
    const qint64 begin = place(m_scanner.begin());
    const qint64 fault = place(m_scanner.problem().offset);
    const qint64 end = place(m_utf8.size());
    if (m_restDepth >= 0) {
        punctuation(fault);
    } else {
        punctuation(begin);
        if (token == json::Token::Key && fault > begin) {
            m_builder.open(FieldKind::Member, begin);
        }
        m_builder.leaf(kindOf(token), begin, fault, cut);
    }
    m_builder.leaf(FieldKind::Bad, fault, end);
    while (m_builder.openNodes() > m_outside) {
        m_builder.close(end, cut);
    }
    return fault;
}

} // namespace sockeye
