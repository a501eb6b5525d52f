// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMainWindow>

class QSplitter;

namespace sockeye {

class Inspector;
class MessageLine;
class Page;
class PageActions;

/// A page torn off into a window of its own, with an inspector of its own.
class PageWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit PageWindow(Page* page);

    [[nodiscard]] Page* page() const { return m_page; }
    Page* takePage(); ///< gives the page up, alive and without a parent
    [[nodiscard]] MessageLine* messageLine() const { return m_messageLine; }

Q_SIGNALS:
    void putBackRequested(Page* page);
    void closeRequested(Page* page); ///< by its button or its action
    void saveCaptureRequested(Page* page);
    void findBytesRequested(Page* page);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void showTitle();

    Page* m_page = nullptr;
    MessageLine* m_messageLine = nullptr;
    QSplitter* m_splitter = nullptr;
    Inspector* m_inspector = nullptr;
    PageActions* m_actions = nullptr;
};

} // namespace sockeye
