// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/ladder/ladder_lines.h"
#include "app/reading/capture.h"
#include "app/storage/block_list.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace sockeye {

/// From so long on that nothing happened, this is a step of its own, in nanoseconds.
inline constexpr qint64 ladderPause = 200'000'000;

/// The steps of a ladder: the rows of one connection, or of all, and what became of connections between them, in the
/// order of time. Takes four bytes a row, and some tens for each connection. One thread at a time.
///
/// What became of connections is known by its time only: behind the last row it stands at the end for as long as
/// further rows may come before it.
class LadderSteps {
public:
    /// `connection` 0: all of the capture.
    LadderSteps(std::shared_ptr<const Capture> capture, quint32 connection);

    [[nodiscard]] bool hasNew(); ///< since takeNew()
    /// Looks at further rows of the capture, at most `most`. True: there are more.
    bool takeNew(qsizetype most);
    [[nodiscard]] double progress() const; ///< 0 to 1: how much of the capture was looked at

    [[nodiscard]] qsizetype count() const { return m_steps.size() + static_cast<qsizetype>(m_tail.size()); }
    /// What is known of it without reading: no text, no parts, no calls. `number` is in range.
    [[nodiscard]] LadderStep at(qsizetype number) const;
    /// The step of a row of the capture; -1: there is none.
    [[nodiscard]] qsizetype stepOf(qsizetype row) const;
    [[nodiscard]] const LadderLines& lines() const { return m_lines; }

private:
    /// Something that became of a connection.
    struct Event {
        qint64 time = 0;
        quint32 connection = 0;
        quint32 row = 0; ///< of the capture that follows; once it has its place
        LadderKind kind = LadderKind::Opened;
        Direction direction = Direction::In;
    };
    struct Known {
        bool isUdp = false;
        bool isOpen = false; ///< told to the lines
        quint8 told = 0; ///< one bit a kind of event
    };
    [[nodiscard]] static bool isLater(const Event& a, const Event& b);
    void takeConnections();
    void takeConnection(const ConnectionRecord& record);
    void expect(Known& known, const Event& event);
    void takeRow(const MessageRecord& record, qsizetype row);
    void open(quint32 connection);
    void place(const Event& event);
    void append(quint32 code, qint64 time);
    void appendEvent(const Event& event);
    void buildTail();
    void dropTail();
    [[nodiscard]] quint32 code(qsizetype number) const;
    [[nodiscard]] const Event& event(quint32 code) const;
    [[nodiscard]] qint64 timeOf(quint32 code) const;
    [[nodiscard]] bool isBeforeRow(qsizetype number, qsizetype row) const;

    std::shared_ptr<const Capture> m_capture;
    const quint32 m_connection;
    quint64 m_revision = 0; ///< of connections
    qsizetype m_taken = 0; ///< rows of the capture
    BlockList<quint32> m_steps; ///< a row of the capture, or an event, or a pause
    BlockList<Event> m_events;
    std::vector<Event> m_pending; ///< a heap, the earliest first: without a place so far
    std::vector<quint32> m_tail; ///< steps behind the last row
    std::vector<Event> m_tailEvents;
    std::vector<quint32> m_tailOpened; ///< connections whose lines begin there
    bool m_isTail = false; ///< what is placed is of the tail
    bool m_isNew = false; ///< something came since the tail was made
    LadderLines m_lines;
    LadderLines::State m_linesAtRow; ///< before the tail
    std::unordered_map<quint32, Known> m_known;
    qint64 m_lastTime = 0; ///< of the steps so far
    qint64 m_lastTimeAtRow = 0; ///< before the tail
};

} // namespace sockeye
