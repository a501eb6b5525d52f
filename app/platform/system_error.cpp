// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/system_error.h"

#include <cerrno>
#include <cstring>

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
    case ENODEV: // no interface for that group
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
    case ENOENT:
    case ENOTDIR:
        return FailureCode::NoSuchPath;
    case ENAMETOOLONG:
        return FailureCode::PathTooLong;
    case ENOTSOCK:
        return FailureCode::NotASocket;
    case EPROTOTYPE:
        return FailureCode::OtherSocketType;
    case EDESTADDRREQ:
        return FailureCode::Nameless;
    case EAGAIN:
        return FailureCode::BacklogFull;
    case EMSGSIZE:
        return FailureCode::TooLarge;
    case EMFILE:
    case ENFILE:
        return FailureCode::TooManyFiles;
    case ENOBUFS:
    case ENOMEM:
        return FailureCode::OutOfMemory;
    default:
        return FailureCode::Other;
    }
}

QString systemErrorText(int error)
{
    QString text = qt_error_string(error);
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 32)
    if (const char* const name = ::strerrorname_np(error); name != nullptr && error != 0) {
        return text + u" (" + QLatin1StringView(name) + u')';
    }
#endif
    return text;
}

} // namespace sockeye
