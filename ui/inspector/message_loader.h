// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/inspected_message.h"
#include "ui/models/message_ref.h"

#include <QObject>

#include <functional>
#include <memory>

namespace sockeye {

/// Reads and annotates messages in the threads of Qt's pool. What was asked for last wins: earlier requests are given
/// up at their next step, and their results are thrown away.
class MessageLoader : public QObject {
    Q_OBJECT
public:
    explicit MessageLoader(QObject* parent = nullptr);
    ~MessageLoader() override; ///< does not wait for what is under way

    void load(const MessageRef& message); ///< its capture is not null
    void cancel();

Q_SIGNALS:
    /// In the thread of the loader, later.
    void loaded(const sockeye::InspectedMessagePtr& message);

private:
    struct Channel;
    std::shared_ptr<Channel> m_channel;
};

/// Of a message that is larger, so many bytes are read and shown; more than what may be sent by default takes.
inline constexpr qint64 mostInspected = 64 * 1024 * 1024 + 256 * 1024;

/// Reads and annotates the message, in the calling thread. Gives up (null) when `wanted` says so between two steps.
[[nodiscard]] InspectedMessagePtr inspect(const MessageRef& message, const std::function<bool()>& wanted);

} // namespace sockeye
