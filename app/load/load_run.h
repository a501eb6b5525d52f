// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_probe.h"
#include "app/load/load_report.h"

#include <QObject>

#include <memory>
#include <vector>

namespace sockeye {

class IoThreads;
class LoadWorker;

/// A load as the rest of the program sees it. Lives in the thread that made it; what generates the load lives in I/O
/// threads of its own, so that what they cost can be told apart from everything else. Nothing of it is captured.
class LoadRun final : public QObject {
    Q_OBJECT
public:
    enum class State : quint8 {
        Idle,
        Probing, ///< asks each request once
        Opening, ///< opens the connections that stay
        Running,
        Over,
    };

    explicit LoadRun(QObject* parent = nullptr);
    ~LoadRun() override; ///< everything is closed at once, in its threads, which end then; nobody waits for that

    void start(const LoadPlan& plan); ///< once; ends in finished()
    void stop(); ///< what was measured until then counts; ends in finished()

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const LoadReport& report() const { return m_report; }

Q_SIGNALS:
    void stateChanged();
    void progressed(); ///< about ten times a second for each thread: the report has more
    void finished(); ///< the report is whole

private:
    void probed(const LoadFindings& findings);
    void notProbed(LoadError error, const Failure& failure, const std::shared_ptr<const WrongReply>& wrong);
    void workerReady();
    void workerMeasured(const LoadSlice& slice);
    void workerEnded(const LoadEnd& end);
    void setState(State state);
    void releaseWorkers();

    LoadReport m_report;
    std::unique_ptr<IoThreads> m_threads;
    LoadProbe* m_probe = nullptr; ///< lives in an I/O thread, deleted there
    std::vector<LoadWorker*> m_workers; ///< as that
    int m_ready = 0;
    State m_state = State::Idle;
};

} // namespace sockeye
