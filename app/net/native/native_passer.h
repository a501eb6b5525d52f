// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/passer.h"
#include "app/platform/linux/socket_pipe.h"

namespace sockeye {

/// Between two TCP sockets, by the kernel's splice(2) and one pipe, which is opened when it is first needed. A Unix
/// socket's bytes come from its peer's memory and are not the kernel's to hand on: it would copy them.
class NativePasser final : public Passer {
public:
    [[nodiscard]] bool canPass(const Stream& from, const Stream& to) override;
    [[nodiscard]] Passed pass(Stream& from, Stream& to, std::span<char> left) override;

private:
    SocketPipe m_pipe;
};

} // namespace sockeye
