// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/described/described_protocol.h"

namespace sockeye {

Dissector DescribedProtocol::dissector() const
{
    const kaitai::LuaDissector made = m_description->dissector();
    return { made.lua, made.missing };
}

} // namespace sockeye
