// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/annotation/annotation.h"

#include <vector>

namespace sockeye {

/// Grows the tree of an annotation from left to right. Empty leaves are left out, so that every field has bytes.
class AnnotationBuilder {
public:
    AnnotationBuilder(const QByteArray& message, int maxFields);

    /// Begins an inner node inside the one that is open; close() ends it.
    void open(FieldKind kind, qint64 offset, bool unfinished = false);
    void close(qint64 end, bool unfinished = false);
    /// A leaf inside the node that is open, over [begin, end).
    void leaf(FieldKind kind, qint64 begin, qint64 end, bool unfinished = false);

    [[nodiscard]] int openNodes() const { return static_cast<int>(m_open.size()); }
    [[nodiscard]] FieldKind openKind() const;
    /// Fields so far: the index of the one that is added next.
    [[nodiscard]] int fieldCount() const { return static_cast<int>(m_result.m_fields.size()); }
    /// Whether there is no room for `more` fields beyond those that are there.
    [[nodiscard]] bool isFull(int more) const
    {
        return static_cast<int>(m_result.m_fields.size()) + more > m_maxFields;
    }
    [[nodiscard]] const QByteArray& message() const { return m_result.m_bytes; }

    void setError(const Error& error); ///< the first one counts
    void setContent(qint64 offset, qint64 announced);
    void setContentEncoding(Encoding encoding) { m_result.m_contentEncoding = encoding; }
    void setContentType(const QByteArray& mediaType) { m_result.m_contentType = mediaType; }
    void setJson(const QByteArray& json) { m_result.m_json = json; }
    void setTexts(std::shared_ptr<const FieldTexts> texts) { m_result.m_texts = std::move(texts); }

    /// Ends what is still open. The builder is empty afterwards.
    [[nodiscard]] Annotation take();

private:
    struct Open {
        int field = 0;
        int lastChild = -1;
    };
    int add(FieldKind kind, qint64 begin, qint64 end, bool unfinished);

    Annotation m_result;
    std::vector<Open> m_open;
    int m_maxFields = 0;
};

} // namespace sockeye
