// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"

namespace sockeye {

/// Counts the errors among the messages of a capture as it grows, in slices that no frame notices.
class ErrorCounter {
public:
    void reset() { *this = {}; }
    /// Looks at what is new, at most a slice of it; true if the count changed.
    bool advance(const Capture& capture);
    [[nodiscard]] qsizetype errors() const { return m_errors; }

private:
    qsizetype m_next = 0; ///< first row not looked at
    qsizetype m_errors = 0;
};

} // namespace sockeye
