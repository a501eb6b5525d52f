// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

/// What streams of an engine can do and tell. What they cannot is said in words where it matters to people.
struct EngineCapabilities {
    bool halfClose = true; ///< either direction can end before the other
    bool tellsReset = true; ///< a peer's reset is told from its end of stream
    bool sendsReset = true;
    bool writtenIsSent = true; ///< bytes that were written are with the system; else perhaps in a buffer of the engine
    bool noticesGone = true; ///< that the peer has gone, also of a connection that is not read from
    bool choosesSource = true; ///< which of our IPv4 addresses a datagram comes from
    bool tellsShortage = true; ///< that connections cannot be accepted for want of descriptors
    bool timesKeepAlive = true; ///< when keep-alive begins, and how often it asks
    bool setsTtl = true; ///< of what goes to one peer; that of groups all can
};

} // namespace sockeye
