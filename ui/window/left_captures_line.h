// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/reader/left_captures.h"

#include <QFrame>

#include <functional>
#include <memory>
#include <vector>

class QLabel;
class QPushButton;

namespace sockeye {

/// A line at the top of the window that offers what a Sockeye left behind that was killed. Takes no focus and blocks
/// nothing; the disk is looked at in Qt's pool.
class LeftCapturesLine : public QFrame {
    Q_OBJECT
public:
    explicit LeftCapturesLine(QWidget* parent = nullptr);

    /// Cleans away what is not to be kept, and shows the line if there is anything to offer. `asked`: by the user, who
    /// wants to hear it as well if there is nothing.
    void look(const QString& folder, const SpoolRetention& retention, bool asked = false);
    [[nodiscard]] QString text() const; ///< empty while nothing is offered

Q_SIGNALS:
    void opened(const QStringList& files); ///< they stay in the folder, and are not offered again
    void saved(const QStringList& files);
    void nothingLeft(); ///< the user asked
    void failed(const Failure& failure);

private:
    using Left = std::vector<std::shared_ptr<LeftCapture>>;
    struct Done {
        QStringList files;
        Left remaining; ///< where it failed
        Failure failure;
    };
    void offer(Left left, bool asked);
    void save();
    void work(const std::function<Failure(LeftCapture&)>& task, void (LeftCapturesLine::*done)(const QStringList&));
    void finish(const Done& done, void (LeftCapturesLine::*signal)(const QStringList&));
    void applyTheme();

    Left m_left;
    QLabel* m_sign = nullptr;
    QLabel* m_text = nullptr;
    std::vector<QPushButton*> m_buttons;
};

} // namespace sockeye
