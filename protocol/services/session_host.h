// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/row.h"
#include "protocol/framing/frame.h"

#include <QByteArrayView>
#include <QString>

#include <chrono>
#include <functional>

namespace sockeye {

/// What a session may ask of who carries its connection, besides bytes. Lives as long as the session, in its thread.
class SessionHost {
public:
    virtual ~SessionHost() = default;
    SessionHost(const SessionHost&) = delete;
    SessionHost& operator=(const SessionHost&) = delete;

    /// The message that is being answered, as filters see it: by the names that filters of recorded things use. Valid
    /// until the next call.
    [[nodiscard]] virtual const filter::Row& row(const Frame& frame, QByteArrayView bytes) = 0;
    /// Which rule the message met, by its title; empty: none. Said once for each message.
    virtual void met(const Frame& frame, const QString& rule) = 0;
    /// Something that could not be done as it was asked for.
    virtual void trouble(const QString& text) = 0;
    /// Has a fault strike a reply.
    virtual void strike(const QString& fault, QByteArray& reply) = 0;
    /// Has `call` called after that time, from the event loop, also when the session has gone.
    virtual void later(std::chrono::microseconds time, std::function<void()> call) = 0;

protected:
    SessionHost() = default;
};

} // namespace sockeye
