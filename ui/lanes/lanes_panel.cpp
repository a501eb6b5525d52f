// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lanes/lanes_panel.h"

#include "ui/lanes/lanes_view.h"
#include "ui/models/same_recording.h"
#include "ui/models/ticker.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int scrollRange = 1'000'000; ///< steps of the bar for all there is
constexpr double buttonZoom = 2;
constexpr int sentenceLines = 2;

} // namespace

LanesPanel::LanesPanel(QWidget* parent)
    : QWidget(parent)
    , m_view(new LanesView(this))
    , m_title(new ElidedLabel(this))
    , m_bar(new QWidget(this))
    , m_scroll(new QScrollBar(Qt::Horizontal, this))
    , m_sentence(new QLabel(this))
{
    m_sentence->setObjectName(QStringLiteral("lanesSentence"));
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sentence->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_sentence->setContentsMargins(8, 2, 8, 2);
    m_scroll->setAccessibleName(tr("Part of the connection"));
    m_scroll->setFocusPolicy(Qt::NoFocus);
    buildBar();
    buildLayout();
    setFocusProxy(m_view);

    connect(m_view, &LanesView::scaleChanged, this, &LanesPanel::updateBar);
    connect(m_view, &LanesView::pictureChanged, this, &LanesPanel::updateTitle);
    connect(m_view, &LanesView::pictureChanged, this, &LanesPanel::updateSentence);
    connect(m_view, &LanesView::sentenceChanged, this, &LanesPanel::updateSentence);
    connect(m_view, &LanesView::chosen, this, &LanesPanel::choose);
    connect(m_scroll, &QScrollBar::valueChanged, this,
        [this](int value) { m_view->moveTo(static_cast<double>(value) / std::max(1, m_scroll->maximum())); });
    updateBar();
    updateTitle();
    updateSentence();
}

QToolButton* LanesPanel::addButton(const QString& text, const QString& name, const QString& toolTip)
{
    auto* button = new QToolButton(m_bar);
    button->setText(text);
    button->setAccessibleName(name);
    button->setToolTip(toolTip);
    button->setFocusPolicy(Qt::TabFocus);
    m_bar->layout()->addWidget(button);
    return button;
}

void LanesPanel::buildBar()
{
    auto* line = new QHBoxLayout(m_bar);
    line->setContentsMargins(8, 2, 8, 2);
    line->setSpacing(4);
    line->addWidget(m_title, 1);
    m_byOffset = addButton(tr("By offset"), tr("By offset"), tr("Along the bytes of the streams, in step"));
    m_byTime = addButton(tr("By time"), tr("By time"), tr("Over time: when each read and write was"));
    auto* axes = new QButtonGroup(this);
    for (QToolButton* axis : { m_byOffset, m_byTime }) {
        axis->setCheckable(true);
        axes->addButton(axis);
    }
    m_byOffset->setChecked(true);
    line->addSpacing(8);
    m_farther = addButton(QStringLiteral("−"), tr("Zoom out"), tr("Show more (−, or Ctrl and the wheel)"));
    m_nearer = addButton(QStringLiteral("+"), tr("Zoom in"), tr("Show less, larger (+, or Ctrl and the wheel)"));
    m_all = addButton(tr("All"), tr("Show all of the connection"), tr("Show all of the connection (0)"));
    m_toMessage = addButton(tr("Message"), tr("Show the selected message large"),
        tr("Show the selected message as large as there is room (Enter, or a double click)"));
    connect(m_byTime, &QToolButton::toggled, this,
        [this](bool on) { m_view->setAxis(on ? LaneAxis::Time : LaneAxis::Offset); });
    connect(m_nearer, &QToolButton::clicked, this, [this] { m_view->zoom(buttonZoom); });
    connect(m_farther, &QToolButton::clicked, this, [this] { m_view->zoom(1 / buttonZoom); });
    connect(m_all, &QToolButton::clicked, m_view, &LanesView::showAll);
    connect(m_toMessage, &QToolButton::clicked, m_view, &LanesView::showSelected);
}

void LanesPanel::buildLayout()
{
    m_sentence->setFixedHeight(m_sentence->fontMetrics().lineSpacing() * sentenceLines + 4);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_scroll);
    layout->addWidget(m_sentence);
}

void LanesPanel::setEmptyText(const QString& text)
{
    m_view->setEmptyText(text);
}

void LanesPanel::setCapture(const std::shared_ptr<Capture>& capture)
{
    const bool isReadAnew = areOfSameRecording(capture, m_capture);
    m_capture = capture;
    m_message = {};
    useConnection(isReadAnew ? m_connection : 0);
}

