// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_plan.h"

#include <QJsonObject>
#include <QWidget>

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace sockeye {

class ProtocolBox;

/// What a load asks: weights of the ready-made requests, a hand-made one, and when a reply counts as right.
class LoadRequestsPanel : public QWidget {
    Q_OBJECT
public:
    explicit LoadRequestsPanel(QWidget* parent = nullptr);

    void applyTo(LoadPlan& plan) const; ///< mix, replies, learn, time-out
    void setTransport(Transport transport);
    void setMode(LoadMode mode);

    [[nodiscard]] bool hasReadyMade() const; ///< some of the application protocol are asked
    /// Nothing but the hand-made request is asked from now on; without one, a short text is.
    void askByHand();

    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void weightsChanged();

private:
    void buildLayout();
    void showHex();
    void showUntilClose();

    QSpinBox* m_search;
    QSpinBox* m_binary;
    QSpinBox* m_arithmetic;
    QSpinBox* m_handMade;
    QLineEdit* m_hex;
    QLabel* m_hexState;
    ProtocolBox* m_replies;
    QCheckBox* m_untilClose;
    QCheckBox* m_learn;
    QDoubleSpinBox* m_timeout;
    Transport m_transport = Transport::Tcp;
    LoadMode m_mode = LoadMode::Fresh;
};

} // namespace sockeye
