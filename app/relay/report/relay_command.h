// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/relay_options.h"

namespace sockeye {

/// A text that the command line reads from a file.
struct CommandText {
    QString file; ///< that has it; empty: none
    QString text; ///< where there is no file; empty: there is no text either
};

/// What a relay does, to be done again without a window.
struct RelayCommand {
    RelayOptions options;
    CommandText rules;
    CommandText scenario;
    QString api; ///< where Toxiproxy's API listens, as PORT or ADDRESS:PORT; empty: it does not

    /// Ready for a POSIX shell; faults that are switched off are left out. Rules that are in no file are written to a
    /// temporary one first, and such a scenario goes through a pipe.
    [[nodiscard]] QString text() const;
};

} // namespace sockeye
