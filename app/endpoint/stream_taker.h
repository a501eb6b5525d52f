// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/stream.h"

#include <memory>

namespace sockeye {

class TlsContext;

/// To whom a listener hands what it accepts. Both may be called from any thread.
class StreamTaker {
public:
    /// Takes over an accepted stream, from the thread in which it lives. `overLimit`: it is over the limit and is only
    /// told so.
    virtual void adopt(std::unique_ptr<Stream> stream, quint32 id, bool overLimit) = 0;
    /// What the streams that it is given from then on are secured with.
    virtual void setTls(std::shared_ptr<const TlsContext> tls) = 0;

protected:
    ~StreamTaker() = default;
};

} // namespace sockeye
