// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/rules/rule.h"
#include "protocol/sendlist/prepared_list.h"
#include "protocol/sendlist/send_list.h"

#include <QList>

namespace sockeye {

/// A send list as it was read, and what is wrong with it, in the order of the text.
struct ReadSendList {
    SendList list;
    PreparedList prepared; ///< of the same messages
    QList<rules::Mistake> mistakes; ///< warnings among them

    [[nodiscard]] bool isRight() const; ///< it can be sent: there are warnings at most
};

inline constexpr std::size_t maxListMessages = 1000;
inline constexpr qint64 maxListLoops = 1'000'000'000;
inline constexpr qsizetype maxListFiles = 64 * 1024 * 1024; ///< bytes, of all files that a list names

/// Of a text in TOML. `around`: the protocol that messages are made in, what replies are asked by, and files.
[[nodiscard]] ReadSendList readSendList(QStringView text, const rules::Surroundings& around);

} // namespace sockeye
