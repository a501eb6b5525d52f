// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/rules/rules_panel.h"

#include "app/reading/capture.h"
#include "app/recording/rule_hits.h"
#include "protocol/hex/hex_error.h"
#include "ui/models/ticker.h"
#include "ui/rules/rules_edit.h"
#include "ui/rules/rules_model.h"
#include "ui/rules/trial_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code_file_bar.h"
#include "ui/widgets/coloured_text.h"
#include "ui/widgets/dense_table.h"
#include "ui/widgets/disclosure_button.h"
#include "ui/widgets/mistakes_list.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <chrono>
#include <utility>

namespace sockeye {

namespace {

constexpr int leastForTrial = 640; ///< logical pixels: beside a narrower text there is no room for it

// What one can begin with, and try at once.
const QLatin1StringView firstText(R"(# The first rule that matches a message says what becomes of it.
[[rule]]
name  = "search"
when  = 'json.action == "search"'
reply = { json = { result = "You said {json.value}" } }

# What no rule matches gets no reply; a relay passes it on. Press F1 for all that a rule can do.
)");

CodeFileWords fileWords()
{
    return { RulesPanel::tr("Open rules"), RulesPanel::tr("Save rules"), RulesPanel::tr("TOML (*.toml);;All files (*)"),
        QStringLiteral("toml"), RulesPanel::tr("These rules are in no file."), RulesPanel::tr("File of the rules"),
        RulesPanel::tr("Open and save rules") };
}

QString sentenceOf(const rules::Mistake& mistake, const QString& text)
{
    const QString sentence = describe(mistake, text);
    return mistake.suggestion.isEmpty() || sentence.contains(QString(u'`' + mistake.suggestion + u"`?"))
        ? sentence
        : RulesPanel::tr("%1 Did you mean %2?", "a sentence, and what may have been meant")
              .arg(sentence, mistake.suggestion);
}

CodeRemark remarkOf(const rules::Mistake& mistake, const QString& text)
{
    const TextPlace place = placeIn(text, qMin(mistake.at, text.size()));
    return { static_cast<int>(place.line), static_cast<int>(place.column),
        static_cast<int>(qMax<qsizetype>(1, mistake.length)), mistake.text, mistake.isWarning };
}

} // namespace

RulesPanel::RulesPanel(QWidget* parent)
    : QWidget(parent)
    , m_use { defaultProtocol(), Transport::Tcp, false }
    , m_shelf(std::make_shared<RuleShelf>())
    , m_on(new QCheckBox(tr("Use r&ules"), this))
    , m_text(new RulesEdit(this))
    , m_file(new CodeFileBar(m_text, fileWords(), this))
    , m_mistakes(new MistakesList(m_text, this))
    , m_model(new RulesModel(this))
    , m_table(new DenseTable(this))
    , m_trial(new TrialView(this))
    , m_showTrial(new DisclosureButton(tr("&Trial"), this))
    , m_reader(new RulesTrial(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_state(new QLabel(this))
    , m_apply(new QPushButton(tr("A&pply"), this))
{
    constexpr std::chrono::milliseconds pause { 200 };
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    buildLayout();
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        showState();
        m_pause.start();
    });
    connect(m_trial, &TrialView::messageChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(&m_pause, &QTimer::timeout, this, &RulesPanel::tryOut);
    connect(m_reader, &RulesTrial::done, this, &RulesPanel::show);
    connect(m_file, &CodeFileBar::read, this, &RulesPanel::fileRead);
    connect(m_file, &CodeFileBar::statusMessage, this, &RulesPanel::statusMessage);
    connect(m_apply, &QPushButton::clicked, this, [this] {
        m_text->setFocus(); // the button has nothing to do then
        apply();
    });
    connect(m_on, &QCheckBox::toggled, this, [this](bool on) {
        if (on) {
            apply();
        }
        showState();
        Q_EMIT switched(on);
    });
    auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, &RulesPanel::apply);
    connect(&Theme::instance(), &Theme::changed, this, &RulesPanel::showState);
    connect(&Ticker::instance(), &Ticker::tick, this, &RulesPanel::takeHits);
    m_file->begin(firstText);
}

void RulesPanel::buildLayout()
{
    m_on->setAccessibleName(tr("Use rules"));
    m_on->setToolTip(tr("Off: messages pass as they come"));
    m_on->hide();
    m_apply->setToolTip(tr("From the next message on (Ctrl+Return)"));
    m_state->setAccessibleName(tr("State of the rules"));
    m_file->addLeft(m_on);
    m_showTrial->setAccessibleName(tr("Show trial"));
    m_showTrial->setToolTip(tr("What the rules make of a message, beside them"));
    m_showTrial->setChecked(true);
    connect(m_showTrial, &QToolButton::toggled, m_trial, &QWidget::setVisible);
    connect(m_showTrial, &QToolButton::clicked, this, [this] { m_hasChosenTrial = true; });
    m_file->addRight(m_state);
    m_file->addRight(m_showTrial);
    m_file->addRight(m_apply);
    m_splitter->addWidget(makeText());
    m_splitter->addWidget(m_trial);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({ 560, 440 });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_file);
    layout->addWidget(m_splitter, 1);
    setFocusProxy(m_text);
}

QWidget* RulesPanel::makeText()
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Rules"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEmptyText(tr("No rule: write one above."));
    m_table->setSampleTexts(
        { QStringLiteral("rule 10 "), QStringLiteral("00,000"), QString(), tr("replies, closes") + u' ' });
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(RulesModel::When, QHeaderView::Stretch);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setFewestRows(2);
    auto* written = new QWidget(this);
    auto* layout = new QVBoxLayout(written);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_mistakes);
    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->addWidget(written);
    parts->addWidget(m_table);
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 1);
    parts->setChildrenCollapsible(false);
    return parts;
}

