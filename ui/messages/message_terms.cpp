// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/message_terms.h"

#include "app/filtering/capture_row.h"
#include "protocol/filter/written.h"

namespace sockeye {

std::optional<FilterTerm> termOfCell(const MessageRef& message, MessageColumn column, std::optional<qint64> latency)
{
    if (!message.capture || message.row < 0) {
        return std::nullopt;
    }
    const MessageRecord& record = message.record;
    const auto fact = [&](EventField field, const QString& name) -> std::optional<FilterTerm> {
        CaptureRow row(*message.capture);
        row.setRow(message.row, record, { latency, std::nullopt });
        const QString value = filter::written(row.value(static_cast<int>(field)));
        return value.isEmpty() ? std::nullopt : std::optional(FilterTerm { name, value, {} });
    };
    switch (column) {
    case MessageColumn::Time:
        return fact(EventField::Time, QStringLiteral("time"));
    case MessageColumn::Connection:
        return fact(EventField::Connection, QStringLiteral("conn"));
    case MessageColumn::Direction:
        if (auto direction = fact(EventField::Direction, QStringLiteral("dir"))) {
            direction->value.remove(u'"'); // in and out are words of the language
            return direction;
        }
        return std::nullopt;
    case MessageColumn::Size:
        return fact(EventField::Size, QStringLiteral("size"));
    case MessageColumn::Kind:
        return fact(EventField::Kind, QStringLiteral("kind"));
    case MessageColumn::Latency:
        return fact(EventField::Latency, QStringLiteral("latency"));
    case MessageColumn::Rule:
        return fact(EventField::Rule, QStringLiteral("rule"));
    case MessageColumn::Fault:
        return fact(EventField::Fault, QStringLiteral("fault"));
    case MessageColumn::Summary:
        break;
    }
    const QString code = record.text != 0 ? message.capture->fault(record.text).code : QString();
    return code.isEmpty() || code == tlsCode
        ? std::nullopt
        : std::optional(FilterTerm { QStringLiteral("error"), filter::writtenText(code.toUtf8()), {} });
}

} // namespace sockeye
