// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A send list while it is sent.

#include "protocol/sendlist/list_reader.h"
#include "ui/models/ticker.h"
#include "ui/sendlist/list_complaints.h"
#include "ui/sendlist/send_list_model.h"
#include "ui/sendlist/send_list_panel.h"
#include "ui/widgets/dense_table.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace sockeye {

void SendListPanel::run(qsizetype first, qsizetype count, qint64 rounds)
{
    if (m_isRunning || first < 0 || count < 1) {
        return;
    }
    whenReady([this, first, count, rounds](const ListFile& read) {
        if (read.prepared && first + count <= static_cast<qsizetype>(read.prepared->messages.size())) {
            Q_EMIT runWanted({ read.prepared, first, count, rounds });
        }
    });
}

void SendListPanel::sendAll()
{
    run(0, m_model->rowCount(), m_model->list().loop);
}

void SendListPanel::sendOne(int row)
{
    run(row, 1, 1);
}

void SendListPanel::sendFrom(int row)
{
    run(row, m_model->rowCount() - row, 1);
}

void SendListPanel::begin(const ListPlan& plan, const std::shared_ptr<const ListProgress>& progress)
{
    m_isRunning = true;
    m_plan = plan;
    m_progress = progress;
    m_followsSteps = plan.count > 1;
    m_steps.clear();
    m_sent = 0;
    m_bad = 0;
    if (plan.count > 1) {
        m_model->clearSteps();
    } else { // of one alone the others tell no less than before
        m_model->clearFailures(static_cast<int>(plan.first));
    }
    say({});
    m_complaints->show(*m_model);
    connect(&Ticker::instance(), &Ticker::tick, this, &SendListPanel::showSteps);
    showState();
}

void SendListPanel::show(const ListStep& step)
{
    ++m_sent;
    Shown& shown = m_steps[step.message];
    shown.last = step;
    m_latest = static_cast<int>(step.message);
    if (!step.isGood() && step.outcome != ListStep::Outcome::GivenUp) {
        ++m_bad;
        ++shown.failures;
        shown.reason = step.reason;
    }
}

void SendListPanel::showSteps()
{
    if (m_followsSteps && !m_steps.empty()) {
        m_table->scrollTo(m_model->index(m_latest, SendListModel::Name));
    }
    for (const auto& [row, shown] : std::exchange(m_steps, {})) {
        m_model->setStep(shown.last);
        m_model->addFailures(static_cast<int>(row), shown.failures, shown.reason);
    }
    showWaiting();
    m_complaints->show(*m_model);
    say(countsText(), m_bad > 0);
}

/// What is quick shows its reply alone.
void SendListPanel::showWaiting()
{
    using namespace std::chrono_literals;
    constexpr std::chrono::milliseconds step = 100ms;
    const ListProgress::Now now = m_progress ? m_progress->now() : ListProgress::Now();
    const auto waited =
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now() - now.since) / step * step;
    if (now.number < 0 || waited < step) {
        m_model->setWaiting(-1, {}, false);
        return;
    }
    const qsizetype row = m_plan.messageOf(now.number);
    m_model->setWaiting(static_cast<int>(row), waited, m_plan.list->messages[static_cast<std::size_t>(row)].reply);
    if (m_followsSteps && row != m_latest) {
        m_latest = static_cast<int>(row);
        m_table->scrollTo(m_model->index(m_latest, SendListModel::Name));
    }
}

QString SendListPanel::countsText() const
{
    const auto fewer = [](qint64 count) { return static_cast<int>(std::min<qint64>(count, maxListLoops)); };
    const QString sent = tr("%n message(s) sent.", nullptr, fewer(m_sent));
    return m_bad == 0 ? sent : tr("%1 %n did not go as expected.", nullptr, fewer(m_bad)).arg(sent);
}

void SendListPanel::end(RepeatEnd end)
{
    if (!std::exchange(m_isRunning, false)) {
        return;
    }
    disconnect(&Ticker::instance(), &Ticker::tick, this, &SendListPanel::showSteps);
    m_progress.reset();
    showSteps();
    say(end == RepeatEnd::Stopped                    ? tr("Stopped. %1").arg(countsText())
            : m_bad > 0 && end == RepeatEnd::Matched ? tr("Ended early. %1").arg(countsText())
                                                     : tr("Done. %1").arg(countsText()),
        m_bad > 0);
    showState();
}

} // namespace sockeye
