// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the messages table says in its cells and titles.

#include "ui/messages/messages_model.h"

#include "ui/marks/mark_words.h"
#include "ui/text/byte_count_text.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

namespace sockeye {

namespace {

bool isError(const MessageRecord& record)
{
    return record.kind == RecordKind::Error || record.kind == RecordKind::BadMessage;
}

int alignmentOf(MessageColumn column)
{
    const bool isNumber = column == MessageColumn::Time || column == MessageColumn::Connection
        || column == MessageColumn::Size || column == MessageColumn::Latency;
    return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

std::optional<MessageMark> MessagesModel::mark(const MessageRecord& record) const
{
    const MarkBook& marks = m_capture->marks();
    return marks.isEmpty() ? std::nullopt
                           : marks.find({ record.connection, record.direction, record.offset }, record.size);
}

QString MessagesModel::text(int row, MessageColumn column) const
{
    if (column == MessageColumn::Latency) {
        return cellText(*m_capture, record(row), column, nullptr, latency(row));
    }
    if (column != MessageColumn::Kind && column != MessageColumn::Summary) {
        return cellText(*m_capture, record(row), column);
    }
    const MessageSummary* const known = summary(row);
    QString said = known != nullptr ? cellText(*m_capture, record(row), column, known) : QString();
    if (column == MessageColumn::Summary) {
        if (const auto marked = mark(record(row))) {
            return tr("%1 · %2", "a mark, and the summary of the message").arg(markText(*marked), said);
        }
    }
    return said;
}

QString MessagesModel::toolTip(int row, MessageColumn column) const
{
    switch (column) {
    case MessageColumn::Time:
        return absoluteTimeText(record(row).time);
    case MessageColumn::Connection: {
        const auto connection = m_capture->connection(record(row).connection);
        return connection ? connection->facts.peer.toString() : QString();
    }
    case MessageColumn::Size:
        return hasDirection(record(row)) ? byteCountText(record(row).size) : QString();
    case MessageColumn::Summary:
        return text(row, column).toHtmlEscaped();
    case MessageColumn::Direction:
    case MessageColumn::Kind:
    case MessageColumn::Latency:
        break;
    case MessageColumn::Rule:
    case MessageColumn::Fault:
        return text(row, column).toHtmlEscaped();
    }
    return {};
}

QVariant MessagesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto column = static_cast<MessageColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), column);
    case Qt::ToolTipRole:
        return toolTip(index.row(), column);
    case Qt::TextAlignmentRole:
        return alignmentOf(column);
    case Qt::BackgroundRole: {
        const auto marked = mark(record(index.row()));
        return marked ? QVariant(Theme::instance().markTint(marked->colour)) : QVariant();
    }
    case Qt::ForegroundRole: {
        const MessageRecord message = record(index.row());
        if (mark(message)) {
            return {}; // on a tint nothing but the colour of text can be read well
        }
        if (isError(message)) {
            return Theme::instance().error();
        }
        return message.kind == RecordKind::Note ? QVariant(Theme::instance().muted()) : QVariant();
    }
    default:
        return {};
    }
}

QVariant MessagesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= messageColumnCount) {
        return {};
    }
    const auto column = static_cast<MessageColumn>(section);
    if (role == Qt::TextAlignmentRole) {
        return alignmentOf(column);
    }
    if (role == Qt::ToolTipRole && column == MessageColumn::Time) {
        return tr("Seconds since the first event. Point at a time for the date and time of day.");
    }
    if (role == Qt::ToolTipRole && column == MessageColumn::Latency) {
        return tr("Of a reply: how long it came after its request. The first reply answers the first request.");
    }
    if (role == Qt::ToolTipRole && column == MessageColumn::Rule) {
        return tr("The rule that the message met: the first one that matches it.");
    }
    if (role == Qt::ToolTipRole && column == MessageColumn::Fault) {
        return tr("The faults of the relay that struck the message, in the order in which they did so first.");
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (column) {
    case MessageColumn::Time:
        return tr("Time");
    case MessageColumn::Connection:
        return tr("Conn.", "connection, as the title of a narrow column");
    case MessageColumn::Direction:
        return tr("Direction");
    case MessageColumn::Size:
        return tr("Size");
    case MessageColumn::Kind:
        return tr("Kind");
    case MessageColumn::Latency:
        return tr("Latency");
    case MessageColumn::Rule:
        return tr("Rule");
    case MessageColumn::Fault:
        return tr("Fault");
    case MessageColumn::Summary:
        return tr("Summary");
    }
    return {};
}

} // namespace sockeye
