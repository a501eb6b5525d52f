// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/ladder/ladder_steps.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "tests/ui/models/capture_fixture.h"

namespace sockeye {

/// A capture of lines.
struct LadderFixture : CaptureFixture {
    explicit LadderFixture(const ProtocolPtr& protocol = linesProtocol())
        : CaptureFixture(protocol)
    {
    }
    /// Opens a connection, with so many messages: "line 0" comes, "line 1" goes, and so on.
    void fill(quint32 connection, int messages)
    {
        open(connection);
        for (int i = 0; i < messages; ++i) {
            const QByteArray line = "line " + QByteArray::number(i) + '\n';
            i % 2 == 0 ? in(connection, line) : out(connection, line);
        }
    }
    /// It took so long to write that time is folded, which is a step more.
    [[nodiscard]] bool hasPause() const
    {
        const std::optional<ConnectionRecord> first = capture->connection(1);
        qint64 before = first ? first->openedAt : 0;
        for (qsizetype row = 0; row < capture->messageCount(); ++row) {
            const qint64 time = capture->message(row).time;
            if (time - before >= ladderPause / 2) {
                return true;
            }
            before = time;
        }
        return false;
    }
};

/// What `fill` writes, without a pause, also on a busy machine.
template <typename Fill>
std::unique_ptr<LadderFixture> quickLadder(Fill&& fill, const ProtocolPtr& protocol = linesProtocol())
{
    constexpr int tries = 50;
    std::unique_ptr<LadderFixture> fixture;
    for (int i = 0; i < tries && (!fixture || fixture->hasPause()); ++i) {
        fixture = std::make_unique<LadderFixture>(protocol);
        fill(*fixture);
        fixture->settle();
    }
    return fixture;
}

} // namespace sockeye
