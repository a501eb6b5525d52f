// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/message_ref.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace sockeye {

class MessageMarker;

/// The line under a messages table in which one notes something of a message. Hidden until it is asked for.
class NoteBar : public QWidget {
    Q_OBJECT
public:
    /// `marker` outlives it.
    explicit NoteBar(MessageMarker& marker, QWidget* parent = nullptr);

    void edit(const MessageRef& message); ///< shows itself, with the note that the message has
    void finish(); ///< hides itself without keeping anything

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void keep();
    void applyTheme();
    void showRoom();

    MessageMarker& m_marker;
    MessageRef m_message;
    QLabel* m_title;
    QComboBox* m_colour;
    QLineEdit* m_text;
    QLabel* m_room;
    QToolButton* m_close;
};

} // namespace sockeye
