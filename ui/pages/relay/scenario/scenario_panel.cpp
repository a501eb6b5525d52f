// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/scenario/scenario_panel.h"

#include "ui/models/ticker.h"
#include "ui/pages/relay/scenario/scenario_edit.h"
#include "ui/pages/relay/scenario/scenario_model.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code_file_bar.h"
#include "ui/widgets/coloured_text.h"
#include "ui/widgets/dense_table.h"
#include "ui/widgets/mistakes_list.h"
#include "ui/widgets/start_stop_buttons.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace sockeye {

namespace {

// What one can begin with.
const QLatin1StringView firstText(R"(# Faults that come and go. Times count from the start of the scenario.
at 5s     latency:latency=300,jitter=50
at 15s    remove latency
every 20s down for 2s
)");

CodeFileWords fileWords()
{
    return { ScenarioPanel::tr("Open scenario"), ScenarioPanel::tr("Save scenario"),
        ScenarioPanel::tr("Scenarios (*.scenario *.txt);;All files (*)"), QStringLiteral("scenario"),
        ScenarioPanel::tr("This scenario is in no file."), ScenarioPanel::tr("File of the scenario"),
        ScenarioPanel::tr("Open and save scenarios") };
}

} // namespace

ScenarioPanel::ScenarioPanel(QWidget* parent)
    : QWidget(parent)
    , m_text(new ScenarioEdit(this))
    , m_file(new CodeFileBar(m_text, fileWords(), this))
    , m_mistakes(new MistakesList(m_text, this))
    , m_model(new ScenarioModel(this))
    , m_table(new DenseTable(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_buttons(new StartStopButtons(tr("Start scenario"), tr("Stop scenario"), this))
    , m_state(new QLabel(this))
    , m_protocol(defaultProtocol())
{
    constexpr std::chrono::milliseconds pause { 200 };
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    buildLayout();
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        showState();
        m_pause.start();
    });
    connect(&m_pause, &QTimer::timeout, this, &ScenarioPanel::tryOut);
    connect(m_file, &CodeFileBar::read, this, &ScenarioPanel::tryOut);
    connect(m_file, &CodeFileBar::statusMessage, this, &ScenarioPanel::statusMessage);
    connect(m_buttons, &StartStopButtons::startWanted, this, &ScenarioPanel::start);
    connect(m_buttons, &StartStopButtons::stopWanted, this, &ScenarioPanel::stop);
    connect(&Theme::instance(), &Theme::changed, this, &ScenarioPanel::showState);
    connect(&Ticker::instance(), &Ticker::tick, this, &ScenarioPanel::takeTime);
    m_file->begin(firstText);
    tryOut();
}

ScenarioPanel::~ScenarioPanel() = default;

void ScenarioPanel::buildLayout()
{
    m_buttons->setToolTips(tr("Play it now, or from the start of the relay on, and again each time that it starts"),
        tr("End it, and take away the faults that it brought"));
    m_state->setAccessibleName(tr("State of the scenario"));
    m_file->addLeft(m_buttons);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Scenario"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEmptyText(tr("No line: write one above, as at 5s latency:latency=300."));
    m_table->setSampleTexts({ QStringLiteral("0000"), QString(),
        tr("in force, ends in %1").arg(QStringLiteral("59 s")) + u' ', QStringLiteral("00,000") });
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(ScenarioModel::What, QHeaderView::Stretch);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setFewestRows(2);
    auto* written = new QWidget(this);
    auto* text = new QVBoxLayout(written);
    text->setContentsMargins(0, 0, 0, 0);
    text->setSpacing(0);
    text->addWidget(m_text, 1);
    text->addWidget(m_mistakes);
    auto* shown = new QWidget(this);
    auto* course = new QVBoxLayout(shown);
    course->setContentsMargins(0, 0, 0, 0);
    course->setSpacing(4);
    m_state->setContentsMargins(8, 0, 8, 0);
    m_state->setWordWrap(true);
    course->addWidget(m_state);
    course->addWidget(m_table, 1);
    m_splitter->addWidget(written);
    m_splitter->addWidget(shown);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({ 140, 140 });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_file);
    layout->addWidget(m_splitter, 1);
    setFocusProxy(m_text);
}

void ScenarioPanel::setUse(Transport transport, const ProtocolPtr& protocol)
{
    if (transport != m_transport || protocol != m_protocol) {
        m_transport = transport;
        m_protocol = protocol;
        m_readText = QString();
        m_playedText = QString();
        tryOut();
    }
}

void ScenarioPanel::follow(Relay* relay)
{
    m_relay = relay;
    m_player.reset();
    prepare();
}

void ScenarioPanel::showRelay()
{
    prepare();
    showPlaying();
}

bool ScenarioPanel::isPlaying() const
{
    return m_player && m_player->course() != nullptr;
}

bool ScenarioPanel::hasOwnText() const
{
    return m_file->hasOwnText();
}

bool ScenarioPanel::hasUnsaved() const
{
    return m_file->hasUnsaved();
}

void ScenarioPanel::whenClosable(const std::function<void()>& act)
{
    m_file->whenSettled(tr("It closes with its page."), act);
}

QString ScenarioPanel::text() const
{
    return m_text->toPlainText();
}

QString ScenarioPanel::file() const
{
    return m_file->isChanged() ? QString() : m_file->file();
}

