// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/hold/held_message.h"
#include "protocol/base/protocol.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace sockeye {

class ComposerModel;
class ComposerViews;

/// Where it is said what becomes of a held message, and with which bytes: it is let go, changed or not, or answered; or
/// what is written goes to one of the sides as one more message.
class HeldEditor final : public QWidget {
    Q_OBJECT
public:
    enum class Mode : quint8 { LetGo, Answer, MoreToTarget, MoreToClient };

    static constexpr qsizetype mostEdited = 256 * 1024; ///< bytes; longer ones can be let go or dropped

    explicit HeldEditor(QWidget* parent = nullptr);

    void setProtocol(const ProtocolPtr& protocol);
    void showMessage(const HeldMessage& message);
    /// Nothing is held any more, or at least not that one. What is written stays, for one more message.
    void showNone();
    [[nodiscard]] std::optional<quint64> shown() const; ///< the id of what is shown
    void setConnection(quint32 connection); ///< to which one more message goes, if somebody wants it
    void setRunning(bool running); ///< else nothing can be sent

    [[nodiscard]] ComposerModel& model() const { return *m_model; }

Q_SIGNALS:
    void decided(const sockeye::HoldDecision& decision);
    void insertWanted(quint32 connection, sockeye::Direction direction, const QByteArray& message);

private:
    void buildLayout();
    void offerModes();
    void setMode();
    void act();
    void showState();
    [[nodiscard]] Mode mode() const;
    [[nodiscard]] Direction direction() const; ///< in which the bytes go
    void decide(HoldDecision::Kind kind, const QByteArray& bytes);

    ComposerModel* m_model;
    ComposerViews* m_views;
    QComboBox* m_mode;
    QLabel* m_connectionLabel;
    QSpinBox* m_connection;
    QPushButton* m_act;
    QPushButton* m_drop;
    QLabel* m_note;
    ProtocolPtr m_protocol;
    std::optional<HeldMessage> m_message;
    bool m_isRunning = false;
    bool m_isTooLong = false; ///< to be edited: what is shown of m_message is nothing
};

} // namespace sockeye
