// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"
#include "ui/composer/client_history.h"

#include <QJsonObject>
#include <QWidget>

namespace sockeye {

class ComposerModel;
class ComposerSendRow;
class ComposerViews;

/// Where a request is written: form, JSON and hex of the same draft, beside the bytes that will go out. The arrow keys
/// walk through what was sent before.
class ComposerPanel : public QWidget {
    Q_OBJECT
public:
    explicit ComposerPanel(QWidget* parent = nullptr);

    [[nodiscard]] ComposerModel& model() { return *m_model; }
    [[nodiscard]] ComposerSendRow& sendRow() { return *m_sendRow; }

    /// Shows the views that requests of it are written in.
    void setProtocol(const ProtocolPtr& protocol);

    /// The draft was sent: it becomes part of the history.
    void remember();
    void focusValue();

    [[nodiscard]] QJsonObject saveState() const;
    void restore(const QJsonObject& state);

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void sendWanted();

private:
    bool walk(bool older);

    ComposerModel* m_model;
    ComposerViews* m_views;
    ComposerSendRow* m_sendRow;
    RequestHistory m_history;
};

} // namespace sockeye
