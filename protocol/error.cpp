// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/error.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

/// The sentence of each code, with %1 subject, %2 expected, %3 found.
const char* sentence(ErrorCode code)
{
    switch (code) {
    case ErrorCode::EmptyHeader:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The fixed header announces a JSON header of 0 bytes.");
    case ErrorCode::HeaderNotUtf8:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The JSON header is not valid UTF-8: found %3.");
    case ErrorCode::HeaderNotJson:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The JSON header is not JSON: expected %2, found %3.");
    case ErrorCode::HeaderNotObject:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The JSON header must be a JSON object, but is %3.");
    case ErrorCode::MissingHeader:
        return QT_TRANSLATE_NOOP("sockeye::Error", "Missing required header \"%1\".");
    case ErrorCode::WrongHeaderType:
    case ErrorCode::BadContentLength:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The header \"%1\" must be %2, but is %3.");
    case ErrorCode::ContentTooLong:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The content is too long: expected %2, found %3.");
    case ErrorCode::UnknownEncoding:
        return QT_TRANSLATE_NOOP("sockeye::Error", "Unknown content encoding %3.");
    case ErrorCode::ContentNotInEncoding:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The content is not valid %1: found %3.");
    case ErrorCode::ContentNotJson:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The %1 is not JSON: expected %2, found %3.");
    case ErrorCode::TooDeep:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The JSON of the %1 is nested too deep: expected %2.");
    case ErrorCode::Truncated:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The connection closed %3 into %2.");
    case ErrorCode::LineTooLong:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The line is too long: expected %2.");
    case ErrorCode::BadValue:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The %1 must be %2, but is %3.");
    case ErrorCode::Unexpected:
        return QT_TRANSLATE_NOOP("sockeye::Error", "In the %1, %2 must follow, but there is %3.");
    case ErrorCode::TooLong:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The %1 is too long: expected %2, found %3.");
    case ErrorCode::NestedTooDeep:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The %1 is nested too deep: expected %2.");
    case ErrorCode::NotJson:
        return QT_TRANSLATE_NOOP("sockeye::Error", "The %1 is not JSON: expected %2, found %3.");
    case ErrorCode::NotAsDescribed:
        return "%3";
    }
    return "";
}

/// Fills in the sentence. What a peer sent may itself hold "%1": each part is put in once and not looked at again.
QString fill(const QString& text, const Error& error)
{
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        const QChar digit = i + 1 < text.size() ? text.at(i + 1) : QChar();
        if (c == u'%' && digit >= u'1' && digit <= u'3') {
            out += digit == u'1' ? error.subject : digit == u'2' ? error.expected : error.found;
            ++i;
        } else {
            out += c;
        }
    }
    return out;
}

} // namespace

QLatin1StringView codeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::EmptyHeader:
        return QLatin1StringView("empty-header");
    case ErrorCode::HeaderNotUtf8:
        return QLatin1StringView("header-not-utf8");
    case ErrorCode::HeaderNotJson:
        return QLatin1StringView("header-not-json");
    case ErrorCode::HeaderNotObject:
        return QLatin1StringView("header-not-object");
    case ErrorCode::MissingHeader:
        return QLatin1StringView("missing-header");
    case ErrorCode::WrongHeaderType:
        return QLatin1StringView("wrong-header-type");
    case ErrorCode::BadContentLength:
        return QLatin1StringView("bad-content-length");
    case ErrorCode::ContentTooLong:
        return QLatin1StringView("content-too-long");
    case ErrorCode::UnknownEncoding:
        return QLatin1StringView("unknown-encoding");
    case ErrorCode::ContentNotInEncoding:
        return QLatin1StringView("content-not-in-encoding");
    case ErrorCode::ContentNotJson:
        return QLatin1StringView("content-not-json");
    case ErrorCode::TooDeep:
        return QLatin1StringView("too-deep");
    case ErrorCode::Truncated:
        return QLatin1StringView("truncated");
    case ErrorCode::LineTooLong:
        return QLatin1StringView("line-too-long");
    case ErrorCode::BadValue:
        return QLatin1StringView("bad-value");
    case ErrorCode::Unexpected:
        return QLatin1StringView("unexpected");
    case ErrorCode::TooLong:
        return QLatin1StringView("too-long");
    case ErrorCode::NestedTooDeep:
        return QLatin1StringView("nested-too-deep");
    case ErrorCode::NotJson:
        return QLatin1StringView("not-json");
    case ErrorCode::NotAsDescribed:
        return QLatin1StringView("not-as-described");
    }
    return QLatin1StringView("unknown");
}

QString describe(const Error& error)
{
    return fill(QCoreApplication::translate("sockeye::Error", sentence(error.code)), error);
}

QByteArrayView wireSentence(ErrorCode code)
{
    return sentence(code);
}

QString wireText(const Error& error)
{
    return fill(QString::fromUtf8(sentence(error.code)), error);
}

} // namespace sockeye
