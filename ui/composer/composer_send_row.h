// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"

#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace sockeye {

/// How the request is handed over: whole, in pieces, byte by byte; and the buttons that do it.
class ComposerSendRow : public QWidget {
    Q_OBJECT
public:
    explicit ComposerSendRow(QWidget* parent = nullptr);

    [[nodiscard]] QList<qint64> chunks() const; ///< empty: whole
    [[nodiscard]] int pauseMs() const;
    void setTransport(Transport transport); ///< over UDP each piece is a datagram
    void setBusy(bool busy); ///< something can be cancelled
    [[nodiscard]] QToolButton* copyButton() const { return m_copy; }
    [[nodiscard]] QToolButton* repeatButton() const { return m_repeat; } ///< shows and hides how it is repeated

    [[nodiscard]] QJsonObject saveState() const;
    void restore(const QJsonObject& state);

    /// "1,2,5" as sizes; empty if it is no such list.
    [[nodiscard]] static QList<qint64> readSizes(const QString& text);

Q_SIGNALS:
    void sendWanted();
    void cancelWanted();

private:
    void showDelivery();

    QPushButton* m_send;
    QPushButton* m_cancel;
    QComboBox* m_delivery;
    QLineEdit* m_sizes;
    QLabel* m_pauseLabel;
    QSpinBox* m_pause;
    QToolButton* m_repeat;
    QToolButton* m_copy;
};

} // namespace sockeye
