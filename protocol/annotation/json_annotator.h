// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/annotation/annotation_builder.h"
#include "protocol/json/json_scanner.h"
#include "protocol/text/decoder.h"

namespace sockeye {

/// Adds the fields of one JSON text to the node that is open in the builder: members and values for an object or array
/// at the top, else the value; as far as the text is right, then what is wrong.
class JsonAnnotator {
public:
    /// `utf8` is the text decoded from bytes of the message that begin at `base`; `cursor` knows which byte is which.
    JsonAnnotator(AnnotationBuilder& builder, QByteArrayView utf8, OffsetCursor cursor, qint64 base,
        const AnnotateOptions& options);

    /// Covers the bytes from the end of the byte order mark to the end of the text. Says what is wrong, with an offset
    /// in the message and Kind::None if nothing is.
    [[nodiscard]] json::Problem run();

    /// Whether the text was right as far as it went, but ended too soon.
    [[nodiscard]] bool endedTooSoon() const { return m_scanner.endedTooSoon(); }

private:
    void token(json::Token token);
    void value(FieldKind kind);
    void openContainer();
    void closeContainer();
    void endValue();
    qint64 failed();
    void restIfFull();
    void leaveRest();
    void punctuation(qint64 end);
    [[nodiscard]] qint64 place(qsizetype utf8Offset) { return m_base + m_cursor.sourceOffset(utf8Offset); }

    AnnotationBuilder& m_builder;
    json::Scanner m_scanner;
    OffsetCursor m_cursor;
    QByteArrayView m_utf8;
    qint64 m_base = 0;
    qint64 m_done = 0; ///< everything before is in a field
    int m_outside = 0; ///< nodes that were open in the builder before
    bool m_checked = false; ///< as AnnotateOptions::checked
    int m_restDepth = -1; ///< once the tree is full: containers that are open both in it and in the text
};

} // namespace sockeye
