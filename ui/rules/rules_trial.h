// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/rules/rule_file.h"
#include "app/threads/latest_task.h"
#include "ui/models/inspected_message.h"

#include <QObject>

namespace sockeye {

/// A message on which rules are tried out.
struct TriedMessage {
    enum class Kind : quint8 { Text, Json, Bytes };
    Kind kind = Kind::Text; ///< Text, Json: what it says, as its protocol has it. Bytes: all of it
    QByteArray content;
    Direction direction = Direction::In;
};

/// What came of trying a text.
struct RulesTrialResult {
    RuleFile read; ///< rules, or what is wrong with them
    QString verdict; ///< what becomes of the message, in sentences
    bool isTrouble = false; ///< it cannot be what was wanted
    InspectedMessagePtr made; ///< the reply, or what is passed on instead; null: nothing is
};

/// Reads a text of rules, and has them judge a message, in the background. The latest request wins.
class RulesTrial : public QObject {
    Q_OBJECT
public:
    explicit RulesTrial(QObject* parent = nullptr);

    /// `file` is where the text belongs, for files that it names; empty: nowhere yet.
    void start(const QString& text, const QString& file, const RuleUse& use, const TriedMessage& message);

Q_SIGNALS:
    void done(const sockeye::RulesTrialResult& result);

private:
    LatestTask<RulesTrialResult> m_latest;
};

} // namespace sockeye
