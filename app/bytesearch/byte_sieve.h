// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace sockeye {

/// Says quickly, by Hyperscan, that a regular expression is nowhere in some bytes. Where it is, and how long, is for
/// filter::Pattern to find out: that goes on from match to match as people expect it, which Hyperscan does not. One
/// thread at a time.
class ByteSieve {
public:
    /// Null in a build or on a processor without Hyperscan, and of an expression that may mean less to Hyperscan than
    /// to us (meansNoLess()). Takes some milliseconds.
    [[nodiscard]] static std::unique_ptr<ByteSieve> make(const QByteArray& expression);
    [[nodiscard]] static bool isThere(); ///< in this build, and the processor can do it
    ~ByteSieve();
    ByteSieve(const ByteSieve&) = delete;
    ByteSieve& operator=(const ByteSieve&) = delete;

    /// False: it is not. The beginning of `bytes` is taken as that of all there is.
    [[nodiscard]] bool mayBeIn(QByteArrayView bytes) const;

private:
    struct Engine;
    explicit ByteSieve(std::unique_ptr<Engine> engine);
    std::unique_ptr<Engine> m_engine;
};

/// Whether whatever an expression matches is also matched by one of the same text in Perl's language, which Hyperscan's
/// is, and small enough to be made into one quickly: what differs (\S, case beyond ASCII, …) is not tried.
[[nodiscard]] bool meansNoLess(QByteArrayView expression);

} // namespace sockeye
