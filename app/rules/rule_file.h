// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/rules/rule_set.h"

#include <QStringList>

namespace sockeye {

/// Who goes by rules.
struct RuleUse {
    ProtocolPtr protocol; ///< that is chosen; never null
    Transport transport = Transport::Tcp;
    bool passesOn = false; ///< a relay
};

/// What rules may ask for there. Files that they name are looked for beside `file`, read, and added to `files`; with an
/// empty one they are not read. Reads the disk, when rules are read.
[[nodiscard]] rules::Surroundings surroundings(const RuleUse& use, const QString& file, QStringList* files = nullptr);

/// A file of rules that was read.
struct RuleFile {
    std::shared_ptr<const rules::RuleSet> rules; ///< null where it is wrong
    QString text; ///< of it; empty where it cannot be read
    QStringList files; ///< itself, and those that its rules name
    QList<rules::Mistake> mistakes; ///< warnings among them; places are in `text`
    QString failure; ///< why it cannot be read, in a sentence; empty: it could
    /// Everything that is wrong, a sentence a line, with file, line and column; empty: nothing.
    [[nodiscard]] QString sentences(const QString& file) const;
};

/// Reads the disk: not for the GUI thread.
[[nodiscard]] RuleFile readRuleFile(const QString& file, const RuleUse& use);
/// The same of a text that is to become that file.
[[nodiscard]] RuleFile readRuleText(const QString& text, const QString& file, const RuleUse& use);

} // namespace sockeye
