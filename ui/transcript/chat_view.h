// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QWidget>

#include <deque>
#include <utility>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace sockeye {

/// A line of a talk as it is shown.
struct ChatLine {
    enum class Tone : quint8 {
        Said, ///< by another one
        Ours, ///< by who sits before the window
        Notice, ///< coming, going, names
        Trouble, ///< something went wrong
    };
    qint64 time = 0; ///< nanoseconds since the epoch
    QString who; ///< empty for notices
    QString text;
    Tone tone = Tone::Said;
};

/// A talk: what was said, and a line to say something. It follows the newest line until one scrolls up.
class ChatView : public QWidget {
    Q_OBJECT
public:
    static constexpr int maxLines = 10'000; ///< that stay
    static constexpr qsizetype maxShown = 2'000; ///< characters of a line; the rest is in Messages

    explicit ChatView(QWidget* parent = nullptr);

    void append(const std::vector<ChatLine>& lines);
    void clear();
    /// Whom one may answer apart from everybody; the choice stays where it can. Without a call there is no choice.
    void setRecipients(const QList<std::pair<quint32, QString>>& recipients);
    /// Whether something can be said now; `hint` stands in the empty line.
    void setCanSay(bool can, const QString& hint);
    [[nodiscard]] QString text() const; ///< all of it, plain
    [[nodiscard]] QString typed() const; ///< what stands in the line, and was not said yet
    void setTyped(const QString& text); ///< and brings the line to hand
    void copySelection();

Q_SIGNALS:
    void said(const QString& text, quint32 to); ///< `to` 0: to all

private:
    void say();
    void showAll();
    void put(const ChatLine& line);
    void walk(bool older);
    bool eventFilter(QObject* watched, QEvent* event) override;

    QPlainTextEdit* m_talk;
    QLabel* m_toLabel;
    QComboBox* m_to;
    QLineEdit* m_entry;
    QPushButton* m_say;
    std::deque<ChatLine> m_lines; ///< to show them again in other colours
    QStringList m_history; ///< what was said here, oldest first
    qsizetype m_walked = 0; ///< lines back in it
};

} // namespace sockeye
