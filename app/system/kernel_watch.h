// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/kernel_facts.h"

#include <QList>
#include <QObject>

#include <memory>

namespace sockeye {

/// What the kernel said of one connection at one moment.
struct KernelSample {
    quint32 connection = 0; ///< as in the capture
    qint64 time = 0; ///< nanoseconds since the epoch
    std::optional<KernelFacts> facts; ///< nothing: it is gone, or this system does not tell
};

/// Asks the kernel for a few connections in a background thread. It does not disturb the thread that owns their
/// sockets, however busy or blocked that is, and costs nothing while nobody asks. Lives in the GUI thread.
class KernelWatch final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t maxConnections = 256; ///< of one look: as many as a screen shows

    struct Target {
        quint32 connection = 0;
        ConnectionEnds ends;
    };

    explicit KernelWatch(QObject* parent = nullptr);
    ~KernelWatch() override; ///< waits for nothing

    /// Looks once; ends in sampled(). Nothing happens while the look before is still under way.
    void look(const std::vector<Target>& targets);

Q_SIGNALS:
    void sampled(const QList<sockeye::KernelSample>& samples);

private:
    struct Asked; ///< shared with the background job
    void take(const QList<KernelSample>& samples);

    std::shared_ptr<Asked> m_asked;
    bool m_looking = false;
};

} // namespace sockeye
