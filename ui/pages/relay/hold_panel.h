// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/relay.h"
#include "ui/filter/filter_fields.h"

#include <QJsonObject>
#include <QWidget>

class QCheckBox;
class QLabel;
class QSpinBox;
class QToolButton;

namespace sockeye {

class DenseTable;
class ElidedLabel;
class FilterEdit;
class HeldEditor;
class HeldModel;

/// What a relay holds: which messages, in a line, and beneath it, once that is opened, those that are held, and the
/// editor of the current one. It opens by itself with the first that is held.
class HoldPanel final : public QWidget {
    Q_OBJECT
public:
    explicit HoldPanel(QWidget* parent = nullptr);

    [[nodiscard]] HoldSettings settings() const; ///< as they are entered
    void setProtocol(const ProtocolPtr& protocol); ///< what a message is
    /// Follows a relay, whose recording is shown as `capture`. It must live as long as this.
    void follow(Relay* relay, const std::shared_ptr<Capture>& capture);
    void showRelay(); ///< its state is another one than before
    void setConnection(quint32 connection); ///< that somebody has chosen, for one more message

    [[nodiscard]] HeldModel* model() const { return m_model; }
    [[nodiscard]] HeldEditor* editor() const { return m_editor; }
    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state); ///< anything may stand in it

private:
    void buildHead();
    void buildBody();
    void apply();
    void takeHeld();
    void showCurrent();
    void showState();
    void fitState();
    void letAllGo();
    [[nodiscard]] bool isRunning() const;

    FilterFields m_fields;
    HeldModel* m_model;
    DenseTable* m_table;
    HeldEditor* m_editor;
    QWidget* m_body;
    QToolButton* m_open;
    QCheckBox* m_on;
    FilterEdit* m_where;
    QSpinBox* m_limit;
    ElidedLabel* m_state;
    QToolButton* m_all;
    QLabel* m_problem;
    ProtocolPtr m_protocol;
    Relay* m_relay = nullptr;
    quint64 m_revision = 0; ///< of what is held, as it is shown
    bool m_isTaking = false; ///< rows come and go
};

} // namespace sockeye
