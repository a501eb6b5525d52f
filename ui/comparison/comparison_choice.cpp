// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/comparison/comparison_choice.h"

#include "app/export/row_choice.h"
#include "ui/comparison/comparison_window.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>
#include <QPointer>

#include <algorithm>

namespace sockeye {

ComparisonChoice& ComparisonChoice::instance()
{
    static QPointer<ComparisonChoice> choice;
    if (!choice) {
        choice = new ComparisonChoice(QCoreApplication::instance());
    }
    return *choice;
}

QString ComparisonChoice::choose(const std::vector<MessageRef>& messages, QWidget* parent)
{
    if (messages.size() == 2) {
        ComparisonWindow::open({ messages[0], false }, { messages[1], false }, parent);
        forget();
        return {};
    }
    if (messages.size() != 1) {
        return tr("Select one message with bytes to compare it with another one, or two of them.");
    }
    const MessageRef before = first();
    if (before.capture && !(before == messages[0])) {
        ComparisonWindow::open({ before, false }, { messages[0], false }, parent);
        forget();
        return {};
    }
    m_capture = messages[0].capture;
    m_first = messages[0];
    m_first.capture = nullptr;
    return tr("The message of %1 on connection #%2 is to be compared: press Ctrl+K on another one.")
        .arg(absoluteTimeText(m_first.record.time), QString::number(m_first.record.connection));
}

void ComparisonChoice::forget()
{
    m_capture.reset();
    m_first = {};
}

MessageRef ComparisonChoice::first() const
{
    MessageRef first = m_first;
    first.capture = m_capture.lock();
    return first.capture ? first : MessageRef();
}

QString ComparisonChoice::actionText(std::size_t messages) const
{
    if (messages == 2) {
        return tr("Compare both");
    }
    const MessageRef before = first();
    return before.capture ? tr("Compare with the message of %1").arg(absoluteTimeText(before.record.time))
                          : tr("Compare with…");
}

std::vector<MessageRef> comparable(const MessageRef& current, const RowChoice& selected, qsizetype selectedCount)
{
    std::vector<MessageRef> messages;
    if (selectedCount == 2 && current.capture) {
        for (const RowSpan& span : captureSpans(selected, current.capture->messageCount())) {
            for (qsizetype row = span.begin; row < span.end; ++row) {
                messages.push_back({ current.capture, row, current.capture->message(row) });
            }
        }
    } else if (current.capture && selectedCount <= 2) {
        messages.push_back(current);
    }
    // An error that is a row has no bytes.
    if (std::any_of(messages.begin(), messages.end(),
            [](const MessageRef& message) { return message.record.connection == 0 || message.record.size <= 0; })) {
        return {};
    }
    return messages;
}

} // namespace sockeye
