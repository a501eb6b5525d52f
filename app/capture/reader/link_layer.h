// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// Whether packets of that link type can be read at all.
[[nodiscard]] bool isKnownLink(quint32 linkType);

/// What the link type is called, with its number: "105 (IEEE 802.11)". Never translated: names of standards.
[[nodiscard]] QString linkName(quint32 linkType);

/// Where the IP packet begins in a packet of that link type; -1 if there is none in it.
[[nodiscard]] qsizetype ipOffset(quint32 linkType, QByteArrayView packet);

} // namespace sockeye
