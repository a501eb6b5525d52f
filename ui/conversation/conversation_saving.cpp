// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/conversation_saving.h"

#include "app/export/pending_file.h"

#include <algorithm>

namespace sockeye {

SaveResult saveConversation(const ConversationSaving& saving, const SaveProgress& goesOn)
{
    SaveResult result;
    PendingFile file(saving.file);
    if (!file.create()) {
        result.failure = file.failure();
        return result;
    }
    ConversationWalk walk(
        *saving.capture, saving.connection.id, ConversationTeller::rulesOf(saving.connection, saving.look));
    ConversationTeller teller(*saving.capture, saving.connection, saving.look);
    const qint64 all = std::max<qint64>(saving.connection.bytesIn + saving.connection.bytesOut, 1);
    qint64 done = 0;
    while (const std::optional<ConversationTurn> turn = walk.next(longestSavedTurn)) {
        if (!goesOn(std::min(static_cast<double>(done) / static_cast<double>(all), 1.0))) {
            result.isCancelled = true;
            return result;
        }
        for (const ConversationPiece& piece : teller.tell(*turn)) {
            file.write(piece.text.toUtf8());
        }
        if (file.failure()) {
            break;
        }
        done += turn->size;
    }
    file.commit();
    result.failure = file.failure();
    return result;
}

} // namespace sockeye
