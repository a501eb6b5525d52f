// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"

#include <QMetaType>

#include <memory>

namespace sockeye {

/// Names one message (or one unfinished one) of a capture, for whoever wants to show it. Keeps the capture alive.
struct MessageRef {
    std::shared_ptr<Capture> capture; ///< null: nothing selected
    qsizetype row = -1; ///< in the capture's messages, -1 for what is not (yet) a row
    MessageRecord record;

    friend bool operator==(const MessageRef& a, const MessageRef& b)
    {
        return a.capture == b.capture && a.record.connection == b.record.connection
            && a.record.direction == b.record.direction && a.record.offset == b.record.offset
            && a.record.size == b.record.size && a.row == b.row;
    }
};

} // namespace sockeye

Q_DECLARE_METATYPE(sockeye::MessageRef)
