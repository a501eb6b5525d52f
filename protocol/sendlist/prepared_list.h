// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/composer/typed_text.h"
#include "protocol/rules/reply_maker.h"

#include <chrono>
#include <optional>
#include <vector>

namespace sockeye {

/// A message of a send list, ready to be sent. A value; any thread may ask.
struct PreparedMessage {
    QString title; ///< never empty
    std::optional<TypedText> typed; ///< a text
    std::optional<rules::ReplyMaker> maker; ///< anything else
    AppendedChecksum checksum;
    std::optional<filter::Filter> expect; ///< what its reply has to match
    QByteArray expectBytes; ///< what has to be in its reply; empty: nothing
    QString expectText; ///< the same for people
    std::optional<std::chrono::microseconds> within; ///< how long the reply may take
    std::chrono::microseconds pause { 0 }; ///< after it
    bool reply = true; ///< one is waited for

    [[nodiscard]] bool expectsSomething() const { return expect || !expectBytes.isEmpty(); }

    /// Its bytes. `before` is what the message before it was answered with: places are filled from it. `protocol` is
    /// what clients speak of the one that the list was read for. The error is a sentence.
    [[nodiscard]] tl::expected<QByteArray, QString> make(
        const filter::Row& before, const Protocol& protocol, const MacroMoment& moment) const;
};

/// A send list, ready to be sent. Immutable, shared.
struct PreparedList {
    qint64 loop = 1; ///< 0: until stopped
    bool goesOn = false; ///< after a failure, or a reply that was not expected
    std::vector<PreparedMessage> messages;
};

} // namespace sockeye
