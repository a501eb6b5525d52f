// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/sendlist/prepared_list.h"

namespace sockeye {

tl::expected<QByteArray, QString> PreparedMessage::make(
    const filter::Row& before, const Protocol& protocol, const MacroMoment& moment) const
{
    QByteArray bytes;
    if (typed) {
        bytes = typed->bytes(moment);
    } else if (maker) {
        filter::Run run;
        const filter::Filter all;
        rules::Met met(all, before, run);
        auto made = maker->make(met, protocol, Sender::Client);
        if (!made) {
            return made;
        }
        bytes = *std::move(made);
    }
    bytes += checksum.of(bytes);
    return bytes;
}

} // namespace sockeye
