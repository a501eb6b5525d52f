// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/message_ref.h"

#include <QObject>

#include <vector>

namespace sockeye {

struct RowChoice;

/// What was chosen to be compared with something, in whichever window: the first of two messages is remembered until
/// the second is chosen. GUI thread only; lives as long as the application.
class ComparisonChoice : public QObject {
    Q_OBJECT
public:
    static ComparisonChoice& instance();

    /// One message: remembers it, or compares it with the one remembered, if that is another. Two: compares them. The
    /// window belongs to `parent`. Gives back what to say of it; empty where a window opened.
    QString choose(const std::vector<MessageRef>& messages, QWidget* parent);
    void forget();
    /// The one that is remembered; an empty reference if none is, or if its capture is gone.
    [[nodiscard]] MessageRef first() const;
    /// What choosing them would do, as the text of a menu's entry: "Compare with…".
    [[nodiscard]] QString actionText(std::size_t messages) const;

private:
    using QObject::QObject;
    std::weak_ptr<Capture> m_capture; ///< not kept alive for it
    MessageRef m_first; ///< without its capture
};

/// The messages that a command to compare is about: both, where two are selected, in the order in which they happened;
/// else the current one, if it has bytes.
[[nodiscard]] std::vector<MessageRef> comparable(
    const MessageRef& current, const RowChoice& selected, qsizetype selectedCount);

} // namespace sockeye
