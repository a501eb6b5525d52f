// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/file_saver.h"
#include "ui/conversation/conversation_text.h"

namespace sockeye {

/// A whole conversation that is to become a text file, however long it is.
struct ConversationSaving {
    std::shared_ptr<const Capture> capture;
    ConnectionRecord connection;
    ConversationLook look; ///< but for its bounds
    QString file;
};

/// Turns longer than this come in parts, each with a heading of its own.
inline constexpr qint64 longestSavedTurn = 4 * 1024 * 1024;

/// Writes it all as UTF-8, and gives the file its name when it is whole. Takes long: not for the thread of a window.
[[nodiscard]] SaveResult saveConversation(const ConversationSaving& saving, const SaveProgress& goesOn);

} // namespace sockeye
