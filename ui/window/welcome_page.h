// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

class QAction;
class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace sockeye {

class ChoiceButton;
class WindowActions;

/// What an empty window shows: what Sockeye is, and what one can begin with.
class WelcomePage : public QScrollArea {
    Q_OBJECT
public:
    /// Its buttons trigger actions of the window, which outlive it.
    explicit WelcomePage(const WindowActions& actions, QWidget* parent = nullptr);

    void setRecentFiles(const QStringList& files);

Q_SIGNALS:
    void recentFileChosen(const QString& file);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void addChoice(QAction& action, const QString& icon, const QString& title, const QString& text);
    void applyTheme();
    void arrange();

    QLabel* m_picture = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_words = nullptr;
    QLabel* m_recentHeading = nullptr;
    QVBoxLayout* m_recent = nullptr;
    QVBoxLayout* m_column = nullptr; ///< all of it
    QGridLayout* m_choices = nullptr;
    QList<ChoiceButton*> m_buttons;
    QWidget* m_content = nullptr;
    int m_columns = 0; ///< of buttons; 0: not laid out yet
    bool m_isSmall = false;
};

} // namespace sockeye