void RulesPanel::setUse(const RuleUse& use)
{
    const bool isSame =
        use.protocol == m_use.protocol && use.transport == m_use.transport && use.passesOn == m_use.passesOn;
    m_use = use;
    m_on->setVisible(use.passesOn);
    m_trial->setPassesOn(use.passesOn);
    if (!isSame) {
        m_appliesWhenRead |= m_hasApplied && m_inForce == text();
        tryOut();
    }
}

void RulesPanel::setRunning(bool running)
{
    m_running = running;
    showState();
}

void RulesPanel::follow(const std::shared_ptr<Capture>& capture)
{
    m_capture = capture;
}

void RulesPanel::apply()
{
    m_appliesWhenRead = true;
    tryOut();
}

void RulesPanel::open(const QString& file)
{
    m_file->open(file);
}

bool RulesPanel::isOn() const
{
    return !m_use.passesOn || m_on->isChecked();
}

bool RulesPanel::hasOwnText() const
{
    return m_file->hasOwnText();
}

bool RulesPanel::hasUnsaved() const
{
    return m_file->hasUnsaved();
}

void RulesPanel::whenClosable(const std::function<void()>& act)
{
    m_file->whenSettled(tr("They close with their page."), act);
}

QString RulesPanel::text() const
{
    return m_text->toPlainText();
}

QString RulesPanel::file() const
{
    return m_file->isChanged() ? QString() : m_file->file();
}

bool RulesPanel::isInForce(const QString& text) const
{
    return m_running && isOn() && m_hasApplied && m_inForce == text;
}

bool RulesPanel::isWrong() const
{
    return !m_read.rules && !m_read.mistakes.isEmpty() && m_read.text == text();
}

void RulesPanel::tryOut()
{
    m_pause.stop();
    m_reader->start(text(), m_file->file(), m_use, m_trial->message());
}

void RulesPanel::show(const RulesTrialResult& result)
{
    m_read = result.read;
    QList<CodeRemark> remarks;
    QStringList sentences;
    for (const rules::Mistake& mistake : std::as_const(m_read.mistakes)) {
        remarks.append(remarkOf(mistake, m_read.text));
        sentences.append(sentenceOf(mistake, m_read.text));
    }
    m_mistakes->setMistakes(remarks, sentences, m_read.text != text());
    if (!m_file->file().isEmpty()) {
        m_file->watch(m_read.files);
    }
    if (m_read.rules) {
        m_model->setRules(m_read.rules);
        takeHits();
    }
    if (m_read.rules) {
        m_trial->show(result);
    } else {
        m_trial->showOutdated(); // people are in the middle of typing
    }
    putInForce();
    showState();
}

void RulesPanel::putInForce()
{
    if (!m_appliesWhenRead || m_read.text != text()) {
        return;
    }
    m_appliesWhenRead = false;
    if (m_read.rules) {
        m_shelf->put(m_read.rules);
        m_inForce = m_read.text;
        m_hasApplied = true;
        Q_EMIT applied(static_cast<int>(m_read.rules->rules().size()));
    } else {
        Q_EMIT statusMessage(m_hasApplied ? tr("The rules have mistakes: those that were in force stay.")
                                          : tr("The rules have mistakes: none is in force."));
    }
}

void RulesPanel::takeHits()
{
    if (m_capture && m_table->isVisible()) {
        m_model->takeHits([&hits = m_capture->ruleHits()](const QString& title) { return hits.count(title); });
    }
}

/// Where the text was in force that the file had before, the new one is as well.
void RulesPanel::fileRead(const QString& before)
{
    m_appliesWhenRead |= isInForce(before);
    tryOut();
}

QString RulesPanel::stateText() const
{
    if (isWrong()) {
        return tr("%n mistake(s)", nullptr, static_cast<int>(m_read.mistakes.size()));
    }
    if (!m_running || !isOn()) {
        return tr("Preview");
    }
    return isInForce(text()) ? tr("Active") : tr("Unapplied changes");
}

void RulesPanel::showState()
{
    const Theme& theme = Theme::instance();
    const bool isActive = isInForce(text());
    m_state->setText(dotAndWords(isActive,
        isWrong()      ? theme.error()
            : isActive ? theme.good()
                       : theme.muted(),
        stateText()));
    m_apply->setEnabled(m_running && isOn() && !isActive && !isWrong());
    Q_EMIT stateChanged();
}

void RulesPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (!m_hasChosenTrial) {
        m_showTrial->setChecked(width() >= leastForTrial);
    }
}

QJsonObject RulesPanel::saveState() const
{
    QJsonObject state = m_file->saveState();
    state.insert(QStringLiteral("splitter"), QString::fromLatin1(m_splitter->saveState().toBase64()));
    state.insert(QStringLiteral("on"), m_on->isChecked());
    if (m_hasChosenTrial) {
        state.insert(QStringLiteral("trial"), m_showTrial->isChecked());
    }
    return state;
}

void RulesPanel::restoreState(const QJsonObject& state)
{
    m_splitter->restoreState(QByteArray::fromBase64(state.value(QLatin1StringView("splitter")).toString().toLatin1()));
    m_file->restoreState(state);
    m_on->setChecked(state.value(QLatin1StringView("on")).toBool());
    const QJsonValue trial = state.value(QLatin1StringView("trial"));
    if (trial.isBool()) {
        m_hasChosenTrial = true;
        m_showTrial->setChecked(trial.toBool());
    }
}

} // namespace sockeye
