// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fuzz_target.h"
#include "protocol/kaitai/description.h"

#include <QDir>
#include <QFile>

#include <vector>

namespace sockeye {

/// Those that come along, in the order of their names.
inline const std::vector<std::shared_ptr<const kaitai::Description>>& shippedDescriptions()
{
    static const auto all = [] {
        const QDir folder(QStringLiteral(SOCKEYE_DESCRIPTIONS));
        const auto source = [&](const QString& name, const QString&) -> std::optional<kaitai::Source> {
            QFile file(folder.filePath(name + QStringLiteral(".ksy")));
            return file.open(QIODevice::ReadOnly) ? std::optional(kaitai::Source { name, file.readAll() })
                                                  : std::nullopt;
        };
        std::vector<std::shared_ptr<const kaitai::Description>> out;
        for (const QString& file : folder.entryList({ QStringLiteral("*.ksy") }, QDir::Files, QDir::Name)) {
            const auto text = source(file.chopped(4), {});
            const auto description = text ? kaitai::load(*text, source) : tl::unexpected(QList<kaitai::Mistake>());
            require(description.has_value(), "a description that comes along is wrong");
            out.push_back(*description);
        }
        require(!out.empty(), "no descriptions");
        return out;
    }();
    return all;
}

/// Which of them an input is about: its first byte, with who sends it in the upper bits.
inline const std::shared_ptr<const kaitai::Description>& chosenDescription(std::uint8_t choice)
{
    return shippedDescriptions()[(choice & 0x3f) % shippedDescriptions().size()];
}
inline Sender chosenSender(std::uint8_t choice)
{
    return (choice & 0x40) == 0 ? Sender::Either : (choice & 0x80) == 0 ? Sender::Client : Sender::Server;
}

/// Whether the bytes of a message are told by its values: texts that are none in their encoding do not keep theirs.
inline bool keepsBytes(const QByteArray& json)
{
    return !json.contains("\xef\xbf\xbd");
}

} // namespace sockeye
