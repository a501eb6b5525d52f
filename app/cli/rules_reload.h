// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/recorder.h"
#include "app/cli/arguments/arguments.h"
#include "app/rules/rule_watch.h"

#include <optional>

namespace sockeye::cli {

/// The rules that the arguments ask for, as long as the command runs: from their file, and again when it changes, which
/// the recording says.
class RulesReload {
public:
    explicit RulesReload(const Arguments& arguments);

    /// What the endpoint goes by; null: there are none.
    [[nodiscard]] const std::shared_ptr<RuleShelf>& shelf() const { return m_shelf; }
    /// From now on, in the event loop of this thread.
    void follow(const std::shared_ptr<sockeye::Recording>& recording);
    /// Before the recording ends.
    void stop();

private:
    const Arguments& m_arguments;
    std::shared_ptr<RuleShelf> m_shelf;
    std::optional<Recorder> m_recorder;
    std::optional<RuleWatch> m_watch;
};

} // namespace sockeye::cli
