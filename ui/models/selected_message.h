// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/message_ref.h"

#include <QObject>

namespace sockeye {

/// The message that was selected last, in whichever window: for those that work on one without belonging to a page.
/// GUI thread only; lives as long as the application.
class SelectedMessage : public QObject {
    Q_OBJECT
public:
    static SelectedMessage& instance();

    void set(const MessageRef& message);
    /// An empty reference: none with bytes.
    [[nodiscard]] const MessageRef& message() const { return m_message; }
    [[nodiscard]] bool isThere() const { return m_message.capture != nullptr; }

Q_SIGNALS:
    void changed();

private:
    using QObject::QObject;
    MessageRef m_message;
};

} // namespace sockeye
