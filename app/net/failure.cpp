// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/failure.h"

#include "app/net/failure_texts.h"
#include "app/net/unix_failure_texts.h"

#include <QCoreApplication>

#include <span>

namespace sockeye {

namespace {

const FailureTexts& textsOf(FailureCode code)
{
    for (const FailureTexts& texts : failureTexts) {
        if (texts.code == code) {
            return texts;
        }
    }
    return failureTexts[std::size(failureTexts) - 1];
}

QString translated(const char* text)
{
    return *text == '\0' ? QString() : QCoreApplication::translate("sockeye::Failure", text);
}

/// The usual texts, or those of `special` where it has others.
Failure withTextsOf(std::span<const FailureTexts> special, FailureCode code, const QString& subject)
{
    Failure failure = makeFailure(code, subject);
    for (const FailureTexts& texts : special) {
        if (texts.code == code) {
            failure.what = translated(texts.what).arg(subject);
            failure.meaning = translated(texts.meaning);
            failure.advice = translated(texts.advice);
        }
    }
    return failure;
}

} // namespace

QString Failure::oneLine() const
{
    QString line = what;
    for (const QString* part : { &meaning, &advice }) {
        if (!part->isEmpty()) {
            line += line.isEmpty() ? *part : QString(u' ' + *part);
        }
    }
    return line;
}

QLatin1StringView codeName(FailureCode code)
{
    return QLatin1StringView(textsOf(code).name);
}

Failure makeFailure(FailureCode code, const QString& subject, const QString& detail)
{
    Failure failure;
    failure.code = code;
    if (code == FailureCode::None) {
        return failure;
    }
    const FailureTexts& texts = textsOf(code);
    failure.what = translated(texts.what).arg(subject);
    // What the system or the protocol says of this very case tells more than what the code means in general.
    failure.meaning = detail.isEmpty() ? translated(texts.meaning) : detail;
    const QChar last = failure.meaning.isEmpty() ? QChar(u'.') : failure.meaning.back();
    if (last.isLetterOrNumber() || last == u')') {
        failure.meaning += u'.'; // the system's own texts are no sentences
    }
    failure.advice = translated(texts.advice);
    return failure;
}

Failure makeDatagramFailure(FailureCode code, const QString& subject)
{
    return withTextsOf(datagramTexts, code, subject);
}

Failure makeUnixFailure(FailureCode code, const QString& subject)
{
    return withTextsOf(unixTexts, code == FailureCode::Forbidden ? FailureCode::NotPermitted : code, subject);
}

Failure makeFailure(FailureCode code, const QString& subject, Circumstance circumstance, const QString& who)
{
    Failure failure = makeFailure(code, subject);
    const auto put = [&](QString& part, const char* text) {
        if (*text != '\0') {
            part = translated(text);
            // Not one after the other: what is put in may hold a %2 of its own.
            part = part.contains(u"%1") && part.contains(u"%2") ? part.arg(subject, who)
                : part.contains(u"%1")                          ? part.arg(subject)
                                                                : part.replace(QLatin1StringView("%2"), who);
        }
    };
    for (const CircumstanceTexts& texts : circumstanceTexts) {
        if (texts.circumstance == circumstance) {
            put(failure.what, texts.what);
            put(failure.meaning, texts.meaning);
            put(failure.advice, texts.advice);
        }
    }
    return failure;
}

Failure makeConnectFailure(FailureCode code, const QString& subject)
{
    return makeFailure(code, subject,
        code == FailureCode::AddressNotAvailable ? Circumstance::NothingToConnectFrom : Circumstance::None);
}

FailureCode fromSocketError(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        return FailureCode::Refused;
    case QAbstractSocket::RemoteHostClosedError:
        return FailureCode::ClosedEarly;
    case QAbstractSocket::HostNotFoundError:
        return FailureCode::NameNotFound;
    case QAbstractSocket::SocketAccessError:
        return FailureCode::NotPermitted;
    case QAbstractSocket::SocketResourceError:
        return FailureCode::TooManyFiles;
    case QAbstractSocket::SocketTimeoutError:
        return FailureCode::TimedOut;
    case QAbstractSocket::NetworkError:
        return FailureCode::Unreachable;
    case QAbstractSocket::AddressInUseError:
        return FailureCode::AddressInUse;
    case QAbstractSocket::SocketAddressNotAvailableError:
        return FailureCode::AddressNotAvailable;
    case QAbstractSocket::DatagramTooLargeError:
        return FailureCode::TooLarge;
    default:
        return FailureCode::Other;
    }
}

} // namespace sockeye
