// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/text_macro.h"

#include "protocol/text/utc_text.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>
#include <QList>

#include <algorithm>

namespace sockeye {

namespace {

using Kind = TextMacro::Kind;

constexpr qint64 mostRandom = 65'536;
constexpr qint64 mostFirst = 1'000'000'000'000'000'000;

QString macroText(const char* text)
{
    return QCoreApplication::translate("sockeye::TextMacro", text);
}

struct Row {
    QStringView name;
    Kind kind {};
    qint64 fallback = 0; ///< where no number stands
    qint64 least = 0;
    qint64 most = 0; ///< 0: takes no number
    QStringView example;
};

constexpr Row rows[] = {
    { u"time", Kind::Time, 0, 0, 0, u"{{time}}" },
    { u"uuid", Kind::Uuid, 0, 0, 0, u"{{uuid}}" },
    { u"counter", Kind::Counter, 1, 0, mostFirst, u"{{counter}}" },
    { u"random", Kind::Random, 8, 1, mostRandom, u"{{random 8}}" },
};

struct Unit {
    QStringView name;
    qint64 nanoseconds = 0;
};

constexpr Unit units[] = { { u"s", 1'000'000'000 }, { u"ms", 1'000'000 }, { u"us", 1'000 } };

/// "2026-11-27T09:30:00.123Z"
QString dateText(qint64 nanoseconds)
{
    const qint64 milliseconds = nanoseconds / 1'000'000;
    return QString(
        utcText(milliseconds / 1000, 'T') % u'.' % QString::number(milliseconds % 1000).rightJustified(3, u'0') % u'Z');
}

QString uuidText(const std::function<quint32()>& random)
{
    QString digits;
    for (int i = 0; i < 4; ++i) {
        digits += QString::number(random(), 16).rightJustified(8, u'0');
    }
    digits[12] = u'4'; // version
    digits[16] = QStringView(u"89ab")[QString(digits[16]).toInt(nullptr, 16) % 4]; // variant
    return digits.first(8) + u'-' + digits.sliced(8, 4) + u'-' + digits.sliced(12, 4) + u'-' + digits.sliced(16, 4)
        + u'-' + digits.sliced(20);
}

QString randomText(qint64 size, const std::function<quint32()>& random)
{
    constexpr QStringView letters = u"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    QString text(size, Qt::Uninitialized);
    std::generate(text.begin(), text.end(),
        [&] { return letters[static_cast<qsizetype>(random() % static_cast<quint32>(letters.size()))]; });
    return text;
}

} // namespace

QString TextMacro::expanded(const MacroMoment& moment) const
{
    const std::function<quint32()> random = moment.random ? moment.random : [] { return quint32(0); };
    switch (kind) {
    case Kind::Time:
        return number > 0 ? QString::number(moment.time / number) : dateText(moment.time);
    case Kind::Uuid:
        return uuidText(random);
    case Kind::Counter:
        return QString::number(static_cast<quint64>(number) + moment.number);
    case Kind::Random:
        return randomText(number, random);
    }
    return {};
}

filter::Result<TextMacro> readMacro(QStringView words, qsizetype at)
{
    const QStringView whole = words.trimmed();
    const qsizetype blank = whole.indexOf(u' ');
    const QStringView name = whole.first(blank < 0 ? whole.size() : blank);
    const QStringView argument = blank < 0 ? QStringView() : whole.sliced(blank).trimmed();
    const auto row = std::find_if(std::begin(rows), std::end(rows),
        [name](const Row& each) { return each.name.compare(name, Qt::CaseInsensitive) == 0; });
    if (row == std::end(rows)) {
        return filter::wrong(at, words.size(),
            macroText(QT_TRANSLATE_NOOP("sockeye::TextMacro", "There is no macro “%1”: there are %2."))
                .arg(visibleText(name.left(40)), macroExamples().join(u", ")));
    }
    TextMacro macro { row->kind, row->fallback };
    if (argument.isEmpty()) {
        return macro;
    }
    if (row->kind == Kind::Time) {
        const auto unit = std::find_if(
            std::begin(units), std::end(units), [argument](const Unit& each) { return each.name == argument; });
        if (unit == std::end(units)) {
            return filter::wrong(at, words.size(),
                macroText(QT_TRANSLATE_NOOP("sockeye::TextMacro",
                    "{{time}} is a date; {{time s}}, {{time ms}} and {{time us}} are numbers since 1970.")));
        }
        macro.number = unit->nanoseconds;
        return macro;
    }
    bool isNumber = false;
    macro.number = argument.toLongLong(&isNumber);
    if (!isNumber || row->most == 0 || macro.number < row->least || macro.number > row->most) {
        return filter::wrong(at, words.size(),
            row->most == 0 ? macroText(QT_TRANSLATE_NOOP("sockeye::TextMacro", "{{%1}} takes nothing behind its name."))
                                 .arg(row->name)
                           : macroText(QT_TRANSLATE_NOOP("sockeye::TextMacro",
                                           "Behind {{%1}} a whole number from %2 to %3 is expected."))
                                 .arg(row->name.toString(), QString::number(row->least), QString::number(row->most)));
    }
    return macro;
}

QStringList macroExamples()
{
    QStringList examples;
    for (const Row& row : rows) {
        examples.append(row.example.toString());
    }
    return examples;
}

} // namespace sockeye
