// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/conversation/conversation_text.h"
#include "ui/widgets/side_window.h"

#include <QFutureWatcher>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace sockeye {

class FileSaver;

/// One connection as a conversation: what its two sides said in turns, as text, hex dump or C, each in its colour. Goes
/// on as the connection does.
class ConversationWindow final : public SideWindow {
    Q_OBJECT
public:
    /// Opens a window, or brings the one to the front that shows this connection; `parent` may not be null.
    static ConversationWindow* open(const std::shared_ptr<Capture>& capture, quint32 connection, QWidget* parent);
    ~ConversationWindow() override;

    /// All of it, as it is shown, however long it is.
    void saveTo(const QString& file);
    [[nodiscard]] FileSaver* saver() const { return m_saver; }

private:
    ConversationWindow(std::shared_ptr<Capture> capture, quint32 connection, QWidget* parent);
    void buildLayout();
    void look(); ///< whether there is more to show
    void load();
    void loaded();
    bool changeHeading(std::size_t number);
    void insertSome();
    void insert(const ConversationPiece& piece);
    void restart(); ///< from nothing: the look has changed
    void find(bool again);
    void showCounts();
    [[nodiscard]] ConversationLook chosenLook() const;
    void askWhereToSave();
    void updateSaving();

    const std::shared_ptr<Capture> m_capture;
    const quint32 m_connection;
    QComboBox* m_sides;
    QComboBox* m_form;
    QCheckBox* m_headings;
    QLineEdit* m_words;
    QPlainTextEdit* m_text;
    QPushButton* m_save;
    FileSaver* m_saver;
    QFutureWatcher<ConversationText> m_watcher;
    QTimer m_clock; ///< looks for more
    QTimer m_inserting; ///< a slice at a time
    ConversationText m_target; ///< what is to be shown
    std::vector<ConversationPiece> m_shown; ///< of it, so far
    std::vector<int> m_places; ///< where each of them begins in the document
    qint64 m_bytes = -1; ///< that the connection had when it was loaded
};

} // namespace sockeye
