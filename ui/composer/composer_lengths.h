// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace sockeye {

class ComposerModel;

/// The two lengths of a message, each computed until it is unlocked to say something else.
class ComposerLengths : public QWidget {
    Q_OBJECT
public:
    explicit ComposerLengths(ComposerModel& model, QWidget* parent = nullptr);

private:
    void show();
    void showLock(QToolButton* lock, bool unlocked);
    void toggleFixed(bool unlocked);
    void toggleContent(bool unlocked);
    void editFixed();
    void editContent();

    ComposerModel& m_model;
    QSpinBox* m_fixed;
    QToolButton* m_fixedLock;
    QLineEdit* m_content;
    QToolButton* m_contentLock;
    bool m_contentUnlocked = false; ///< also while what it says happens to be right
    bool m_showing = false;
};

} // namespace sockeye
