// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/records.h"

#include <optional>

namespace sockeye {

/// A row of the messages table in 24 bytes, as the index keeps millions of them. What does not fit (a row with a text,
/// a message of 4 GiB, a time far from ours) is kept elsewhere, and a stand-in here says where.
class PackedRecord {
public:
    PackedRecord() = default;
    /// None if the record does not fit.
    [[nodiscard]] static std::optional<PackedRecord> of(const MessageRecord& record);
    [[nodiscard]] MessageRecord record() const;

    [[nodiscard]] static PackedRecord standIn(qsizetype index);
    [[nodiscard]] bool isStandIn() const { return (m_time & 1) != 0; }
    [[nodiscard]] qsizetype standsFor() const { return static_cast<qsizetype>(m_offset); }

private:
    qint64 m_time = 0; ///< × 4; + 2: out; + 1: a stand-in
    qint64 m_offset = 0;
    quint32 m_size = 0;
    quint32 m_connection = 0;
};
static_assert(sizeof(PackedRecord) == 24);

} // namespace sockeye
