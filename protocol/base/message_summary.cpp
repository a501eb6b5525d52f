// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/base/message_summary.h"

#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <algorithm>
#include <optional>

namespace sockeye {

namespace {

constexpr qsizetype maxLineChars = 200;
constexpr qsizetype maxHexBytes = 32;

class SummaryTexts {
    Q_DECLARE_TR_FUNCTIONS(sockeye::SummaryTexts)
public:
    static QString binary(qint64 size, const QString& preview)
    {
        return size == 0 ? tr("binary, empty") : tr("binary %1: %2").arg(byteCount(size), preview);
    }
    static QString nothing() { return tr("empty datagram"); }
};

/// The bytes as text if that is what they are. A character cut off at the end of a beginning is no fault.
std::optional<QString> asText(QByteArrayView bytes)
{
    const bool hasControls = std::any_of(bytes.begin(), bytes.end(), [](char c) {
        const auto code = static_cast<uchar>(c);
        return code < 0x20 && code != '\n' && code != '\r' && code != '\t';
    });
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes);
    if (hasControls || decoder.hasError()) {
        return std::nullopt;
    }
    return text;
}

QString hexPreview(QByteArrayView bytes, qint64 size)
{
    const QByteArray first = bytes.first(std::min(bytes.size(), maxHexBytes)).toByteArray();
    return QString::fromLatin1(first.toHex(' ')) + (size > first.size() ? QStringLiteral(" …") : QString());
}

} // namespace

QString oneLine(const QString& text)
{
    return visibleText(text, maxLineChars);
}

QString preview(QByteArrayView bytes, qint64 size)
{
    const std::optional<QString> text = asText(bytes);
    if (!text) {
        return hexPreview(bytes, size);
    }
    return oneLine(size > bytes.size() ? QString(*text + QChar(u'…')) : *text);
}

QString binarySummary(qint64 size, const QString& preview)
{
    return SummaryTexts::binary(size, preview);
}

MessageSummary plainSummary(QByteArrayView bytes, qint64 size)
{
    if (size == 0) {
        return { MessageKind::Binary, SummaryTexts::nothing() };
    }
    if (asText(bytes)) {
        return { MessageKind::Text, preview(bytes, size) };
    }
    return { MessageKind::Binary, binarySummary(size, hexPreview(bytes, size)) };
}

} // namespace sockeye
