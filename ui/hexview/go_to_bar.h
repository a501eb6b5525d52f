// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;

namespace sockeye {

/// An offset as people type it: decimal ("146", "1,448") or hex ("0x92"). Nothing for what is none.
[[nodiscard]] std::optional<qint64> parseOffset(QStringView text);

/// A line at the foot of the hex view that asks for an offset and goes there as it is typed. Enter or Esc closes it.
class GoToBar : public QWidget {
    Q_OBJECT
public:
    explicit GoToBar(QWidget* parent = nullptr);

    void open(qint64 current, qint64 size); ///< of the message, to check against

Q_SIGNALS:
    void offsetChosen(qint64 offset); ///< valid for the size
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void read();

    QLineEdit* m_edit;
    QLabel* m_note;
    qint64 m_size = 0;
};

} // namespace sockeye
