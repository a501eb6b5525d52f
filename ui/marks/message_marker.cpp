// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/message_marker.h"

#include "ui/marks/mark_words.h"
#include "ui/text/display_text.h"

#include <algorithm>

namespace sockeye {

namespace {

StreamPlace placeOf(const MessageRecord& record)
{
    return { record.connection, record.direction, record.offset };
}

} // namespace

bool MessageMarker::canMark(const MessageRef& message)
{
    const MessageRecord& record = message.record;
    return message.capture && record.connection != 0 && record.size > 0
        && (record.kind == RecordKind::Message || record.kind == RecordKind::BadMessage);
}

std::optional<MessageMark> MessageMarker::markOf(const MessageRef& message)
{
    if (!canMark(message)) {
        return std::nullopt;
    }
    return message.capture->marks().find(placeOf(message.record), message.record.size);
}

void MessageMarker::toggle(const std::vector<MessageRef>& messages)
{
    const bool areMarked = std::ranges::all_of(
        messages, [](const MessageRef& each) { return !canMark(each) || markOf(each).has_value(); });
    if (!areMarked) {
        mark(messages, m_colour);
        return;
    }
    std::vector<MessageMark> removed;
    for (const MessageRef& each : messages) {
        while (const auto its = markOf(each)) {
            each.capture->marks().remove(its->place);
            removed.push_back(*its);
        }
    }
    if (removed.empty()) {
        Q_EMIT said(tr("Only messages can be marked: this row has no bytes of its own."));
        return;
    }
    Q_EMIT said(removed.size() == 1
            ? tr("The mark is gone. Mark the message again to get it back with its note.")
            : tr("%1 marks are gone. Mark the messages again to get them back with their notes.")
                  .arg(groupedNumber(static_cast<qint64>(removed.size()))));
    m_removed = std::move(removed);
    m_removedFrom = messages.front().capture;
}

void MessageMarker::mark(const std::vector<MessageRef>& messages, MarkColour colour)
{
    const bool isSame = colour == m_colour;
    m_colour = colour;
    std::size_t set = 0;
    std::size_t full = 0;
    for (const MessageRef& each : messages) {
        if (!canMark(each)) {
            continue;
        }
        MessageMark mark { placeOf(each.record), each.record.time, colour, {} };
        if (const auto known = markOf(each)) {
            mark.place = known->place;
            mark.note = known->note;
        } else if (each.capture == m_removedFrom.lock()) {
            const auto removed = std::ranges::find(m_removed, mark.place, &MessageMark::place);
            if (removed != m_removed.end()) {
                mark.note = removed->note;
                mark.colour = isSame ? removed->colour : colour;
            }
        }
        ++(each.capture->marks().set(mark) ? set : full);
    }
    tell(set, full);
}

void MessageMarker::tell(std::size_t set, std::size_t full)
{
    if (full > 0) {
        Q_EMIT said(tr("There are %1 marks already, and room for no more.")
                        .arg(groupedNumber(static_cast<qint64>(MarkBook::mostMarks))));
    } else if (set == 0) {
        Q_EMIT said(tr("Only messages can be marked: this row has no bytes of its own."));
    } else {
        Q_EMIT said(set == 1 ? tr("Marked %1. Save capture… keeps marks in the file.").arg(colourName(m_colour))
                             : tr("Marked %1 messages %2. Save capture… keeps marks in the file.")
                                   .arg(groupedNumber(static_cast<qint64>(set)), colourName(m_colour)));
    }
}

void MessageMarker::note(const MessageRef& message, MarkColour colour, const QString& text)
{
    if (!canMark(message)) {
        return;
    }
    const auto known = markOf(message);
    m_colour = colour;
    const bool hadRoom = message.capture->marks().set(
        { known ? known->place : placeOf(message.record), message.record.time, colour, text.trimmed() });
    tell(hadRoom ? 1 : 0, hadRoom ? 0 : 1);
}

void MessageMarker::remove(const MessageRef& message)
{
    if (markOf(message)) {
        toggle({ message });
    }
}

} // namespace sockeye
