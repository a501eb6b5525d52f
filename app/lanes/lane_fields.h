// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/lanes/lanes_picture.h"

#include <QCache>

#include <memory>

namespace sockeye {

/// What messages are made of, read from the capture and annotated: of those only that are large enough to be seen, and
/// of a bounded number of bytes for a picture. Remembers what was read lately. One thread at a time; reads the disk.
class LaneFields {
public:
    explicit LaneFields(std::shared_ptr<const Capture> capture);

    /// Begins another picture.
    void begin();
    /// Its annotation, or null: it is too much for this picture, or there is nothing to say.
    [[nodiscard]] std::shared_ptr<const Annotation> annotation(const MessageRecord& message, qsizetype row);
    /// What a table says of it; empty where it cannot be read.
    [[nodiscard]] QString summary(const MessageRecord& message, qsizetype row);

private:
    std::shared_ptr<const Capture> m_capture;
    QCache<qsizetype, std::shared_ptr<const Annotation>> m_known; ///< by row; costs are bytes
    QCache<qsizetype, QString> m_summaries;
    qint64 m_left = 0; ///< bytes that may still be read for this picture
    int m_summariesLeft = 0;
};

/// The fields of a message that are large enough to be seen, as deep as there is room for their parts. `row` is that of
/// the message.
[[nodiscard]] std::vector<LaneBox> fieldBoxes(
    const Annotation& annotation, const MessageRecord& message, qsizetype row, const LaneScale& scale);

/// The outermost fields of a message over the time in which they came or went; those of one call together.
[[nodiscard]] std::vector<LaneBox> fieldTimes(const Annotation& annotation, const MessageRecord& message, qsizetype row,
    const LaneStream& stream, const LaneScale& scale, qint64 startTime);

} // namespace sockeye
