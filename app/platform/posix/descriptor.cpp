// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/posix/descriptor.h"

#include <unistd.h>

namespace sockeye {

void Descriptor::close()
{
    if (m_number >= 0) {
        ::close(release());
    }
}

} // namespace sockeye
