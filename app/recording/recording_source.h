// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

/// Whoever brings the events of a recording that nobody writes: the reader of a file. The recording owns it. Every
/// member may be called from any thread.
class RecordingSource {
public:
    RecordingSource() = default;
    RecordingSource(const RecordingSource&) = delete;
    RecordingSource& operator=(const RecordingSource&) = delete;
    /// Cancels, without waiting for what is under way.
    virtual ~RecordingSource() = default;

    /// Brings nothing more; what was brought stays.
    virtual void cancel() = 0;
    /// Returns when everything that was there at the beginning is in the recording, or was given up.
    virtual void wait() = 0;
    /// Returns when it has ended, and tells nobody of anything any more. It has to be cancelled, or to come to its end
    /// by itself.
    virtual void waitUntilEnded() = 0;
    [[nodiscard]] virtual bool isFollowing() const = 0; ///< more may come, as somebody else makes it
    virtual void stopFollowing() = 0; ///< for good
};

} // namespace sockeye
