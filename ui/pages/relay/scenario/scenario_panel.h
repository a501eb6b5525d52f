// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/scenario/scenario_player.h"
#include "app/threads/latest_task.h"

#include <QJsonObject>
#include <QSet>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>

class QLabel;
class QSplitter;

namespace sockeye {

class CodeFileBar;
class DenseTable;
class MistakesList;
class ScenarioEdit;
class ScenarioModel;
class StartStopButtons;

/// The scenario of a relay: its text, what is wrong with it, and, while it plays, which line is due next and what each
/// has done. Once it is started it plays from each time that the relay begins to listen, or at once while it listens.
/// What is written meanwhile counts from the next start of either.
class ScenarioPanel final : public QWidget {
    Q_OBJECT
public:
    explicit ScenarioPanel(QWidget* parent = nullptr);
    ~ScenarioPanel() override;

    void setUse(Transport transport, const ProtocolPtr& protocol); ///< which faults there are, and what filters ask
    void follow(Relay* relay); ///< whom it plays on. It must live as long as this
    void showRelay(); ///< its state is another one than before
    void start();
    void stop(); ///< and takes away the faults that it brought

    [[nodiscard]] bool isOn() const { return m_isOn; } ///< started: it plays, or will with the relay
    [[nodiscard]] bool isPlaying() const;
    [[nodiscard]] bool brings(const QString& fault) const { return m_isOn && m_brought.contains(fault); } ///< by name
    [[nodiscard]] const Scenario& scenario() const { return m_scenario; } ///< that plays, or will
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool hasOwnText() const; ///< another one than everybody begins with
    [[nodiscard]] bool hasUnsaved() const; ///< a text of the user's that no file has
    /// Does that, which closes its page, once the user has said what is to become of such a text.
    void whenClosable(const std::function<void()>& act);
    [[nodiscard]] QString file() const; ///< which has that very text; empty: there is none
    [[nodiscard]] ScenarioModel* model() const { return m_model; }
    [[nodiscard]] QString stateText() const;

    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state); ///< anything may stand in it

Q_SIGNALS:
    void playingChanged(bool plays);
    void stateChanged();
    void statusMessage(const QString& text);

private:
    void buildLayout();
    void tryOut();
    void show(const ReadScenario& read, const QString& text);
    void prepare();
    void takeTime();
    void showPlaying();
    void showState();
    [[nodiscard]] bool isRead() const { return m_readText == text(); }

    ScenarioEdit* m_text;
    CodeFileBar* m_file;
    MistakesList* m_mistakes;
    ScenarioModel* m_model;
    DenseTable* m_table;
    QSplitter* m_splitter;
    StartStopButtons* m_buttons;
    QLabel* m_state;
    QTimer m_pause; ///< since the last key
    LatestTask<ReadScenario> m_reading;
    Transport m_transport = Transport::Tcp;
    ProtocolPtr m_protocol;
    Relay* m_relay = nullptr;
    ReadScenario m_read; ///< of m_readText
    QString m_readText; ///< null: nothing was read yet
    QString m_playedText; ///< what m_scenario says
    Scenario m_scenario;
    QSet<QString> m_brought; ///< names of its faults
    std::unique_ptr<ScenarioPlayer> m_player; ///< null: it is off, or waits for a relay
    bool m_isOn = false;
    bool m_plays = false; ///< as it was said last
};

} // namespace sockeye
