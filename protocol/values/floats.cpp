// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/values/reading_families.h"

#include <QFloat16>

#include <bit>
#include <cmath>

namespace sockeye {

namespace {

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

} // namespace

void addFloats(ValueReadings& out, const SelectedBytes& from)
{
    const QByteArrayView bytes = from.bytes;
    out.push_back(orderedReading(QStringLiteral("float16"), 2, bytes, [bytes](bool little) {
        return floatText(static_cast<double>(std::bit_cast<qfloat16>(loaded<quint16>(bytes, little))), 5);
    }));
    out.push_back(orderedReading(QStringLiteral("bfloat16"), 2, bytes, [bytes](bool little) {
        const quint32 upperHalf = quint32 { loaded<quint16>(bytes, little) } << 16;
        return floatText(static_cast<double>(std::bit_cast<float>(upperHalf)), 4);
    }));
    out.back().hint = readingText("The upper half of a float32, as machine learning uses it");
    out.push_back(orderedReading(QStringLiteral("float32"), 4, bytes, [bytes](bool little) {
        return floatText(static_cast<double>(std::bit_cast<float>(loaded<quint32>(bytes, little))), 9);
    }));
    out.push_back(orderedReading(QStringLiteral("float64"), 8, bytes,
        [bytes](bool little) { return floatText(std::bit_cast<double>(loaded<quint64>(bytes, little)), 17); }));
}

} // namespace sockeye
