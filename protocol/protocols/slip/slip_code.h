// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/annotation/named_fields.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace sockeye {

namespace slip {

inline constexpr char end = '\xc0'; ///< of a frame

/// What is wrong inside a frame.
struct Wrong {
    qsizetype offset = 0; ///< in the frame
    QString subject;
    QString expected;
    QString found;
};
/// What a frame carries.
struct Decoded {
    QByteArray data; ///< up to what is wrong
    std::optional<Wrong> wrong;
};
/// `frame` comes without its end.
[[nodiscard]] Decoded decode(QByteArrayView frame);

} // namespace slip

/// Adds the fields of a frame, which begins at `begin` of the message.
void slipFields(NamedFields& fields, QByteArrayView frame, qint64 begin);

} // namespace sockeye
