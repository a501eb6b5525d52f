// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What stands in the cells of a send list.

#include "app/words/latency_text.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"
#include "ui/sendlist/message_keys.h"
#include "ui/sendlist/send_list_model.h"
#include "ui/theme/theme.h"

namespace sockeye {

namespace {

constexpr qsizetype mostShown = 300; ///< characters of a message

QString messageText(const ListMessage& message)
{
    switch (message.content) {
    case ListMessage::Content::Text:
        return visibleText(cutTo(message.value.text, mostShown));
    case ListMessage::Content::Hex:
        return SendListModel::tr("hex: %1").arg(visibleText(cutTo(message.value.text, mostShown)));
    case ListMessage::Content::File:
        return SendListModel::tr("file: %1").arg(visibleText(cutTo(message.value.text, mostShown)));
    case ListMessage::Content::Json:
        return SendListModel::tr("JSON: %1").arg(visibleText(cutTo(tomlText(message.value), mostShown)));
    case ListMessage::Content::Fields:
        return SendListModel::tr("fields: %1").arg(visibleText(cutTo(tomlText(message.value), mostShown)));
    }
    return {};
}

/// What is done to it on the way, behind it.
QString messageCell(const ListMessage& message)
{
    const QString text = messageText(message);
    return message.checksum.isEmpty() ? text : SendListModel::tr("%1 + %2").arg(text, message.checksum);
}

/// A filter as it is, a text in quotes.
QString expectationText(const ListMessage& message)
{
    if (message.expectText.isEmpty()) {
        return message.reply ? message.expect : SendListModel::tr("no reply");
    }
    const QString quoted(u'"' + message.expectText + u'"');
    return message.expect.isEmpty() ? quoted : QString(quoted + u" && " + message.expect);
}

QString outcomeText(const ListStep& step)
{
    const QString latency = step.latency >= 0 ? latencyText(step.latency) : QString();
    switch (step.outcome) {
    case ListStep::Outcome::Sent:
        return SendListModel::tr("sent");
    case ListStep::Outcome::Replied:
        return latency.isEmpty() ? SendListModel::tr("reply") : SendListModel::tr("reply, %1").arg(latency);
    case ListStep::Outcome::Met:
        return latency.isEmpty() ? SendListModel::tr("ok") : SendListModel::tr("ok, %1").arg(latency);
    case ListStep::Outcome::Unmet:
        return SendListModel::tr("not expected");
    case ListStep::Outcome::Failed:
        return SendListModel::tr("failed");
    case ListStep::Outcome::GivenUp:
        return SendListModel::tr("given up");
    }
    return {};
}

QString waitingText(std::chrono::nanoseconds time, bool forReply)
{
    const QString shown = latencyText(time.count());
    return forReply ? SendListModel::tr("waiting, %1").arg(shown) : SendListModel::tr("sending, %1").arg(shown);
}

} // namespace

QString SendListModel::text(const ListMessage& message, const Row& row, int column) const
{
    switch (column) {
    case Name:
        return message.name;
    case Message:
        return messageCell(message);
    case Expects:
        return expectationText(message);
    case Within:
        return message.within ? tomlDuration(*message.within) : QString();
    case Pause:
        return message.pause.count() > 0 ? tomlDuration(message.pause) : QString();
    case Key: {
        const QKeySequence keys = messageKey(message.key);
        return keys.isEmpty() ? message.key : keys.toString(QKeySequence::NativeText);
    }
    case Outcome:
        return isWaiting(row)         ? waitingText(m_waiting.time, m_waiting.forReply)
            : !row.problems.isEmpty() ? tr("mistake")
            : row.isDone              ? outcomeText(row.step)
                                      : QString();
    default:
        return {};
    }
}

QString SendListModel::toolTip(const ListMessage& message, const Row& row, int column) const
{
    if (!row.problems.isEmpty()) {
        return row.problems.join(u'\n');
    }
    switch (column) {
    case Message:
        return row.preview.isEmpty() ? text(message, row, column) : row.preview;
    case Key:
        return row.keyProblem.isEmpty() ? tr("Press F2 or click twice, then the key that is to send this message.")
                                        : row.keyProblem;
    case Outcome:
        if (isWaiting(row)) {
            return m_waiting.forReply ? tr("Nothing has come yet that is the whole reply.")
                                      : tr("It is not all sent yet.");
        }
        return row.failures > 0 ? row.failure : row.isDone ? row.step.reason : QString();
    default:
        return text(message, row, column);
    }
}

QVariant SendListModel::colour(const ListMessage& message, const Row& row, int column) const
{
    if (column == Outcome && isWaiting(row)) {
        return Theme::instance().warning();
    }
    const bool isGood = row.problems.isEmpty() && (!row.isDone || row.step.isGood());
    if ((column == Outcome && !isGood) || (column == Key && !row.keyProblem.isEmpty())) {
        return Theme::instance().error();
    }
    return column == Name && message.name.isEmpty() ? QVariant(Theme::instance().muted()) : QVariant();
}

QVariant SendListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int((section == Within || section == Pause ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole) {
        return section == Message
            ? tr("What is sent: text with its control characters as escapes, bytes as hex digits, a "
                 "file, or what a message of the protocol carries. The tool tip has the bytes.")
            : section == Expects ? tr("A filter that the reply has to match, such as size > 2; or text that has to be "
                                      "in it, in double quotes")
            : section == Within  ? tr("How long the reply may take, such as 2s")
            : section == Pause   ? tr("How long nothing is sent after it, such as 20ms")
            : section == Key     ? tr("The key that sends this one message: press it there")
            : section == Outcome ? tr("What became of it last, and how long the reply took")
                                 : QVariant();
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    return section == Name   ? tr("Name")
        : section == Message ? tr("Message")
        : section == Expects ? tr("Expects")
        : section == Within  ? tr("Within")
        : section == Pause   ? tr("Pause")
        : section == Key     ? tr("Key")
                             : tr("Last reply");
}

} // namespace sockeye
