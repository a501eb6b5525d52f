// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/recording/chunk_mark.h"
#include "protocol/annotation/annotation.h"
#include "protocol/protocols/registry.h"

#include <memory>
#include <vector>

namespace sockeye {

/// Everything that the inspector's views show of one message. Immutable, made outside the GUI thread, shared by the
/// views.
struct InspectedMessage {
    Annotation annotation; ///< holds the bytes
    std::vector<ChunkMark> chunks; ///< reads or writes of the socket that touch it; offsets in the stream
    qint64 streamOffset = 0; ///< of the first byte
    Direction direction = Direction::In;
    ProtocolPtr protocol = defaultProtocol();
    QByteArray content; ///< what it carries, escapes and chunks undone; all of it where nothing else is known
    QString left; ///< how much of a large message, or of one under way, is here, as a sentence; empty: all of it
    QString told; ///< what is wrong with it, where its bytes do not tell: a gap

    [[nodiscard]] const QByteArray& bytes() const { return annotation.bytes(); }
};

using InspectedMessagePtr = std::shared_ptr<const InspectedMessage>;

} // namespace sockeye
