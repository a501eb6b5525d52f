// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/description_argument.h"

#include "app/cli/terminal/output.h"
#include "app/descriptions/description_file.h"
#include "app/descriptions/protocol_files.h"
#include "app/storage/input_bytes.h"

namespace sockeye::cli {

namespace {

using Loaded = tl::expected<std::shared_ptr<const kaitai::Description>, QList<kaitai::Mistake>>;

Loaded descriptionAt(const QString& name)
{
    if (!isInputStream(name)) {
        const QString known = protocolFile(name);
        return loadDescription(known.isEmpty() ? name : known);
    }
    const auto text = inputBytes(name, largestDescription);
    return text ? loadDescription(name, *text)
                : tl::unexpected(QList<kaitai::Mistake> { { { name, {}, 0, 0 }, text.error() } });
}

} // namespace

std::shared_ptr<const kaitai::Description> descriptionFrom(const QString& name)
{
    const Loaded loaded = descriptionAt(name);
    for (const kaitai::Mistake& mistake : loaded ? (*loaded)->warnings() + (*loaded)->selfTest() : loaded.error()) {
        complain(describe(mistake));
    }
    return loaded ? *loaded : nullptr;
}

} // namespace sockeye::cli
