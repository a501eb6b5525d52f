// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/comparison/byte_alignment.h"
#include "protocol/comparison/field_pairs.h"
#include "ui/models/message_ref.h"

#include <QString>

#include <functional>
#include <memory>

namespace sockeye {

/// What is compared with something else: a message, or all that one side of a connection said.
struct ComparedSide {
    MessageRef message; ///< of a direction: row -1, with its connection and direction alone
    bool isDirection = false;

    friend bool operator==(const ComparedSide&, const ComparedSide&) = default;
};

/// Of each side so many bytes are compared, and no more.
inline constexpr qint64 mostCompared = 16 * 1024 * 1024;

/// Two sides beside each other. Immutable, made outside the GUI thread.
struct Comparison {
    Annotation left; ///< with the bytes; of a direction without fields
    Annotation right;
    QByteArray leftBytes;
    QByteArray rightBytes;
    QString leftName; ///< "Message of 12:00:01.123456 from the client of connection #3, 103 bytes"
    QString rightName;
    ByteAlignment bytes;
    std::vector<FieldPair> fields; ///< none where a direction is compared
    qsizetype differingFields = 0;
    bool hasFields = false;
    bool isCut = false; ///< there are more bytes than are compared
};

using ComparisonPtr = std::shared_ptr<const Comparison>;

/// Reads the disk: not for the GUI thread. Null when `isWanted` says no.
[[nodiscard]] ComparisonPtr compareSides(
    const ComparedSide& left, const ComparedSide& right, const std::function<bool()>& isWanted);

/// "3 of 120 bytes differ, in 2 places. 1 field of 8 differs.", and what else there is to know.
[[nodiscard]] QString comparisonSentence(const Comparison& comparison);
/// "Place 2 of 5: 3 bytes from 16 (0x10) on became 4 bytes from 16 (0x10) on."
[[nodiscard]] QString placeSentence(const Comparison& comparison, std::size_t run);

} // namespace sockeye
