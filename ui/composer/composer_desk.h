// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"
#include "ui/composer/client_history.h"
#include "ui/composer/composer_model.h"

#include <QJsonObject>
#include <QWidget>

namespace sockeye {

class ComposerViews;

/// Where a message is written: form, JSON and hex of the same draft, beside the bytes that will go out. The arrow keys
/// walk through what was sent before. Whoever has it says where the message goes.
class ComposerDesk final : public QWidget {
    Q_OBJECT
public:
    explicit ComposerDesk(QWidget* parent = nullptr);

    [[nodiscard]] ComposerModel& model() { return *m_model; }

    /// Shows the views that messages of it are written in, of that side.
    void setProtocol(const ProtocolPtr& protocol, Sender sender = Sender::Client);

    void showTyped(const ComposerModel::Typed& typed); ///< in the view of text, as if somebody had typed it there

    /// The draft was sent: it becomes part of the history.
    void remember();
    void focusValue();
    void focusContent(); ///< what is typed next goes into the view that is seen

    [[nodiscard]] QJsonObject saveState() const;
    void restore(const QJsonObject& state); ///< anything may stand in it

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void encodingChosen(const QByteArray& encoding); ///< of the page
    void sendWanted();

private:
    bool walk(bool older);

    ComposerModel* m_model;
    ComposerViews* m_views;
    RequestHistory m_history;
};

} // namespace sockeye
