// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/dissector/wireshark_dissector.h"
#include "protocol/protocols/app/app_protocol.h"

namespace sockeye {

// Here, because the dissector is made of the tables of that protocol.
Dissector AppProtocol::dissector() const
{
    return { wiresharkDissector(), {} };
}

} // namespace sockeye
