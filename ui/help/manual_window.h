// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace sockeye {

/// The manual: its pages on the left, the one that is read on the right, and a line that finds words in all of them.
class ManualWindow : public QWidget {
    Q_OBJECT
public:
    /// Opens the window, or brings the one to the front that is open, at the page of that name ("filters"; empty: where
    /// it was, or the first).
    static ManualWindow* open(const QString& page, QWidget* parent);

    [[nodiscard]] QString page() const; ///< the name of the one that is shown

private:
    explicit ManualWindow(QWidget* parent);
    void fill();
    void show(const QString& page);
    void find(const QString& words);
    void findNext();
    void followLink(const QUrl& to);

    QLineEdit* m_words;
    QListWidget* m_pages;
    QLabel* m_nothing; ///< that no page has the words
    QTextBrowser* m_text;
};

} // namespace sockeye