/// The view is told as late as it is seen: a page that nobody looks at costs nothing.
void LanesPanel::useConnection(quint32 connection)
{
    m_connection = connection;
    m_seenMessages = -1;
    m_seenBytes = -1;
    m_isStale = true;
    if (isVisible()) {
        look();
    }
}

void LanesPanel::showConnection(quint32 connection)
{
    const quint32 wanted = connection != 0 ? connection : m_message.record.connection;
    if (wanted != m_connection && wanted != 0) {
        useConnection(wanted);
    }
}

void LanesPanel::showMessage(const MessageRef& message)
{
    m_message = message.capture == m_capture ? message : MessageRef();
    m_toMessage->setEnabled(m_message.row >= 0);
    const quint32 connection = m_message.record.connection;
    if (connection != 0 && connection != m_connection) {
        useConnection(connection);
    }
    if (isVisible() && !m_isStale) {
        m_view->setSelected(m_message.record, m_message.row);
    }
}

void LanesPanel::showBytes(qint64 offset, qint64 size)
{
    m_view->setSelectedBytes(m_message.record.offset + offset, size);
}

QString LanesPanel::sentence() const
{
    return m_sentence->text();
}

QJsonObject LanesPanel::saveState() const
{
    return { { QStringLiteral("byTime"), m_byTime->isChecked() } };
}

void LanesPanel::restoreState(const QJsonObject& state)
{
    const bool byTime = state.value(QLatin1StringView("byTime")).toBool();
    (byTime ? m_byTime : m_byOffset)->setChecked(true);
}

void LanesPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    connect(&Ticker::instance(), &Ticker::tick, this, &LanesPanel::look, Qt::UniqueConnection);
    look();
}

void LanesPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    disconnect(&Ticker::instance(), &Ticker::tick, this, &LanesPanel::look);
}

/// Takes what is new in the capture.
void LanesPanel::look()
{
    if (m_isStale) {
        m_isStale = false;
        m_view->setConnection(m_capture, m_connection);
    }
    m_view->setSelected(m_message.record, m_message.row);
    if (!m_capture || !m_view->isUpToDate()) {
        return;
    }
    const qsizetype messages = m_capture->messageCount();
    const qint64 bytes = m_capture->byteCount();
    if (messages != m_seenMessages || bytes != m_seenBytes) {
        m_seenMessages = messages;
        m_seenBytes = bytes;
        m_view->refresh();
    }
}

void LanesPanel::choose(qsizetype row, qint64 offset, qint64 size)
{
    if (!m_capture || row < 0) {
        return;
    }
    const MessageRecord record = m_capture->message(row);
    // Of a read that carried several messages, the part in the first of them.
    const qint64 begin = std::max(offset, record.offset) - record.offset;
    const qint64 end = std::min(offset + size, record.offset + record.size) - record.offset;
    Q_EMIT messageChosen({ m_capture, row, record });
    if (begin < end) {
        Q_EMIT bytesChosen(begin, end - begin);
    }
}

void LanesPanel::updateTitle()
{
    const LanesPicturePtr& picture = m_view->picture();
    if (!picture || picture->connection == 0) {
        m_title->setFullText(tr("No connection"));
        return;
    }
    if (m_connection == 0 && picture->connection != 0) {
        m_connection = picture->connection; // it stays the first
    }
    m_title->setFullText(
        tr("Connection #%1, %2").arg(QString::number(picture->connection), picture->facts.peer.toString()));
}

void LanesPanel::updateBar()
{
    const LaneScale& scale = m_view->scale();
    const LaneExtent& extent = m_view->extent();
    const auto all = static_cast<double>(std::max<qint64>(1, extent.end - extent.begin));
    const double room = all - static_cast<double>(scale.span());
    const QSignalBlocker quiet(m_scroll);
    const int page =
        std::clamp(static_cast<int>(static_cast<double>(scale.span()) / all * scrollRange), 1, scrollRange);
    const int most = scrollRange - page;
    m_scroll->setRange(0, most);
    m_scroll->setPageStep(page);
    m_scroll->setSingleStep(std::max(1, page / 10));
    m_scroll->setValue(room > 0 ? static_cast<int>(static_cast<double>(scale.from - extent.begin) / room * most) : 0);
    m_farther->setEnabled(room > 0);
    m_all->setEnabled(room > 0);
    m_toMessage->setEnabled(m_message.row >= 0);
}

void LanesPanel::updateSentence()
{
    QString text = m_view->sentence();
    if (text.isEmpty() && m_view->picture() && m_view->picture()->connection != 0) {
        text = tr("Point at something, or select it: here it is told in words.");
    }
    m_sentence->setText(text);
}

} // namespace sockeye
