// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/lines/lines_protocol.h"
#include "tests/ui/models/capture_fixture.h"

namespace sockeye {

/// A capture of lines.
struct LadderFixture : CaptureFixture {
    LadderFixture()
        : CaptureFixture(linesProtocol())
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
};

} // namespace sockeye
