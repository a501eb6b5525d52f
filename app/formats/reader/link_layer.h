// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// Whether packets of that link type can be read at all; of a type for private use, whether this one can.
[[nodiscard]] bool isKnownLink(quint32 linkType, QByteArrayView packet);

/// What the link type is called, with its number: "105 (IEEE 802.11)". Never translated: names of standards.
[[nodiscard]] QString linkName(quint32 linkType);

/// What a packet holds, as far as its link layer tells.
struct LinkContent {
    qsizetype ip = -1; ///< where the IP packet begins; -1: it holds none, or what follows hides it
    const char* tunnel = nullptr; ///< what hides it: "PPPoE". A name of a standard, as above
    bool isCut = false; ///< the packet ends before that is told
};
[[nodiscard]] LinkContent linkContent(quint32 linkType, QByteArrayView packet);

} // namespace sockeye
