// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/app/app_protocol.h"
#include "ui/models/inspected_message.h"

#include <QList>

namespace sockeye {

struct GoldenMessage {
    QByteArray name; ///< "search ring, reply"
    QByteArray bytes;
};

/// Requests and replies of tests/data/vectors.json.
[[nodiscard]] QList<GoldenMessage> goldenMessages();
[[nodiscard]] QByteArray goldenRequest(); ///< search morpheus

/// As the inspector's loader would make it: `pieces` are the sizes of the reads it came in (the last repeats; none: all
/// in one), a millisecond apart.
[[nodiscard]] InspectedMessagePtr inspected(
    const QByteArray& bytes, const QList<qint64>& pieces = {}, const ProtocolPtr& protocol = appProtocol());

/// The number of the field with that label, or -1.
[[nodiscard]] int fieldNamed(const InspectedMessage& message, const QString& label);

} // namespace sockeye
