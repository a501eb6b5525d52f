// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/message_ref.h"

#include <QJsonObject>
#include <QWidget>

class QLabel;
class QScrollBar;
class QToolButton;

namespace sockeye {

class ElidedLabel;
class LanesView;

/// The lanes of one connection with what moves them, and under them a sentence on what is pointed at or selected.
class LanesPanel final : public QWidget {
    Q_OBJECT
public:
    explicit LanesPanel(QWidget* parent = nullptr);

    void setCapture(const std::shared_ptr<Capture>& capture); ///< null: empty
    /// Shows that connection; 0: the one of the selected message, or the first.
    void showConnection(quint32 connection);
    /// Marks a message and shows its connection; an empty reference: none.
    void showMessage(const MessageRef& message);
    void showBytes(qint64 offset, qint64 size); ///< selected ones, from the beginning of that message
    void setEmptyText(const QString& text);

    [[nodiscard]] LanesView* view() const { return m_view; }
    [[nodiscard]] QString sentence() const; ///< what stands under the lanes

    [[nodiscard]] QJsonObject saveState() const; ///< the axis
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    /// The user chose a message, or bytes that are of one.
    void messageChosen(const sockeye::MessageRef& message);
    void bytesChosen(
        qint64 offset, qint64 size); ///< of the message chosen, from its beginning; follows messageChosen()

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildBar();
    void buildLayout();
    QToolButton* addButton(const QString& text, const QString& name, const QString& toolTip);
    void useConnection(quint32 connection);
    void look();
    void choose(qsizetype row, qint64 offset, qint64 size);
    void updateTitle();
    void updateBar();
    void updateSentence();

    LanesView* m_view;
    ElidedLabel* m_title;
    QWidget* m_bar;
    QToolButton* m_byOffset = nullptr;
    QToolButton* m_byTime = nullptr;
    QToolButton* m_nearer = nullptr;
    QToolButton* m_farther = nullptr;
    QToolButton* m_all = nullptr;
    QToolButton* m_toMessage = nullptr;
    QScrollBar* m_scroll;
    QLabel* m_sentence;
    std::shared_ptr<Capture> m_capture;
    MessageRef m_message;
    quint32 m_connection = 0; ///< that is shown; 0: the first
    qsizetype m_seenMessages = -1;
    qint64 m_seenBytes = -1;
    bool m_isStale = true; ///< the view knows nothing of the connection yet
};

} // namespace sockeye
