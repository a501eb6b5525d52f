// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/exchange/captured_exchange.h"
#include "app/threads/latest_task.h"
#include "ui/models/message_ref.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace sockeye {

class ElidedLabel;

/// The exchange that a message of a capture is of, as a bar and in words: how long the request, the wait and the reply
/// took. Found in the background; a reply that comes later is taken up. Accessible name "Exchange".
class ExchangeLine : public QWidget {
    Q_OBJECT
public:
    explicit ExchangeLine(QWidget* parent = nullptr);
    ~ExchangeLine() override;

    void setMessage(const MessageRef& message); ///< of what is no whole message it is hidden
    [[nodiscard]] QString text() const; ///< what it says; empty until it is known

Q_SIGNALS:
    void found(); ///< what it says

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Lookup;
    void look();
    void lookAgain();
    void take(const std::optional<CapturedExchange>& exchange);
    void wait(bool on);

    ElidedLabel* m_text;
    MessageRef m_message;
    std::shared_ptr<Lookup> m_lookup; ///< in the capture of the message
    LatestTask<std::optional<CapturedExchange>> m_task;
    std::optional<CapturedExchange> m_exchange;
    qsizetype m_looked = 0; ///< rows of the capture
    bool m_looking = false;
    bool m_waits = false; ///< for a reply that may come
};

} // namespace sockeye
