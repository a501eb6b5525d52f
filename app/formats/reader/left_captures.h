// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"
#include "app/platform/system_file.h"

#include <QDateTime>
#include <QString>

#include <memory>
#include <vector>

namespace sockeye {

/// How long, and how much of, what was left behind is kept.
struct SpoolRetention {
    int days = 7; ///< after the last byte was written; 0: without end
    qint64 bytes = qint64 { 5 } << 30; ///< of all together, the latest first; 0: without bound
    friend bool operator==(const SpoolRetention&, const SpoolRetention&) = default;
};

/// A capture whose Sockeye ended without removing it. Locked while this lives, so that no other Sockeye offers or
/// cleans it away. Every member but the getters touches the disk: not for the GUI thread.
class LeftCapture {
public:
    /// Null if somebody else has it, or it is gone.
    [[nodiscard]] static std::shared_ptr<LeftCapture> claim(const QString& file);
    LeftCapture(const LeftCapture&) = delete;
    LeftCapture& operator=(const LeftCapture&) = delete;

    [[nodiscard]] const QString& file() const { return m_file; }
    [[nodiscard]] qint64 size() const { return m_size; } ///< bytes
    [[nodiscard]] const QDateTime& lastWritten() const { return m_lastWritten; }
    /// Whether a packet is in it.
    [[nodiscard]] bool holdsAnything() const;

    [[nodiscard]] Failure discard();
    /// Renames it within the folder, so that it is not offered a second time; it is cleaned away in its time.
    [[nodiscard]] Failure keep();
    /// Moves it to `file`, which is replaced.
    [[nodiscard]] Failure moveTo(const QString& file);

private:
    LeftCapture() = default;
    SystemFile m_locked;
    QString m_file;
    qint64 m_size = 0;
    QDateTime m_lastWritten;
};

/// Removes from `folder` what is older or more than `retention` says, and what holds nothing; returns what is left
/// there to be offered, the latest first.
[[nodiscard]] std::vector<std::shared_ptr<LeftCapture>> claimLeftCaptures(
    const QString& folder, const SpoolRetention& retention);

} // namespace sockeye
