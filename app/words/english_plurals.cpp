// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/words/english_plurals.h"

#include "protocol/text/describe_bytes.h"

#include <cstring>

namespace sockeye {

namespace {

struct Form {
    QLatin1StringView several;
    QLatin1StringView one;
};

/// What our sentences say of several, and of one.
constexpr Form forms[] = {
    { QLatin1StringView(" are not shown"), QLatin1StringView(" is not shown") },
    { QLatin1StringView(" are not put together"), QLatin1StringView(" is not put together") },
    { QLatin1StringView(" that are closed"), QLatin1StringView(" that is closed") },
    { QLatin1StringView(" that hold "), QLatin1StringView(" that holds ") },
    { QLatin1StringView("what they carried"), QLatin1StringView("what it carried") },
    { QLatin1StringView("they came faster"), QLatin1StringView("it came faster") },
    { QLatin1StringView("their sequence numbers are"), QLatin1StringView("its sequence number is") },
    { QLatin1StringView("they contradict each other"), QLatin1StringView("it contradicts another one") },
    { QLatin1StringView("are of a kind"), QLatin1StringView("is of a kind") },
    { QLatin1StringView("were left out"), QLatin1StringView("was left out") },
};

} // namespace

QString EnglishPlurals::translate(
    const char* /*context*/, const char* sourceText, const char* /*disambiguation*/, int n) const
{
    constexpr QLatin1StringView ending("(s)");
    constexpr QLatin1StringView number("%n");
    constexpr int fourDigits = 1'000;
    if (n < 0 || sourceText == nullptr
        || (std::strstr(sourceText, ending.data()) == nullptr
            && (n < fourDigits || std::strstr(sourceText, number.data()) == nullptr))) {
        return {}; // as it is written
    }
    QString text = QString::fromUtf8(sourceText);
    text.replace(number, groupedDigits(n)); // as all other numbers are written
    text.replace(ending, n == 1 ? QLatin1StringView() : QLatin1StringView("s"));
    if (n == 1) {
        for (const Form& form : forms) {
            text.replace(form.several, form.one);
        }
    }
    return text;
}

} // namespace sockeye
