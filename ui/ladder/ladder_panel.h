// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/message_ref.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace sockeye {

class ElidedLabel;
class FileSaver;
class LadderView;
class MessageLine;

/// The ladder of one connection, or of all, with what saves it, and under it a sentence on what is pointed at or
/// chosen.
class LadderPanel final : public QWidget {
    Q_OBJECT
public:
    explicit LadderPanel(QWidget* parent = nullptr);

    void setCapture(const std::shared_ptr<Capture>& capture); ///< null: empty
    void showConnection(quint32 connection); ///< 0: all
    /// Marks a message; an empty reference: none.
    void showMessage(const MessageRef& message);
    void setEmptyText(const QString& text);
    /// Asks where to, and saves what is shown, or would be.
    void askWhereToSave();
    /// Writes the whole ladder in the background: as PNG if the name ends so, else as SVG.
    void save(const QString& file);

    [[nodiscard]] LadderView* view() const { return m_view; }
    [[nodiscard]] FileSaver* saver() const { return m_saver; }
    [[nodiscard]] QString sentence() const; ///< what stands under the ladder

Q_SIGNALS:
    void messageChosen(const sockeye::MessageRef& message); ///< the user chose a step that is a row of the capture
    void statusMessage(const QString& text);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildLayout();
    void look();
    void updateTitle();
    void updateSentence();
    void updateSaving();

    LadderView* m_view;
    FileSaver* m_saver;
    ElidedLabel* m_title;
    QToolButton* m_save;
    MessageLine* m_trouble;
    QLabel* m_sentence;
    std::shared_ptr<Capture> m_capture;
    qsizetype m_row = -1; ///< selected
    quint32 m_connection = 0;
    qsizetype m_seenMessages = -1;
    int m_ticks = 0; ///< since it was asked for what only connections tell
    bool m_isStale = true; ///< the view knows nothing of the connection yet
};

} // namespace sockeye
