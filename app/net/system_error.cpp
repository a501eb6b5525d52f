// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/system_error.h"

#include <cstring>

namespace sockeye {

QString systemErrorText(int error)
{
    const QString text = qt_error_string(error);
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 32)
    if (const char* const name = ::strerrorname_np(error); name != nullptr && error != 0) {
        return text + u" (" + QLatin1StringView(name) + u')';
    }
#endif
    return text;
}

} // namespace sockeye
