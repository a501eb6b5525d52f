// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/description_argument.h"

#include "app/cli/terminal/output.h"
#include "app/descriptions/description_file.h"
#include "app/descriptions/protocol_files.h"

namespace sockeye::cli {

std::shared_ptr<const kaitai::Description> descriptionFrom(const QString& fileName)
{
    const QString known = protocolFile(fileName);
    const auto loaded = loadDescription(known.isEmpty() ? fileName : known);
    for (const kaitai::Mistake& mistake : loaded ? (*loaded)->warnings() + (*loaded)->selfTest() : loaded.error()) {
        complain(describe(mistake));
    }
    return loaded ? *loaded : nullptr;
}

} // namespace sockeye::cli
