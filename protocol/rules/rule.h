// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/after.h"
#include "protocol/base/protocol.h"
#include "protocol/rules/reply_maker.h"

#include <chrono>
#include <functional>
#include <optional>

namespace sockeye::rules {

/// Where rules are used: what they may ask for.
struct Surroundings {
    filter::Schema schema; ///< what `when` and places ask by
    ProtocolPtr protocol; ///< what messages are made in; never null
    bool passesOn = false; ///< a relay, which has something to pass on; else a server
    /// What is wrong with `fault`, in a sentence; empty: nothing. Null: there are no faults here.
    std::function<QString(const QString& spec)> checkFault;
    /// The bytes of a file that a rule names, or why it cannot be read, in a sentence. Null: there are no files here.
    std::function<tl::expected<QByteArray, QString>(const QString& name)> readFile;
};

/// What is done with the messages that a filter matches. A value.
struct Rule {
    QString title; ///< never empty
    filter::Filter when; ///< one without a text matches every message
    std::optional<ReplyMaker> reply;
    std::optional<ReplyMaker> replace;
    bool drop = false;
    std::chrono::microseconds delay { 0 };
    After after = After::Keep;
    QString fault; ///< empty: none
};

} // namespace sockeye::rules
