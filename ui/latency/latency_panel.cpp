// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/latency/latency_panel.h"

#include "app/latency/latency_words.h"
#include "app/threads/background_threads.h"
#include "ui/models/ticker.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPromise>
#include <QSpinBox>
#include <QThreadPool>
#include <QToolButton>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int latencyLines = 2;
constexpr double latencyZoom = 2;
/// What comes live is drawn again after at least this time, in milliseconds, and only a part of all time goes into it.
constexpr qint64 leastPause = 300;
constexpr qint64 pauseForEach = 4;

} // namespace

LatencyPanel::LatencyPanel(QWidget* parent)
    : QWidget(parent)
    , m_bar(new QWidget(this))
    , m_plot(new LatencyPlot(this))
    , m_sentence(new QLabel(this))
    , m_factor(new QSpinBox(this))
{
    buildBar();
    buildLayout();
    setFocusProxy(m_plot);
    connect(m_plot, &LatencyPlot::chosen, this, [this](const LatencyPoint& point) {
        if (m_capture && point.row >= 0 && point.row < m_capture->messageCount()) {
            Q_EMIT messageChosen({ m_capture, point.row, m_capture->message(point.row) });
        }
    });
    connect(m_plot, &LatencyPlot::rangeChosen, this, [this](qint64 begin, qint64 end) {
        m_request.begin = begin;
        m_request.end = end;
        change();
    });
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &LatencyPanel::take);
}

LatencyPanel::~LatencyPanel()
{
    m_watcher.cancel();
}

QToolButton* LatencyPanel::addButton(const QString& text, const QString& toolTip)
{
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setFocusPolicy(Qt::TabFocus);
    m_bar->layout()->addWidget(button);
    return button;
}

void LatencyPanel::buildBar()
{
    auto* bar = new QHBoxLayout(m_bar);
    bar->setContentsMargins(8, 0, 8, 4);
    bar->setSpacing(8);
    m_logarithmic = addButton(tr("Log scale"), tr("Each line across is ten times the one below it"));
    m_logarithmic->setCheckable(true);
    m_logarithmic->setChecked(true);
    connect(m_logarithmic, &QToolButton::toggled, m_plot, &LatencyPlot::setLogarithmic);
    m_factor->setRange(2, 1000);
    m_factor->setValue(static_cast<int>(usualIdleFactor));
    m_factor->setPrefix(tr("Silence: over "));
    m_factor->setSuffix(tr("× the usual"));
    m_factor->setToolTip(
        tr("Times without a message are hatched that are so many times as long as usual, and 10 ms at least"));
    m_factor->setAccessibleName(tr("How many times as long as usual a silence is"));
    connect(m_factor, &QSpinBox::valueChanged, this, [this](int factor) {
        m_request.idleFactor = factor;
        change();
    });
    bar->addWidget(m_factor);
    auto* signs = new QLabel(tr("● shortest, longest   × error"), this);
    signs->setMinimumWidth(1); // the first to go where there is no room
    bar->addWidget(signs, 1);
    QToolButton* nearer = addButton(QStringLiteral("+"), tr("Zoom in (+, or Ctrl and the wheel)"));
    nearer->setAccessibleName(tr("Zoom in"));
    connect(nearer, &QToolButton::clicked, m_plot, [this] { m_plot->zoom(1 / latencyZoom); });
    QToolButton* farther = addButton(QStringLiteral("−"), tr("Zoom out (−)"));
    farther->setAccessibleName(tr("Zoom out"));
    connect(farther, &QToolButton::clicked, m_plot, [this] { m_plot->zoom(latencyZoom); });
    connect(addButton(tr("All"), tr("Show all of it (0)")), &QToolButton::clicked, m_plot, &LatencyPlot::showAll);
}

void LatencyPanel::buildLayout()
{
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sentence->setContentsMargins(8, 0, 8, 0);
    m_sentence->setAccessibleName(tr("Latencies in words"));
    m_sentence->setFixedHeight(m_sentence->fontMetrics().lineSpacing() * latencyLines + 4);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_plot, 1);
    layout->addWidget(m_sentence);
}

