// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/rules/rules_trial.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace sockeye {

class HexView;
class StructureView;
class ViewLink;

/// A message to try rules on, typed or taken from a table, and what they make of it.
class TrialView : public QWidget {
    Q_OBJECT
public:
    explicit TrialView(QWidget* parent = nullptr);

    void setPassesOn(bool passesOn); ///< in a relay messages come from both sides
    [[nodiscard]] TriedMessage message() const;
    void show(const RulesTrialResult& result); ///< of rules that are right
    void showOutdated(); ///< the rules are wrong: what is shown was made by those before

Q_SIGNALS:
    void messageChanged();

private:
    void takeSelected();
    void showNote();

    QComboBox* m_direction;
    QComboBox* m_kind;
    QPushButton* m_take;
    QPlainTextEdit* m_text;
    QLabel* m_note; ///< what is wrong with hexadecimal
    QLabel* m_verdict;
    StructureView* m_structure;
    HexView* m_bytes;
    ViewLink* m_link;
};

} // namespace sockeye
