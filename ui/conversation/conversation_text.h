// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/conversation/conversation_turns.h"
#include "app/reading/capture.h"

#include <functional>

namespace sockeye {

enum class ConversationForm : quint8 { Text, HexDump, CArrays };

struct ConversationLook {
    ConversationForm form = ConversationForm::Text;
    Sender sender = Sender::Either; ///< whose turns are shown
    bool hasHeadings = true; ///< who, when, how long after the turn before it, how much
    ConversationRules rules; ///< but for `first` and `isDatagrams`, which the connection says
};

/// A part of the text that has one colour; ends with a line feed.
struct ConversationPiece {
    QString text;
    Sender sender = Sender::Client;
    bool isHeading = false;

    friend bool operator==(const ConversationPiece&, const ConversationPiece&) = default;
};

/// Tells the turns of one connection, one after the other.
class ConversationTeller {
public:
    ConversationTeller(const Capture& capture, const ConnectionRecord& connection, const ConversationLook& look);

    [[nodiscard]] static ConversationRules rulesOf(const ConnectionRecord& connection, const ConversationLook& look);
    /// The next turn, which has at most some megabytes: its heading and its body, if there are any. Reads the disk.
    [[nodiscard]] std::vector<ConversationPiece> tell(const ConversationTurn& turn);
    [[nodiscard]] bool shows(const ConversationTurn& turn) const;

private:
    const Capture& m_capture;
    const ConnectionRecord& m_connection;
    const ConversationLook m_look;
    qint64 m_before = -1; ///< when the turn before it ended
    int m_clients = 0;
    int m_servers = 0;
};

/// Longer lines of text are broken: no editor likes one of a megabyte.
inline constexpr qsizetype maxConversationLine = 1000;

struct ConversationText {
    std::vector<ConversationPiece> pieces;
    std::size_t turns = 0; ///< that are shown
    qint64 bytes = 0; ///< in them
    bool isCut = false; ///< the connection has more
};

/// Reads the disk: not for the GUI thread. Gives up when `isWanted` says no, and then returns what it has.
[[nodiscard]] ConversationText conversationText(const Capture& capture, const ConnectionRecord& connection,
    const ConversationLook& look, const std::function<bool()>& isWanted);

} // namespace sockeye
