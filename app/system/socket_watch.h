// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/system/socket_query.h"

#include <QBasicTimer>
#include <QObject>

#include <memory>

namespace sockeye {

/// Looks at the machine's sockets about once a second, in a background thread, for as long as it is wanted: reading,
/// finding processes, picking and sorting all happen there. Lives in the GUI thread.
class SocketWatch final : public QObject {
    Q_OBJECT
public:
    explicit SocketWatch(QObject* parent = nullptr);
    ~SocketWatch() override; ///< waits for nothing

    void setRunning(bool running); ///< looks at once when it begins
    void setQuery(const SocketQuery& query); ///< looks at once
    [[nodiscard]] const SocketQuery& query() const { return m_query; }

    [[nodiscard]] const std::vector<SocketRow>& rows() const { return m_rows; } ///< of the last look
    [[nodiscard]] qsizetype count() const { return m_count; } ///< all sockets of the machine
    [[nodiscard]] SocketTable::Source source() const { return m_source; }

Q_SIGNALS:
    void looked();

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    struct Worker; ///< what the background job uses; outlives the watch while a job runs
    void look();
    void take(std::vector<SocketRow> rows, qsizetype count, SocketTable::Source source);

    std::shared_ptr<Worker> m_worker;
    SocketQuery m_query;
    std::vector<SocketRow> m_rows;
    qsizetype m_count = 0;
    SocketTable::Source m_source = SocketTable::Source::None;
    QBasicTimer m_timer;
    bool m_running = false;
    bool m_looking = false;
    bool m_again = false; ///< look once more when the present look ends
};

} // namespace sockeye
