// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/export_control.h"
#include "app/export/row_choice.h"
#include "app/reading/capture.h"

#include <unordered_map>
#include <vector>

namespace sockeye {

/// What an export will go through, found before it begins: the rows, and the connections that they belong to.
class ExportPlan {
public:
    /// One connection, as far as the chosen rows tell of it. Number 0, the endpoint itself, is none.
    struct Conversation {
        ConnectionFacts facts;
        std::shared_ptr<const TlsFacts> tls; ///< null without TLS
        bool known = false; ///< the capture saw it open; refused ones it did not
        bool closed = false;
        CloseKind closeKind = CloseKind::Orderly; ///< if it is closed
        bool hasIn = false; ///< bytes of that direction
        bool hasOut = false;
        qsizetype lastRow = -1;
    };

    /// Stops early, with whatever it has, when `control` is cancelled.
    ExportPlan(const Capture& capture, const RowChoice& choice, ExportControl& control);

    /// Rows of the capture, in order.
    [[nodiscard]] const std::vector<RowSpan>& spans() const { return m_spans; }
    /// The same, all rows of one connection before those of the next.
    [[nodiscard]] std::vector<RowSpan> spansByConnection(const Capture& capture) const;
    [[nodiscard]] qsizetype rows() const { return m_rows; }
    [[nodiscard]] const std::unordered_map<quint32, Conversation>& conversations() const { return m_conversations; }
    [[nodiscard]] const Conversation& conversation(quint32 connection) const;

    /// What a row costs besides its bytes, in bytes that are copied in the same time.
    static constexpr qint64 rowCost = 256;

private:
    void take(const Capture& capture, qsizetype row);

    std::vector<RowSpan> m_spans;
    std::unordered_map<quint32, Conversation> m_conversations;
    qsizetype m_rows = 0;
    qint64 m_bytes = 0;
};

} // namespace sockeye
