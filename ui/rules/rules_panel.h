// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/rules/rule_shelf.h"
#include "ui/rules/rules_trial.h"

#include <QJsonObject>
#include <QTimer>
#include <QWidget>

#include <functional>

class QCheckBox;
class QLabel;
class QPushButton;
class QSplitter;
class QToolButton;

namespace sockeye {

class Capture;
class CodeFileBar;
class DenseTable;
class MistakesList;
class RulesEdit;
class RulesModel;
class TrialView;

/// The rules of a server or a relay: their text, what is wrong with it, a trial of them on a message, and how many
/// messages have met each. What is written is in force from apply() on, in a relay while they are switched on. A file
/// that it comes of is read again when it changes.
class RulesPanel : public QWidget {
    Q_OBJECT
public:
    explicit RulesPanel(QWidget* parent = nullptr);

    /// For whom they are: what `when` may ask, and what a reply is made in. A relay may be without rules: it has a
    /// switch.
    void setUse(const RuleUse& use);
    void setRunning(bool running); ///< whether what is applied has an effect now
    void follow(const std::shared_ptr<Capture>& capture); ///< whose messages meet them
    void apply(); ///< the text is in force, once it was read; while it is wrong, what was in force stays
    void open(const QString& file); ///< its text takes the place of the one that is there
    /// Where a server or a relay has its rules from.
    [[nodiscard]] const std::shared_ptr<RuleShelf>& shelf() const { return m_shelf; }

    [[nodiscard]] bool isOn() const; ///< always, but for a relay where they are switched off
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool hasOwnText() const; ///< another one than everybody begins with
    [[nodiscard]] bool hasUnsaved() const; ///< a text of the user's that no file has
    /// Does that, which closes its page, once the user has said what is to become of such a text.
    void whenClosable(const std::function<void()>& act);
    [[nodiscard]] QString file() const; ///< which has that very text; empty: there is none
    [[nodiscard]] RulesModel* model() const { return m_model; }
    [[nodiscard]] QString stateText() const; ///< "Active", "Preview", …
    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state); ///< anything may stand in it

Q_SIGNALS:
    void applied(int rules); ///< so many are in force
    void switched(bool on);
    void stateChanged(); ///< stateText(), or how it came to it
    void statusMessage(const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildLayout();
    QWidget* makeText();
    void tryOut();
    void show(const RulesTrialResult& result);
    void showState();
    void takeHits();
    void fileRead(const QString& before);
    void putInForce();
    [[nodiscard]] bool isWrong() const;
    [[nodiscard]] bool isInForce(const QString& text) const;

    RuleUse m_use;
    std::shared_ptr<RuleShelf> m_shelf;
    std::shared_ptr<Capture> m_capture;
    QCheckBox* m_on;
    RulesEdit* m_text;
    CodeFileBar* m_file;
    MistakesList* m_mistakes;
    RulesModel* m_model;
    DenseTable* m_table;
    TrialView* m_trial;
    QToolButton* m_showTrial;
    RulesTrial* m_reader;
    QSplitter* m_splitter;
    bool m_hasChosenTrial = false; ///< until then it is shown where there is room
    QLabel* m_state;
    QPushButton* m_apply;
    QTimer m_pause; ///< since the last key
    RuleFile m_read; ///< of the text that was read last
    QString m_inForce; ///< the text
    bool m_hasApplied = false;
    bool m_appliesWhenRead = false;
    bool m_running = false;
};

} // namespace sockeye
