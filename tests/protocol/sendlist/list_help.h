// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/registry.h"
#include "protocol/sendlist/list_reader.h"
#include "tests/protocol/filter/filter_row.h"

namespace sockeye {

inline rules::Surroundings listAround(const ProtocolPtr& protocol = defaultProtocol())
{
    rules::Surroundings out;
    out.schema = testSchema();
    out.protocol = protocol;
    out.readFile = [](const QString& name) -> tl::expected<QByteArray, QString> {
        if (name == u"there.bin") {
            return QByteArray("\0\1", 2);
        }
        if (name == u"large.bin") {
            return QByteArray(maxListFiles / 2, 'x');
        }
        return tl::unexpected(QStringLiteral("It is not there."));
    };
    return out;
}

} // namespace sockeye
