// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/rules/rule_watch.h"
#include "ui/rules/rules_trial.h"

#include <QJsonObject>
#include <QTimer>
#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;
class QSplitter;

namespace sockeye {

class ElidedLabel;
class RulesEdit;
class TrialView;

/// The rules of a server or a relay: their text, what is wrong with it, and a trial of them on a message. What is
/// written is in force from apply() on. A file that it comes of is read again when it changes.
class RulesPanel : public QWidget {
    Q_OBJECT
public:
    explicit RulesPanel(QWidget* parent = nullptr);

    /// For whom they are: what `when` may ask, and what a reply is made in.
    void setUse(const RuleUse& use);
    void setRunning(bool running); ///< whether what is applied has an effect now
    void apply(); ///< the text is in force, once it was read; while it is wrong, what was in force stays
    void open(const QString& file); ///< its text takes the place of the one that is there
    /// Where a server or a relay has its rules from.
    [[nodiscard]] const std::shared_ptr<RuleShelf>& shelf() const { return m_shelf; }

    [[nodiscard]] QString stateText() const; ///< "Active", "Preview", …
    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state); ///< anything may stand in it

Q_SIGNALS:
    void applied(int rules); ///< so many are in force
    void statusMessage(const QString& text);

private:
    void buildLayout();
    QWidget* makeText();
    void tryOut();
    void show(const RulesTrialResult& result);
    void showState();
    void showFile();
    void putInForce();
    // Files: rules_panel_files.cpp.
    void chooseFile();
    void chooseNewFile();
    void saveOrChoose();
    void save(const QString& file);
    void follow(const QString& file);
    void fileRead(const RuleFile& read);
    [[nodiscard]] bool isChanged() const;

    RuleUse m_use;
    std::shared_ptr<RuleShelf> m_shelf;
    std::unique_ptr<RuleWatch> m_watch; ///< of the file; null: there is none
    QString m_file; ///< empty: none
    RulesEdit* m_text;
    QListWidget* m_mistakes;
    TrialView* m_trial;
    RulesTrial* m_reader;
    QSplitter* m_splitter;
    ElidedLabel* m_name;
    QLabel* m_state;
    QPushButton* m_apply;
    QPushButton* m_save;
    QTimer m_pause; ///< since the last key
    RuleFile m_read; ///< of the text that was read last
    QString m_inForce; ///< the text
    bool m_hasApplied = false;
    bool m_appliesWhenRead = false;
    bool m_loads = false; ///< the file's text is to be shown when it comes
    bool m_running = false;
};

} // namespace sockeye