void LatencyPanel::setCapture(const std::shared_ptr<Capture>& capture)
{
    m_watcher.cancel();
    m_watcher.setFuture({});
    m_capture = capture;
    m_reader = capture ? std::make_shared<LatencyReader>(capture) : nullptr;
    m_picture = nullptr;
    m_message = {};
    m_request.begin = 0;
    m_request.end = 0;
    m_took = 0;
    m_plot->setSelected(std::nullopt);
    m_plot->setPicture(nullptr);
    m_sentence->clear();
    change();
}

void LatencyPanel::showConnection(quint32 connection)
{
    if (connection != m_request.connection) {
        m_request.connection = connection;
        m_request.begin = 0;
        m_request.end = 0;
        change();
    }
}

void LatencyPanel::showMessage(const MessageRef& message)
{
    m_message = message.capture == m_capture ? message : MessageRef();
    showSelected();
}

void LatencyPanel::showSelected()
{
    const auto latency = m_reader && m_message.row >= 0 ? m_reader->latency(m_message.row) : std::nullopt;
    m_plot->setSelected(
        latency ? std::optional<LatencyPoint>({ m_message.record.time, *latency, m_message.row }) : std::nullopt);
}

QString LatencyPanel::sentence() const
{
    return m_sentence->text();
}

void LatencyPanel::change()
{
    m_isWanted = true;
    if (isVisible()) {
        ask();
    }
}

/// Whether there is more by now.
void LatencyPanel::look()
{
    if (m_isWanted) {
        ask();
    } else if (m_picture && m_capture && m_capture->messageCount() != m_picture->rows && !m_watcher.isRunning()
        && m_sinceMade.hasExpired(std::max(leastPause, pauseForEach * m_took))) {
        m_isWanted = true;
        ask();
    }
}

/// One at a time: what is asked for meanwhile comes next.
void LatencyPanel::ask()
{
    if (!m_reader || m_watcher.isRunning()) {
        return;
    }
    m_isWanted = false;
    m_request.columns = m_plot->columns();
    m_sinceBegun.start();
    const auto promise = std::make_shared<QPromise<LatencyPicturePtr>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, reader = m_reader, request = m_request] {
        if (auto picture = reader->picture(request, [&promise] { return !promise->isCanceled(); })) {
            promise->addResult(std::make_shared<const LatencyPicture>(*std::move(picture)));
        }
        promise->finish();
    });
}

void LatencyPanel::take()
{
    const QFuture<LatencyPicturePtr> future = m_watcher.future();
    if (future.isCanceled() || future.resultCount() == 0) {
        return;
    }
    m_took = m_sinceBegun.elapsed();
    m_sinceMade.start();
    m_picture = future.result();
    m_plot->setPicture(m_picture);
    showSelected();
    const QString sentence = latencySentence(*m_picture);
    m_sentence->setText(m_picture->connection == 0
            ? sentence
            : tr("Connection #%1: %2").arg(QString::number(m_picture->connection), sentence));
    m_plot->setAccessibleDescription(m_sentence->text());
    if (m_isWanted) {
        ask();
    }
}

void LatencyPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    connect(&Ticker::instance(), &Ticker::tick, this, &LatencyPanel::look, Qt::UniqueConnection);
    look();
}

void LatencyPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    disconnect(&Ticker::instance(), &Ticker::tick, this, &LatencyPanel::look);
}

void LatencyPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    change();
}

QJsonObject LatencyPanel::saveState() const
{
    return { { QStringLiteral("linear"), !m_logarithmic->isChecked() },
        { QStringLiteral("silence"), m_factor->value() } };
}

void LatencyPanel::restoreState(const QJsonObject& state)
{
    m_logarithmic->setChecked(!state.value(QLatin1StringView("linear")).toBool());
    m_factor->setValue(state.value(QLatin1StringView("silence")).toInt(static_cast<int>(usualIdleFactor)));
}

} // namespace sockeye
