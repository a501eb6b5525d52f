// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/value_readings.h"

#include "protocol/text/visible_text.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFloat16>
#include <QStringDecoder>
#include <QTimeZone>
#include <QtEndian>

#include <bit>
#include <cmath>

namespace sockeye {

namespace {

constexpr qsizetype maxTextBytes = 256;
constexpr qsizetype textBytesAtCursor = 32; // when one byte is selected, text goes on a little
constexpr qsizetype maxShownBytes = 8; // of hex and bits

QString readingText(const char* text)
{
    return QCoreApplication::translate("ValueReadings", text);
}

ValueReading ordered(const QString& name, int width, QByteArrayView bytes, auto read)
{
    ValueReading reading;
    reading.name = name;
    reading.width = width;
    if (bytes.size() < width) {
        reading.little = reading.big = readingText("needs %1 bytes").arg(width);
        reading.available = false;
    } else {
        reading.little = read(true);
        reading.big = read(false);
    }
    return reading;
}

template <typename T> T load(QByteArrayView bytes, bool little)
{
    return little ? qFromLittleEndian<T>(bytes.data()) : qFromBigEndian<T>(bytes.data());
}

template <typename T> QString integerText(T value)
{
    // Decimal digits without separators: what is copied is used in programs.
    return QString::number(value);
}

template <typename T> void addInteger(std::vector<ValueReading>& out, const QString& name, QByteArrayView bytes)
{
    out.push_back(ordered(name, static_cast<int>(sizeof(T)), bytes,
        [bytes](bool little) { return integerText(load<T>(bytes, little)); }));
}

void addByte(std::vector<ValueReading>& out, QByteArrayView bytes)
{
    const auto value = static_cast<uchar>(bytes[0]);
    out.push_back({ QStringLiteral("uint8"), QString::number(value), {}, 1, false, true });
    out.push_back({ QStringLiteral("int8"), QString::number(static_cast<qint8>(value)), {}, 1, false, true });
}

QString floatText(double value, int digits)
{
    if (std::isnan(value)) {
        return QStringLiteral("NaN");
    }
    if (std::isinf(value)) {
        return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    }
    return QString::number(value, 'g', digits);
}

void addFloats(std::vector<ValueReading>& out, QByteArrayView bytes)
{
    out.push_back(ordered(QStringLiteral("float16"), 2, bytes, [bytes](bool little) {
        return floatText(static_cast<double>(std::bit_cast<qfloat16>(load<quint16>(bytes, little))), 5);
    }));
    out.push_back(ordered(QStringLiteral("float32"), 4, bytes, [bytes](bool little) {
        return floatText(static_cast<double>(std::bit_cast<float>(load<quint32>(bytes, little))), 9);
    }));
    out.push_back(ordered(QStringLiteral("float64"), 8, bytes,
        [bytes](bool little) { return floatText(std::bit_cast<double>(load<quint64>(bytes, little)), 17); }));
}

/// A time that a program of our days may have meant; otherwise a dash, as almost any number is some time.
QString timeText(qint64 value, qint64 perSecond)
{
    constexpr qint64 from = 631'152'000; // 1990-01-01
    constexpr qint64 to = 4'102'444'800; // 2100-01-01
    const qint64 seconds = value / perSecond;
    if (value < 0 || seconds < from || seconds >= to) {
        return QStringLiteral("–");
    }
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(value * (1000 / perSecond), QTimeZone::utc());
    return time.toString(
        perSecond == 1 ? QStringLiteral("yyyy-MM-dd hh:mm:ss") : QStringLiteral("yyyy-MM-dd hh:mm:ss.zzz"));
}

void addTimes(std::vector<ValueReading>& out, QByteArrayView bytes)
{
    out.push_back(ordered(readingText("UTC s, 32-bit"), 4, bytes,
        [bytes](bool little) { return timeText(load<quint32>(bytes, little), 1); }));
    out.push_back(ordered(readingText("UTC s, 64-bit"), 8, bytes,
        [bytes](bool little) { return timeText(load<qint64>(bytes, little), 1); }));
    out.push_back(ordered(readingText("UTC ms, 64-bit"), 8, bytes,
        [bytes](bool little) { return timeText(load<qint64>(bytes, little), 1000); }));
}

ValueReading unordered(const QString& name, const QString& text)
{
    return { name, text, {}, 0, false, true };
}

void addHexAndBits(std::vector<ValueReading>& out, QByteArrayView bytes, qint64 selected)
{
    const auto shown = static_cast<qsizetype>(qMin<qint64>(qMin<qint64>(selected, bytes.size()), maxShownBytes));
    QString hex;
    QString bits;
    for (const char byte : bytes.first(shown)) {
        const auto value = static_cast<uchar>(byte);
        if (!hex.isEmpty()) {
            hex += u' ';
            bits += u"  ";
        }
        hex += QStringLiteral("%1").arg(value, 2, 16, QLatin1Char('0'));
        bits += QString::number(value, 2).rightJustified(8, u'0').insert(4, u' ');
    }
    if (shown < selected) {
        hex += u" …";
        bits += u" …";
    }
    out.push_back(unordered(readingText("hex"), hex));
    out.push_back(unordered(readingText("bits"), bits));
}

/// The text up to where the bytes are not valid, or no text. A character cut off by the end does not count as
/// invalid.
QString decoded(QByteArrayView bytes, QStringConverter::Encoding encoding)
{
    QStringDecoder decoder(encoding, QStringConverter::Flag::ConvertInitialBom);
    const QString text = decoder(bytes);
    const qsizetype bad = text.indexOf(QChar(QChar::ReplacementCharacter));
    return visibleText(bad < 0 ? text : text.left(bad));
}

void addText(std::vector<ValueReading>& out, QByteArrayView bytes, qint64 selected)
{
    const qint64 wanted = selected > 1 ? selected : textBytesAtCursor;
    const QByteArrayView part =
        bytes.first(qMin(bytes.size(), static_cast<qsizetype>(qMin<qint64>(wanted, maxTextBytes))));
    const QString utf8 = decoded(part, QStringConverter::Utf8);
    ValueReading reading = unordered(QStringLiteral("UTF-8"), utf8);
    if (utf8.isEmpty()) {
        reading.little = readingText("not valid UTF-8 here");
        reading.available = false;
    }
    out.push_back(reading);
    out.push_back(unordered(QStringLiteral("Latin-1"), visibleText(QString::fromLatin1(part))));
    const QByteArrayView pairs = part.first(part.size() & ~qsizetype { 1 });
    out.push_back(ordered(QStringLiteral("UTF-16"), 2, part, [pairs](bool little) {
        const QString text = decoded(pairs, little ? QStringConverter::Utf16LE : QStringConverter::Utf16BE);
        return text.isEmpty() ? readingText("not valid") : text;
    }));
    out.back().width = 0;
}

} // namespace

std::vector<ValueReading> valueReadings(QByteArrayView bytes, qint64 selected)
{
    std::vector<ValueReading> out;
    if (bytes.isEmpty()) {
        return out;
    }
    addByte(out, bytes);
    addInteger<quint16>(out, QStringLiteral("uint16"), bytes);
    addInteger<qint16>(out, QStringLiteral("int16"), bytes);
    addInteger<quint32>(out, QStringLiteral("uint32"), bytes);
    addInteger<qint32>(out, QStringLiteral("int32"), bytes);
    addInteger<quint64>(out, QStringLiteral("uint64"), bytes);
    addInteger<qint64>(out, QStringLiteral("int64"), bytes);
    addFloats(out, bytes);
    addHexAndBits(out, bytes, selected);
    addText(out, bytes, selected);
    addTimes(out, bytes);
    return out;
}

} // namespace sockeye
