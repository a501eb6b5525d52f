// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/system_error.h"

#include <cerrno>

namespace sockeye {

FailureCode fromSystemError(int error)
{
    switch (error) {
    case 0:
        return FailureCode::None;
    case ECONNREFUSED:
        return FailureCode::Refused;
    case ETIMEDOUT:
        return FailureCode::TimedOut;
    case EHOSTUNREACH:
    case ENETUNREACH:
    case ENETDOWN:
    case EHOSTDOWN:
    case EAFNOSUPPORT:
        return FailureCode::Unreachable;
    case ECONNRESET:
    case EPIPE:
        return FailureCode::Reset;
    case EADDRINUSE:
        return FailureCode::AddressInUse;
    case EADDRNOTAVAIL:
        return FailureCode::AddressNotAvailable;
    case EACCES:
    case EPERM:
        return FailureCode::NotPermitted;
    case EMSGSIZE:
        return FailureCode::TooLarge;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
        return FailureCode::TooManyFiles;
    default:
        return FailureCode::Other;
    }
}

} // namespace sockeye