void ScenarioPanel::tryOut()
{
    m_pause.stop();
    m_reading.start([text = text(), transport = m_transport,
                        protocol = m_protocol] { return readAllOfScenario(text, transport, protocol); },
        [this, text = text()](const ReadScenario& read) { show(read, text); });
}

void ScenarioPanel::show(const ReadScenario& read, const QString& text)
{
    m_read = read;
    m_readText = text.isNull() ? QStringLiteral("") : text;
    QList<CodeRemark> remarks;
    QStringList sentences;
    for (const ScenarioMistake& mistake : read.mistakes) {
        remarks.append({ mistake.line, mistake.column, mistake.length, mistake.text, false });
        sentences.append(mistake.sentence());
    }
    m_mistakes->setMistakes(remarks, sentences, !isRead());
    prepare();
    showState();
}

/// Has ready what is to be played, if it is right, and nothing plays that would be cut short.
void ScenarioPanel::prepare()
{
    if (isPlaying() || !isRead() || !m_read.mistakes.isEmpty()) {
        return;
    }
    if (m_playedText != m_readText || m_playedText.isNull()) {
        m_playedText = m_readText;
        m_scenario = m_read.scenario;
        m_brought.clear();
        for (const ScenarioStep& step : m_scenario) {
            if (!step.removes) {
                m_brought.insert(step.fault.name);
            }
        }
        m_model->setScenario(m_scenario);
        m_player.reset();
    }
    if (m_isOn && !m_player && m_relay != nullptr) {
        m_player = std::make_unique<ScenarioPlayer>(*m_relay, m_scenario);
        connect(m_player.get(), &ScenarioPlayer::playsChanged, this, &ScenarioPanel::showPlaying);
        connect(
            m_player.get(), &ScenarioPlayer::turned, this, [this](const ScenarioTurn& turn, const QString& problem) {
                m_model->setProblem(turn.step, problem);
                takeTime();
            });
        showPlaying();
    }
}

void ScenarioPanel::start()
{
    m_isOn = true;
    m_model->setScenario(m_scenario);
    tryOut();
    showState();
}

void ScenarioPanel::stop()
{
    if (isPlaying()) {
        m_player->lift();
    }
    m_isOn = false;
    m_player.reset();
    showPlaying();
    prepare();
}

/// Said once each time.
void ScenarioPanel::showPlaying()
{
    if (isPlaying() != m_plays) {
        m_plays = isPlaying();
        Q_EMIT playingChanged(m_plays);
        if (!m_plays) {
            QTimer::singleShot(0, this, &ScenarioPanel::prepare); // what was written meanwhile; its player calls us
        }
    }
    takeTime();
    showState();
}

void ScenarioPanel::takeTime()
{
    if (m_relay == nullptr || !m_table->isVisible()) {
        return;
    }
    QSet<QString> inForce;
    for (const FaultSettings& fault : m_relay->faults()) {
        inForce.insert(fault.name);
    }
    ScenarioMoment moment;
    moment.course = isPlaying() ? m_player->course() : nullptr;
    moment.now = isPlaying() ? m_player->elapsed() : ScenarioTime(0);
    moment.isInForce = [&inForce](const QString& fault) { return inForce.contains(fault); };
    moment.strikes = [this](const QString& fault) { return m_relay->strikes(fault); };
    m_model->take(moment);
    showState();
}

QString ScenarioPanel::stateText() const
{
    if (isPlaying()) {
        const auto due = m_player->due();
        QString text = tr("Active: every line is over.");
        if (due) {
            const ScenarioStep& step = m_scenario[m_player->course()->pending().begin()->step];
            const ScenarioTime wait = std::max(*due - m_player->elapsed(), ScenarioTime(0));
            text = tr("Active: line %1 is next, in %2.")
                       .arg(QString::number(step.line), durationText(std::chrono::nanoseconds(wait).count()));
        }
        return m_playedText == this->text() ? text : tr("%1 What has changed counts from the next start.").arg(text);
    }
    if (isRead() && !m_read.mistakes.isEmpty()) {
        return tr("%n mistake(s): it does not play.", nullptr, static_cast<int>(m_read.mistakes.size()));
    }
    return m_isOn ? tr("It begins when the relay listens.") : tr("Preview");
}

void ScenarioPanel::showState()
{
    const Theme& theme = Theme::instance();
    const bool isWrong = isRead() && !m_read.mistakes.isEmpty();
    const QString text = dotAndWords(isPlaying(),
        isPlaying()   ? theme.good()
            : isWrong ? theme.error()
                      : theme.muted(),
        stateText());
    if (m_state->text() != text) { // asked for many times a second
        m_state->setText(text);
    }
    m_buttons->show(m_isOn ? StartStopButtons::Shown::Stop : StartStopButtons::Shown::Start);
    Q_EMIT stateChanged();
}

QJsonObject ScenarioPanel::saveState() const
{
    QJsonObject state = m_file->saveState();
    state.insert(QStringLiteral("splitter"), QString::fromLatin1(m_splitter->saveState().toBase64()));
    state.insert(QStringLiteral("on"), m_isOn);
    return state;
}

void ScenarioPanel::restoreState(const QJsonObject& state)
{
    m_splitter->restoreState(QByteArray::fromBase64(state.value(QLatin1StringView("splitter")).toString().toLatin1()));
    m_file->restoreState(state);
    if (state.value(QLatin1StringView("on")).toBool()) {
        start();
    }
}

} // namespace sockeye
