// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sending/repeat_row.h"

#include "app/filtering/event_fields.h"
#include "app/repeat/reply_match.h"
#include "ui/filter/filter_edit.h"
#include "ui/filter/filter_fields.h"
#include "ui/models/ticker.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <utility>

namespace sockeye {

namespace {

constexpr int longestInterval = 24 * 3600 * 1000; ///< milliseconds
constexpr int mostTimes = 1'000'000'000;

QString endText(RepeatEnd end)
{
    switch (end) {
    case RepeatEnd::Stopped:
        return RepeatRow::tr("Stopped.");
    case RepeatEnd::Counted:
        return RepeatRow::tr("Done.");
    case RepeatEnd::Matched:
        return RepeatRow::tr("A reply matched.");
    }
    return {};
}

} // namespace

RepeatRow::RepeatRow(QWidget* parent)
    : QWidget(parent)
    , m_fields(new FilterFields(this))
    , m_every(new QSpinBox(this))
    , m_times(new QSpinBox(this))
    , m_until(new FilterEdit(*m_fields, this))
    , m_start(new QPushButton(tr("Start"), this))
    , m_stop(new QPushButton(tr("Stop"), this))
    , m_mistake(new ElidedLabel(this))
    , m_counts(new ElidedLabel(this))
    , m_spreads(new ElidedLabel(this))
{
    m_every->setRange(1, longestInterval);
    m_every->setValue(1000);
    m_every->setSuffix(QStringLiteral(" ms"));
    m_every->setGroupSeparatorShown(true);
    m_every->setAccessibleName(tr("Repeat every"));
    m_every->setToolTip(tr("From one request to the next. A reply that takes longer delays the next one. Without "
                           "“Keep connection” each goes over a connection of its own."));
    m_times->setRange(0, mostTimes);
    m_times->setSpecialValueText(tr("without end"));
    m_times->setSuffix(QStringLiteral(" ×"));
    m_times->setGroupSeparatorShown(true);
    m_times->setAccessibleName(tr("Repeat how often"));
    m_times->setToolTip(tr("0: until it is stopped."));
    m_until->setAccessibleName(tr("Repeat until"));
    m_until->setPlaceholderText(tr("a reply matches this filter"));
    m_until->setToolTip(tr("The first reply that this filter matches ends it."));
    m_start->setAccessibleName(tr("Start repeating"));
    m_start->setToolTip(tr("Sends what the composer holds now; what is changed there later is not sent by this."));
    m_stop->setAccessibleName(tr("Stop repeating"));
    m_stop->setToolTip(tr("Once the exchange that is under way is over; “Cancel” gives up that one, too."));
    m_counts->setObjectName(QStringLiteral("repeatCounts"));
    m_spreads->setObjectName(QStringLiteral("repeatSpreads"));
    for (QWidget* const line : std::initializer_list<QWidget*> { m_mistake, m_counts, m_spreads }) {
        line->hide();
    }

    auto* const row = new QHBoxLayout;
    row->setSpacing(8);
    const auto add = [this, row](const QString& text, QWidget* field, int stretch) {
        auto* const label = new QLabel(text, this);
        label->setBuddy(field);
        row->addWidget(label);
        row->addWidget(field, stretch);
    };
    add(tr("every"), m_every, 0);
    row->addWidget(m_times);
    add(tr("until"), m_until, 1);
    row->addWidget(m_start);
    row->addWidget(m_stop);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_mistake);
    column->addWidget(m_counts);
    column->addWidget(m_spreads);

    connect(m_start, &QPushButton::clicked, this, &RepeatRow::startWanted);
    connect(m_stop, &QPushButton::clicked, this, &RepeatRow::stopWanted);
    connect(m_until, &FilterEdit::accepted, this, [this] {
        if (m_start->isEnabled()) {
            Q_EMIT startWanted();
        }
    });
    connect(m_until, &FilterEdit::escaped, m_until, &QLineEdit::clear);
    connect(m_until, &FilterEdit::checked, this, &RepeatRow::showState);
    connect(&Theme::instance(), &Theme::changed, this, &RepeatRow::showState);
    showState();
}

void RepeatRow::setCapture(const std::shared_ptr<Capture>& capture)
{
    m_fields->setCapture(capture);
}

std::optional<Repetition> RepeatRow::repetition(const ClientOptions& options) const
{
    Repetition repetition;
    repetition.every = std::chrono::milliseconds(m_every->value());
    repetition.count = m_times->value();
    if (const QString text = m_until->text().trimmed(); !text.isEmpty()) {
        const ProtocolPtr replies = spokenBy(options.protocol, Sender::Server);
        const auto where = filter::Filter::compile(text, eventSchema(*replies));
        if (!where || m_until->mistake()) {
            return std::nullopt;
        }
        repetition.isLast = replyMatches(*where, replies, options);
    }
    return repetition;
}

void RepeatRow::begin(const std::function<const RepeatReport&()>& report)
{
    m_report = report;
    m_counts->show();
    m_spreads->show();
    connect(&Ticker::instance(), &Ticker::tick, this, &RepeatRow::showReport);
    showReport();
    showState();
}

void RepeatRow::end(RepeatEnd end)
{
    if (!m_report) {
        return;
    }
    disconnect(&Ticker::instance(), &Ticker::tick, this, &RepeatRow::showReport);
    showReport();
    m_counts->setFullText(tr("%1 %2").arg(endText(end), m_counts->fullText()));
    m_report = nullptr;
    showState();
}

void RepeatRow::showReport()
{
    const RepeatReport& report = m_report();
    m_counts->setFullText(describeCounts(report));
    m_spreads->setFullText(describeSpreads(report));
}

void RepeatRow::showState()
{
    const bool runs = m_report != nullptr;
    for (QWidget* const part : std::initializer_list<QWidget*> { m_every, m_times, m_until }) {
        part->setEnabled(!runs);
    }
    m_start->setEnabled(!runs && !m_until->mistake());
    // One of the two at a time: a small window has no room for both. Who has pressed one can press the other.
    const bool hasFocus = m_start->hasFocus() || m_stop->hasFocus();
    m_start->setVisible(!runs);
    m_stop->setVisible(runs);
    if (hasFocus) {
        (runs ? m_stop : m_start)->setFocus(Qt::OtherFocusReason);
    }
    m_start->setIcon(Theme::instance().icon(QStringLiteral("start")));
    m_stop->setIcon(Theme::instance().icon(QStringLiteral("stop")));
    QPalette palette = this->palette();
    palette.setColor(
        QPalette::WindowText, m_until->mistake() ? Theme::instance().error() : Theme::instance().warning());
    m_mistake->setPalette(palette);
    m_mistake->setFullText(m_until->sentence());
    m_mistake->setVisible(!m_until->sentence().isEmpty());
}

QJsonObject RepeatRow::saveState() const
{
    return {
        { QStringLiteral("every"), m_every->value() },
        { QStringLiteral("times"), m_times->value() },
        { QStringLiteral("until"), m_until->text() },
    };
}

void RepeatRow::restore(const QJsonObject& state)
{
    m_every->setValue(state.value(u"every").toInt(m_every->value()));
    m_times->setValue(state.value(u"times").toInt(m_times->value()));
    m_until->setText(state.value(u"until").toString());
}

} // namespace sockeye
