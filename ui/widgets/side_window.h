// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <functional>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace sockeye {

/// A window of its own beside a main one, that shows one thing: a bar, the thing, and under it what is told of it in
/// words, with a button that copies all of it. Esc closes it, and closed it is gone.
class SideWindow : public QWidget {
    Q_OBJECT
public:
    /// Opens what `make` makes, or brings the window of that name to the front that belongs to `parent`, which may not
    /// be null.
    template <typename Window, typename Make>
    static Window* openOnce(const QString& name, QWidget* parent, const Make& make)
    {
        auto* window = parent->findChild<Window*>(name);
        if (window == nullptr) {
            window = make();
            window->setObjectName(name);
        }
        window->bringToFront();
        return window;
    }

protected:
    explicit SideWindow(QWidget* parent);

    [[nodiscard]] QHBoxLayout* bar() const { return m_bar; }
    void setContent(QWidget* content); ///< once; it takes all the room that there is
    [[nodiscard]] QLabel* summary() const { return m_summary; }
    /// One more at the right under the content.
    QPushButton* addButton(const QString& icon, const QString& text, const QString& toolTip);
    void setWhatIsCopied(std::function<QString()> text) { m_copied = std::move(text); }

private:
    void bringToFront();

    QVBoxLayout* m_layout;
    QHBoxLayout* m_bar;
    QHBoxLayout* m_bottom;
    QLabel* m_summary;
    std::function<QString()> m_copied;
};

} // namespace sockeye
