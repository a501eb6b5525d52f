// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/wireshark_script.h"

#include "protocol/dissector/wireshark_dissector.h"

namespace sockeye {

Dissector wiresharkScript(const ProtocolPtr& protocol)
{
    return protocol == defaultProtocol() ? Dissector { wiresharkDissector(), {} } : protocol->dissector();
}

} // namespace sockeye
