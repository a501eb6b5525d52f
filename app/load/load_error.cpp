// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_error.h"

#include <QCoreApplication>

#include <numeric>

namespace sockeye {

namespace {

struct LoadErrorTexts {
    LoadError error;
    FailureCode failure;
    const char* name;
    const char* text;
};

constexpr std::array<LoadErrorTexts, loadErrorCount> loadErrorTexts { {
    { LoadError::Refused, FailureCode::Refused, "refused",
        QT_TRANSLATE_NOOP("sockeye::LoadError", "Connection refused (ECONNREFUSED)") },
    { LoadError::ConnectTimedOut, FailureCode::TimedOut, "connect-timed-out",
        QT_TRANSLATE_NOOP("sockeye::LoadError", "Connection timed out (ETIMEDOUT)") },
    { LoadError::ConnectFailed, FailureCode::Unreachable, "connect-failed",
        QT_TRANSLATE_NOOP("sockeye::LoadError", "Not connected") },
    { LoadError::NoPorts, FailureCode::AddressNotAvailable, "no-ports",
        QT_TRANSLATE_NOOP("sockeye::LoadError", "No free port to connect from (EADDRNOTAVAIL)") },
    { LoadError::NoDescriptors, FailureCode::TooManyFiles, "no-descriptors",
        QT_TRANSLATE_NOOP("sockeye::LoadError", "Too many open files (EMFILE)") },
    { LoadError::NoMemory, FailureCode::OutOfMemory, "no-memory",
        QT_TRANSLATE_NOOP("sockeye::LoadError", "Cannot allocate memory (ENOMEM)") },
    { LoadError::ProxyFailed, FailureCode::ProxyFailed, "proxy-failed",
        QT_TRANSLATE_NOOP("sockeye::LoadError", "Not connected by the proxy") },
    { LoadError::TlsFailed, FailureCode::TlsBroken, "tls-failed",
        QT_TRANSLATE_NOOP("sockeye::LoadError", "TLS failed") },
    { LoadError::Reset, FailureCode::Reset, "reset",
        QT_TRANSLATE_NOOP("sockeye::LoadError", "Connection reset by peer (ECONNRESET)") },
    { LoadError::ClosedEarly, FailureCode::ClosedEarly, "closed-early",
        QT_TRANSLATE_NOOP("sockeye::LoadError", "Unexpected end of stream (EOF)") },
    { LoadError::TimedOut, FailureCode::NoReply, "timed-out",
        QT_TRANSLATE_NOOP("sockeye::LoadError", "Reply timed out") },
    { LoadError::WrongReply, FailureCode::BadMessage, "wrong-reply",
        QT_TRANSLATE_NOOP("sockeye::LoadError", "Wrong reply") },
    { LoadError::Abandoned, FailureCode::BadMessage, "abandoned",
        QT_TRANSLATE_NOOP("sockeye::LoadError", "Given up behind a wrong reply") },
} };

} // namespace

QLatin1StringView loadErrorName(LoadError error)
{
    return QLatin1StringView(loadErrorTexts[static_cast<std::size_t>(error)].name);
}

QString loadErrorText(LoadError error)
{
    return QCoreApplication::translate("sockeye::LoadError", loadErrorTexts[static_cast<std::size_t>(error)].text);
}

qint64 totalOf(const LoadErrors& errors)
{
    return std::accumulate(errors.begin(), errors.end(), qint64(0));
}

LoadError connectError(FailureCode code)
{
    switch (code) {
    case FailureCode::Refused:
        return LoadError::Refused;
    case FailureCode::TimedOut:
        return LoadError::ConnectTimedOut;
    case FailureCode::AddressNotAvailable:
        return LoadError::NoPorts;
    case FailureCode::TooManyFiles:
        return LoadError::NoDescriptors;
    case FailureCode::OutOfMemory:
        return LoadError::NoMemory;
    case FailureCode::Reset:
        return LoadError::Reset;
    case FailureCode::ProxyFailed:
        return LoadError::ProxyFailed;
    case FailureCode::TlsNotSpoken:
    case FailureCode::TlsSilent:
    case FailureCode::TlsEnded:
    case FailureCode::TlsNoCommon:
    case FailureCode::TlsAlert:
    case FailureCode::TlsBroken:
    case FailureCode::CertificateExpired:
    case FailureCode::CertificateNotYetValid:
    case FailureCode::CertificateSelfSigned:
    case FailureCode::CertificateUnknownIssuer:
    case FailureCode::CertificateWrongName:
    case FailureCode::CertificateRevoked:
    case FailureCode::CertificateInvalid:
    case FailureCode::CertificateRefused:
    case FailureCode::CertificateWanted:
    case FailureCode::TlsSetup:
        return LoadError::TlsFailed;
    default:
        return LoadError::ConnectFailed;
    }
}

Failure failureOf(LoadError error, const QString& subject, Transport transport)
{
    const auto text = [](const char* words) { return QCoreApplication::translate("sockeye::LoadError", words); };
    const FailureCode code = loadErrorTexts[static_cast<std::size_t>(error)].failure;
    switch (error) {
    case LoadError::NoPorts: {
        Failure failure = makeFailure(code, subject, Circumstance::NothingToConnectFrom);
        failure.meaning = text("Each port that a connection had stays taken for a minute (TIME_WAIT) on the side that "
                               "closes first, and that is this one: there are some 28,000 of them.");
        failure.advice = text("Let the server close after its reply (one exchange a connection), keep connections "
                              "(mode keep), or ask fewer requests a second.");
        return failure;
    }
    case LoadError::WrongReply:
    case LoadError::Abandoned: {
        Failure failure = makeFailure(code, subject);
        failure.what = text("%1 gave another reply than the right one.").arg(subject);
        failure.meaning = text("Its bytes differ from what the wire protocol or the first reply says.");
        failure.advice = text("Compare the first wrong reply with the expected one: the place is marked.");
        return failure;
    }
    default:
        return transport == Transport::Udp ? makeDatagramFailure(code, subject) : makeFailure(code, subject);
    }
}

} // namespace sockeye
