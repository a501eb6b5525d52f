// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"
#include "ui/composer/composer_model.h"

#include <QJsonObject>
#include <QWidget>

namespace sockeye {

class ComposerDesk;
class ComposerSendRow;
class RepeatRow;

/// Where a client's request is written, and how it is sent: at once or in pieces, once or again and again.
class ComposerPanel : public QWidget {
    Q_OBJECT
public:
    explicit ComposerPanel(QWidget* parent = nullptr);

    [[nodiscard]] ComposerModel& model();
    [[nodiscard]] ComposerSendRow& sendRow() { return *m_sendRow; }
    [[nodiscard]] RepeatRow& repeatRow() { return *m_repeatRow; }

    /// Shows the views that requests of it are written in.
    void setProtocol(const ProtocolPtr& protocol);

    void showTyped(const ComposerModel::Typed& typed); ///< in the view of text, as if somebody had typed it there

    /// The draft was sent: it becomes part of the history.
    void remember();
    void focusValue();

    [[nodiscard]] QJsonObject saveState() const;
    void restore(const QJsonObject& state);

Q_SIGNALS:
    void encodingChosen(const QByteArray& encoding); ///< of the page
    void sendWanted();

private:
    ComposerDesk* m_desk;
    ComposerSendRow* m_sendRow;
    RepeatRow* m_repeatRow; ///< hidden until it is wanted
};

} // namespace sockeye
