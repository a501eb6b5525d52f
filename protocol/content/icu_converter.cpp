// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/icu_converter.h"

#include <QByteArrayView>

#include <unicode/ucnv_cb.h>

#include <algorithm>

namespace sockeye {

namespace {

/// ICU's own replacement of a single byte is a control character in many encodings.
void replaceByFffd(const void* /*context*/, UConverterToUnicodeArgs* arguments, const char* /*bytes*/,
    qint32 /*length*/, UConverterCallbackReason reason, UErrorCode* status)
{
    constexpr UChar replacement = 0xfffd;
    if (reason <= UCNV_IRREGULAR) {
        *status = U_ZERO_ERROR;
        ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, status);
    }
}

/// Code pages go by Windows' tables, as everywhere else: what ICU calls cp949 and cp950 are IBM's, with fewer
/// characters.
QByteArray usualName(const QByteArray& name)
{
    const QByteArray lower = name.toLower();
    if (lower == "uhc") {
        return "windows-949";
    }
    const QByteArray number = lower.startsWith("cp") ? lower.sliced(2) : QByteArray();
    const bool isNumber =
        !number.isEmpty() && std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    UErrorCode status = U_ZERO_ERROR;
    const QByteArray windows = QByteArray("windows-").append(number);
    return isNumber && ucnv_countAliases(windows.constData(), &status) > 0 ? windows : name;
}

} // namespace

IcuConverter openConverter(const QByteArray& name)
{
    IcuConverter none(nullptr, &ucnv_close);
    // ICU takes a name with a comma or a path for an option; no encoding has one.
    const bool isName = std::all_of(
        name.begin(), name.end(), [](char c) { return c > ' ' && c <= '~' && !QByteArrayView(",/\\").contains(c); });
    if (!isName || name.isEmpty() || name.size() > 60) {
        return none;
    }
    UErrorCode status = U_ZERO_ERROR;
    IcuConverter converter(ucnv_open(usualName(name).constData(), &status), &ucnv_close);
    if (U_FAILURE(status) || !converter) {
        return none;
    }
    ucnv_setToUCallBack(converter.get(), &replaceByFffd, nullptr, nullptr, nullptr, &status);
    ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    return converter;
}

} // namespace sockeye
