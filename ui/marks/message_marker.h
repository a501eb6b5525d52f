// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/marks/mark_book.h"
#include "ui/models/message_ref.h"

#include <QObject>

#include <vector>

namespace sockeye {

/// Marks messages of a capture, as the user wants it, and says what became of it.
class MessageMarker : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Only what has bytes can be marked.
    [[nodiscard]] static bool canMark(const MessageRef& message);
    [[nodiscard]] static std::optional<MessageMark> markOf(const MessageRef& message);

    [[nodiscard]] MarkColour colour() const { return m_colour; } ///< that was used last
    /// Marks those that are not in the colour used last; if all were, they lose their marks. A message that is marked
    /// again right after it lost its mark gets that one back, with its note.
    void toggle(const std::vector<MessageRef>& messages);
    void mark(const std::vector<MessageRef>& messages, MarkColour colour); ///< notes stay
    /// An empty note takes away the note, not the mark.
    void note(const MessageRef& message, MarkColour colour, const QString& text);
    void remove(const MessageRef& message);

Q_SIGNALS:
    void said(const QString& text); ///< a sentence for the status bar

private:
    void tell(std::size_t set, std::size_t full);

    MarkColour m_colour = MarkColour::Orange;
    std::vector<MessageMark> m_removed; ///< by toggle(), last
    std::weak_ptr<Capture> m_removedFrom;
};

} // namespace sockeye
