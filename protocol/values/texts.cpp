// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/text_codec.h"
#include "protocol/text/visible_text.h"
#include "protocol/values/reading_families.h"

namespace sockeye {

namespace {

constexpr qsizetype mostRead = 256;
constexpr qsizetype readAtCursor = 32; // when one byte is selected, text goes on a little

/// The text up to where the bytes are not valid, or no text. A character cut off by the end does not count as
/// invalid.
QString validText(const char* encoding, QByteArrayView bytes)
{
    const QString text = QString::fromUtf8(decodedText(encoding, bytes).value_or(QByteArray()));
    const qsizetype bad = text.indexOf(QChar(QChar::ReplacementCharacter));
    return visibleText(bad < 0 ? text : text.left(bad));
}

ValueReading textReading(const QString& name, const char* encoding, QByteArrayView bytes)
{
    const QString text = validText(encoding, bytes);
    return text.isEmpty() ? noReading(name, readingText("not valid %1 here").arg(name)) : plainReading(name, text);
}

/// Of an encoding whose units have a byte order.
ValueReading unitReading(const QString& name, int unit, const char* little, const char* big, QByteArrayView bytes)
{
    const QByteArrayView whole = bytes.first(bytes.size() - bytes.size() % unit);
    ValueReading reading = orderedReading(name, unit, bytes, [&](bool isLittle) {
        const QString text = validText(isLittle ? little : big, whole);
        return text.isEmpty() ? readingText("not valid") : text;
    });
    reading.width = 0;
    return reading;
}

} // namespace

void addTexts(ValueReadings& out, const SelectedBytes& from)
{
    const qint64 wanted = from.selected > 1 ? from.selected : readAtCursor;
    const QByteArrayView part =
        from.bytes.first(qMin(from.bytes.size(), static_cast<qsizetype>(qMin<qint64>(wanted, mostRead))));
    out.push_back(textReading(QStringLiteral("UTF-8"), "UTF-8", part));
    out.push_back(plainReading(QStringLiteral("Latin-1"), visibleText(QString::fromLatin1(part))));
    out.push_back(unitReading(QStringLiteral("UTF-16"), 2, "UTF-16LE", "UTF-16BE", part));
    out.push_back(unitReading(QStringLiteral("UTF-32"), 4, "UTF-32LE", "UTF-32BE", part));
    struct Named {
        const char* name = nullptr;
        const char* hint = nullptr;
    };
    static constexpr Named regional[] = {
        { "GB 18030", QT_TRANSLATE_NOOP("ValueReadings", "Simplified Chinese; GBK and GB 2312 are parts of it") },
        { "Big5", QT_TRANSLATE_NOOP("ValueReadings", "Traditional Chinese") },
        { "Shift-JIS", QT_TRANSLATE_NOOP("ValueReadings", "Japanese") },
        { "EUC-KR", QT_TRANSLATE_NOOP("ValueReadings", "Korean") },
        { "windows-1252", QT_TRANSLATE_NOOP("ValueReadings", "Western European, of Windows") },
        { "windows-1251", QT_TRANSLATE_NOOP("ValueReadings", "Cyrillic, of Windows") },
    };
    for (const Named& each : regional) {
        const QString name = QString::fromLatin1(each.name);
        out.push_back(textReading(name, QByteArray(each.name).replace(' ', "").constData(), part));
        out.back().hint = readingText(each.hint);
    }
}

} // namespace sockeye
