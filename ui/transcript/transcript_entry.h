// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"
#include "app/exchange/exchange_steps.h"
#include "app/reading/capture.h"
#include "protocol/composer/copy_as.h"

#include <QStringList>

namespace sockeye {

/// What was asked, enough to ask it again or to copy it. Bytes of large requests are only in the capture.
struct SentRequest {
    CopiedRequest request; ///< bytes empty if there are too many
    qint64 size = 0;
};

/// One row of the transcript: something that went out, came in or went wrong.
struct TranscriptEntry {
    enum class Kind : quint8 { Request, Reply, Failed };

    Kind kind = Kind::Request;
    quint64 exchange = 0; ///< which exchange it belongs to, from 1
    qint64 time = 0; ///< nanoseconds since the epoch
    QString text; ///< what it says; for people
    QString detail; ///< sizes and addresses, in a line
    Failure failure; ///< Failed
    bool isErrorReply = false; ///< the server answered, but with an error
    ExchangeSteps steps; ///< Reply, Failed

    // The message in the capture; size 0 where there is none.
    std::shared_ptr<Capture> capture;
    quint32 connection = 0;
    Direction direction = Direction::Out;
    qint64 offset = 0;
    qint64 size = 0;
    qsizetype rowHint = 0; ///< no row of the capture before this one can be the message

    std::shared_ptr<const SentRequest> request;
};

/// The request of an exchange, as it stands before anything is known of it.
[[nodiscard]] TranscriptEntry requestEntry(quint64 number, std::shared_ptr<const SentRequest> request, qint64 time);
/// What is known of the request once the exchange is over.
void completeRequest(TranscriptEntry& entry, const Exchange& exchange);
/// What came of it; nothing for a request that expected no reply and got none.
[[nodiscard]] std::optional<TranscriptEntry> resultEntry(const TranscriptEntry& request, const Exchange& exchange);
/// A failure outside an exchange.
[[nodiscard]] TranscriptEntry failureEntry(const Failure& failure);

} // namespace sockeye
