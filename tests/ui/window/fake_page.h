// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/pages/page.h"

namespace sockeye {

/// A page without an endpoint: what the window does with pages does not depend on what they do.
class FakePage : public Page {
    Q_OBJECT
public:
    explicit FakePage(const QString& title)
        : m_title(title)
    {
        setFocusPolicy(Qt::StrongFocus);
    }

    void rename(const QString& title)
    {
        m_title = title;
        Q_EMIT titleChanged();
    }
    void choose(const MessageRef& message)
    {
        m_message = message;
        Q_EMIT currentMessageChanged();
    }
    void setHasMessages(bool has)
    {
        m_hasMessages = has;
        Q_EMIT currentMessageChanged();
    }
    [[nodiscard]] const QStringList& calls() const { return m_calls; } ///< what the window asked of it

    [[nodiscard]] QString title() const override { return m_title; }
    [[nodiscard]] QString stateText() const override { return QStringLiteral("waiting"); }
    [[nodiscard]] bool isActive() const override { return true; }
    [[nodiscard]] QIcon icon() const override { return {}; }
    [[nodiscard]] std::shared_ptr<Capture> capture() const override { return m_message.capture; }
    [[nodiscard]] MessageRef currentMessage() const override { return m_message; }
    [[nodiscard]] bool hasMessages() const override { return m_hasMessages; }
    [[nodiscard]] QJsonObject saveState() const override
    {
        return { { QStringLiteral("kind"), QStringLiteral("fake") } };
    }
    void focusFind() override { m_calls.append(QStringLiteral("find")); }
    void findNext(bool backwards) override
    {
        m_calls.append(backwards ? QStringLiteral("previous") : QStringLiteral("next"));
    }
    void copySelection() override { m_calls.append(QStringLiteral("copy")); }

private:
    QString m_title;
    MessageRef m_message;
    bool m_hasMessages = true;
    QStringList m_calls;
};

} // namespace sockeye
