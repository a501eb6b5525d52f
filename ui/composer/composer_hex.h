// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;

namespace sockeye {

class ComposerModel;
class ComposerTextEdit;

/// The request as hexadecimal digits, for making any bytes by hand.
class ComposerHex : public QWidget {
    Q_OBJECT
public:
    explicit ComposerHex(ComposerModel& model, QWidget* parent = nullptr);

private:
    void show(const QObject* source);
    void edit();

    ComposerModel& m_model;
    ComposerTextEdit* m_edit;
    QLabel* m_note;
};

} // namespace sockeye
