// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_run.h"

#include "app/events/event.h"
#include "app/load/load_worker.h"
#include "app/net/end_there.h"
#include "app/platform/file_limit.h"
#include "app/threads/apart.h"

#include <QCoreApplication>

#include <utility>

namespace sockeye {

LoadRun::LoadRun(QObject* parent)
    : QObject(parent)
{
    qRegisterMetaType<LoadError>();
}

LoadRun::~LoadRun()
{
    releaseWorkers();
}

void LoadRun::releaseWorkers()
{
    if (m_probe != nullptr) {
        m_probe->disconnect(this);
        endThere(std::exchange(m_probe, nullptr), m_threads->stay(), &LoadProbe::stop);
    }
    for (LoadWorker* const worker : std::exchange(m_workers, {})) {
        worker->disconnect(this);
        endThere(worker, m_threads->stay(), &LoadWorker::shutDown);
    }
    if (m_threads) {
        runApart([threads = std::shared_ptr<IoThreads>(std::move(m_threads))] {});
    }
}

void LoadRun::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
    if (state == State::Over) {
        Q_EMIT finished();
    }
}

void LoadRun::start(const LoadPlan& plan)
{
    if (m_state != State::Idle) {
        return;
    }
    raiseFileLimit();
    m_report.plan = plan;
    m_report.threads = plan.threadCount();
    m_report.startedAt = captureNow();
    QString problem = plan.problem();
    if (problem.isEmpty() && !LoadScript::fits(plan)) {
        problem = tr("These requests take too much memory in that mix: make them smaller, or their weights.");
    }
    if (!problem.isEmpty()) {
        m_report.failure.code = FailureCode::Other;
        m_report.failure.what = problem;
        setState(State::Over);
        return;
    }
    m_threads = std::make_unique<IoThreads>(m_report.threads);
    m_probe = new LoadProbe(plan);
    m_probe->moveToThread(m_threads->thread(0));
    connect(m_probe, &LoadProbe::succeeded, this, &LoadRun::probed);
    connect(m_probe, &LoadProbe::failed, this, &LoadRun::notProbed);
    QMetaObject::invokeMethod(m_probe, &LoadProbe::start, Qt::QueuedConnection);
    setState(State::Probing);
}

void LoadRun::notProbed(LoadError error, const Failure& failure, const std::shared_ptr<const WrongReply>& wrong)
{
    if (m_state != State::Probing) {
        return;
    }
    m_report.errors[static_cast<std::size_t>(error)] += 1;
    m_report.failure = failure;
    if (wrong) {
        m_report.firstWrong = *wrong;
    }
    setState(State::Over);
}

void LoadRun::probed(const LoadFindings& findings)
{
    if (m_state != State::Probing) {
        return;
    }
    m_report.peer = findings.peer;
    m_report.tls = findings.tlsFacts;
    LoadWorker::Share share { m_report.plan, std::make_shared<const LoadScript>(m_report.plan, findings.replies),
        findings.peer, findings.tls, findings.serverCloses, m_report.threads, 0 };
    if (share.plan.proxy) {
        share.plan.proxy->host = findings.peer.host.toString(); // looked up once
    }
    setState(State::Opening);
    for (int i = 0; i < m_report.threads; ++i) {
        share.thread = i;
        auto* const worker = new LoadWorker(share);
        worker->moveToThread(m_threads->thread(i));
        connect(worker, &LoadWorker::ready, this, &LoadRun::workerReady);
        connect(worker, &LoadWorker::measured, this,
            [this](const std::shared_ptr<const LoadSlice>& slice) { workerMeasured(*slice); });
        connect(worker, &LoadWorker::ended, this, &LoadRun::workerEnded);
        m_workers.push_back(worker);
        QMetaObject::invokeMethod(worker, &LoadWorker::prepare, Qt::QueuedConnection);
    }
}

void LoadRun::workerReady()
{
    if (m_state != State::Opening || ++m_ready < m_report.threads) {
        return;
    }
    // All threads measure from the same moment on.
    const qint64 start = LoadWorker::now() + std::chrono::nanoseconds(m_report.plan.warmUp).count();
    for (LoadWorker* const worker : m_workers) {
        QMetaObject::invokeMethod(
            worker, [worker, start] { worker->begin(start); }, Qt::QueuedConnection);
    }
    setState(State::Running);
}

void LoadRun::workerMeasured(const LoadSlice& slice)
{
    m_report.add(slice);
    Q_EMIT progressed();
}

void LoadRun::workerEnded(const LoadEnd& end)
{
    m_report.add(end);
    if (m_report.threadsEnded == m_report.threads) {
        setState(State::Over);
    }
}

void LoadRun::stop()
{
    switch (m_state) {
    case State::Idle:
    case State::Over:
        return;
    case State::Probing:
        QMetaObject::invokeMethod(m_probe, &LoadProbe::stop, Qt::QueuedConnection);
        m_report.stopped = true;
        setState(State::Over);
        return;
    case State::Opening:
    case State::Running:
        m_report.stopped = true;
        for (LoadWorker* const worker : m_workers) {
            QMetaObject::invokeMethod(worker, &LoadWorker::stop, Qt::QueuedConnection);
        }
        return;
    }
}

} // namespace sockeye
