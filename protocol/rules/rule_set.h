// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/rules/rule_reader.h"

#include <memory>

namespace sockeye {

namespace rules {

/// What is to become of a message.
struct Verdict {
    int rule = -1; ///< the first that matches, from 0; -1: none
    QString title; ///< of the rule; empty: none
    std::optional<QByteArray> reply; ///< to the sender, in the place of who would have answered
    std::optional<QByteArray> replace; ///< what is passed on instead
    bool drop = false; ///< nothing is passed on
    std::chrono::microseconds delay { 0 }; ///< before anything of this
    After after = After::Keep;
    QString fault; ///< that strikes what goes out; empty: none
    QString trouble; ///< why something of this could not be made, in a sentence; empty: it could
};

/// Ordered rules, of which the first that matches counts. Immutable, shared; any thread may ask.
class RuleSet {
public:
    RuleSet() = default;
    /// Of a text in TOML. The error has mistakes in the order of the text, warnings among them.
    [[nodiscard]] static tl::expected<RuleSet, QList<Mistake>> read(QStringView text, const Surroundings& around);

    [[nodiscard]] const std::vector<Rule>& rules() const { return m_rules; }
    [[nodiscard]] const QList<Mistake>& warnings() const { return m_warnings; }

    /// `row` is a whole message of `sender`, by the names of the schema.
    [[nodiscard]] Verdict decide(const filter::Row& row, filter::Run& run, Sender sender) const;

private:
    std::vector<Rule> m_rules;
    QList<Mistake> m_warnings;
    ProtocolPtr m_protocol;
};

} // namespace rules

/// Where a server or a relay has its rules from; they may be others for the next message. Any thread may ask.
class RuleSource {
public:
    virtual ~RuleSource() = default;
    RuleSource(const RuleSource&) = delete;
    RuleSource& operator=(const RuleSource&) = delete;
    [[nodiscard]] virtual std::shared_ptr<const rules::RuleSet> rules() const = 0; ///< never null

protected:
    RuleSource() = default;
};

} // namespace sockeye
