// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/exchange/exchange_line.h"

#include "ui/exchange/exchange_bar.h"
#include "ui/models/ticker.h"
#include "ui/text/display_text.h"
#include "ui/widgets/elided_label.h"

#include <QPainter>
#include <QVBoxLayout>

#include <atomic>

namespace sockeye {

/// What the threads that look share with the line.
struct ExchangeLine::Lookup {
    explicit Lookup(const std::shared_ptr<Capture>& of)
        : capture(of)
        , finder(of)
    {
    }
    const std::shared_ptr<Capture> capture;
    ExchangeFinder finder;
    std::atomic<quint64> wanted = 0; ///< number of the latest question
};

namespace {

constexpr int above = 2; ///< pixels between what is above and the bar

QString rowText(qsizetype row)
{
    return groupedNumber(row + 1);
}

QString exchangeText(const CapturedExchange& exchange)
{
    QString steps = exchange.steps.text();
    if (exchange.rows.request < 0) {
        return ExchangeLine::tr("%1 · answers no request that was captured").arg(steps);
    }
    if (exchange.rows.reply >= 0) {
        return steps;
    }
    return exchange.isOver ? ExchangeLine::tr("%1 · no reply").arg(steps)
                           : ExchangeLine::tr("%1 · no reply so far").arg(steps);
}

QString exchangeHint(const CapturedExchange& exchange)
{
    QStringList lines;
    if (exchange.rows.request >= 0 && exchange.rows.reply >= 0) {
        lines.append(ExchangeLine::tr("The request is message %1, its reply message %2.")
                         .arg(rowText(exchange.rows.request), rowText(exchange.rows.reply)));
    }
    for (std::size_t i = 0; i < ExchangeSteps::stepCount; ++i) {
        if (exchange.steps.durations[i] >= 0) {
            lines.append(stepHint(static_cast<ExchangeSteps::Step>(i)));
        }
    }
    lines.append(ExchangeLine::tr(
        "Replies are taken to come in the order of the requests of their connection. A capture does not "
        "tell how long a name was looked up and a connection made."));
    return lines.join(u'\n');
}

} // namespace

ExchangeLine::ExchangeLine(QWidget* parent)
    : QWidget(parent)
    , m_text(new ElidedLabel(this))
{
    setAccessibleName(tr("Exchange"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, above + exchangeBarHeight + above, 0, 0);
    layout->addWidget(m_text);
    hide();
}

ExchangeLine::~ExchangeLine()
{
    if (m_lookup) {
        ++m_lookup->wanted;
    }
}

void ExchangeLine::setMessage(const MessageRef& message)
{
    const bool isMessage = message.capture && message.row >= 0 && message.record.kind == RecordKind::Message;
    const bool isOther = message.row != m_message.row || message.capture != m_message.capture;
    if (m_lookup) {
        ++m_lookup->wanted;
    }
    wait(false);
    m_message = isMessage ? message : MessageRef();
    if (!isMessage) {
        m_lookup.reset();
    } else if (!m_lookup || m_lookup->capture != message.capture) {
        m_lookup = std::make_shared<Lookup>(message.capture);
    }
    setVisible(isMessage);
    if (isOther) {
        take(std::nullopt);
    }
    if (isMessage) {
        look();
    }
}

QString ExchangeLine::text() const
{
    return m_text->fullText();
}

void ExchangeLine::look()
{
    const quint64 number = ++m_lookup->wanted;
    m_looked = m_message.capture->messageCount();
    m_looking = true;
    m_task.start([lookup = m_lookup, row = m_message.row,
                     number] { return lookup->finder.of(row, [&] { return lookup->wanted == number; }); },
        [this](const std::optional<CapturedExchange>& exchange) {
            m_looking = false;
            if (m_lookup) {
                take(exchange);
                wait(exchange && !exchange->isOver);
                Q_EMIT found();
            }
        });
}

void ExchangeLine::lookAgain()
{
    const auto connection = m_message.capture->connection(m_message.record.connection);
    const bool isOver = connection && connection->closedAt != 0;
    if (!m_looking && (isOver || m_message.capture->messageCount() != m_looked)) {
        look();
    }
}

/// The ticker runs only while somebody listens.
void ExchangeLine::wait(bool on)
{
    if (on && !m_waits) {
        connect(&Ticker::instance(), &Ticker::tick, this, &ExchangeLine::lookAgain);
    } else if (!on && m_waits) {
        disconnect(&Ticker::instance(), &Ticker::tick, this, &ExchangeLine::lookAgain);
    }
    m_waits = on;
}

void ExchangeLine::take(const std::optional<CapturedExchange>& exchange)
{
    m_exchange = exchange;
    m_text->setFullText(exchange ? exchangeText(*exchange) : QString());
    setAccessibleDescription(m_text->fullText());
    setToolTip(exchange ? exchangeHint(*exchange) : QString());
    m_text->setToolTip(toolTip());
    update();
}

void ExchangeLine::paintEvent(QPaintEvent* /*event*/)
{
    if (m_exchange) {
        QPainter painter(this);
        const QRect area(0, above, std::min(width(), exchangeBarWidth), exchangeBarHeight);
        paintExchangeBar(painter, area, m_exchange->steps);
    }
}

} // namespace sockeye
