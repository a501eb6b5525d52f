// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

class QLabel;
class QVBoxLayout;

namespace sockeye {

/// What an empty window shows: what Sockeye is, and what one can begin with.
class WelcomePage : public QScrollArea {
    Q_OBJECT
public:
    explicit WelcomePage(QWidget* parent = nullptr);

    void setRecentFiles(const QStringList& files);

Q_SIGNALS:
    void serverRequested();
    void clientRequested();
    void loadRequested();
    void openRequested();
    void firstExchangeRequested();
    void recentFileChosen(const QString& file);

private:
    void applyTheme();

    QLabel* m_picture = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_words = nullptr;
    QLabel* m_recentHeading = nullptr;
    QVBoxLayout* m_recent = nullptr;
};

} // namespace sockeye
