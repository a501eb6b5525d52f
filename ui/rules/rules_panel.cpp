// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/rules/rules_panel.h"

#include "protocol/hex/hex_error.h"
#include "ui/rules/rules_edit.h"
#include "ui/rules/trial_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/coloured_text.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

#include <chrono>
#include <utility>

namespace sockeye {

namespace {

// What one can begin with, and try at once.
const QLatin1StringView firstText(R"(# The first rule that matches a message says what becomes of it.
[[rule]]
name  = "search"
when  = 'json.action == "search"'
reply = { json = { result = "You said {json.value}" } }

# What no rule matches gets no reply. Press F1 for all that a rule can do.
)");
constexpr int mistakeLines = 3;

} // namespace

RulesPanel::RulesPanel(QWidget* parent)
    : QWidget(parent)
    , m_use { defaultProtocol(), Transport::Tcp, false }
    , m_shelf(std::make_shared<RuleShelf>())
    , m_text(new RulesEdit(this))
    , m_mistakes(new QListWidget(this))
    , m_trial(new TrialView(this))
    , m_reader(new RulesTrial(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_name(new ElidedLabel(this))
    , m_state(new QLabel(this))
    , m_apply(new QPushButton(tr("A&pply"), this))
    , m_save(new QPushButton(Theme::instance().icon(QStringLiteral("save")), tr("Sa&ve"), this))
{
    constexpr std::chrono::milliseconds pause { 200 };
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    buildLayout();
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        showFile();
        showState();
        m_pause.start();
    });
    connect(m_trial, &TrialView::messageChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(&m_pause, &QTimer::timeout, this, &RulesPanel::tryOut);
    connect(m_reader, &RulesTrial::done, this, &RulesPanel::show);
    connect(m_apply, &QPushButton::clicked, this, &RulesPanel::apply);
    connect(m_save, &QPushButton::clicked, this, &RulesPanel::saveOrChoose);
    connect(m_mistakes, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        const auto row = m_mistakes->row(item);
        if (row < m_read.mistakes.size()) {
            const TextPlace place = placeIn(m_read.text, m_read.mistakes.at(row).at);
            m_text->goTo(static_cast<int>(place.line), static_cast<int>(place.column));
        }
    });
    connect(m_mistakes, &QListWidget::itemClicked, m_mistakes, &QListWidget::itemActivated);
    auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, &RulesPanel::apply);
    connect(&Theme::instance(), &Theme::changed, this, &RulesPanel::showState);
    m_text->setPlainText(firstText);
    m_text->document()->setModified(false);
    showFile();
}

void RulesPanel::buildLayout()
{
    auto* open = new QPushButton(tr("&Open…"), this);
    open->setToolTip(tr("Rules from a file, which is read again when it changes"));
    auto* saveAs = new QPushButton(tr("Save &as…"), this);
    connect(open, &QPushButton::clicked, this, &RulesPanel::chooseFile);
    connect(saveAs, &QPushButton::clicked, this, &RulesPanel::chooseNewFile);
    m_save->setToolTip(tr("Write the rules to their file"));
    m_apply->setToolTip(tr("From the next message on (Ctrl+Return)"));
    m_state->setAccessibleName(tr("State of the rules"));
    m_name->setAccessibleName(tr("File of the rules"));
    auto* line = new QHBoxLayout;
    line->setContentsMargins(8, 4, 8, 0);
    line->setSpacing(8);
    for (QPushButton* button : { open, m_save, saveAs }) {
        button->setAutoDefault(false);
        line->addWidget(button);
    }
    line->addWidget(m_name, 1);
    line->addWidget(m_state);
    line->addWidget(m_apply);
    m_splitter->addWidget(makeText());
    m_splitter->addWidget(m_trial);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({ 560, 440 });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(line);
    layout->addWidget(m_splitter, 1);
    setFocusProxy(m_text);
}

QWidget* RulesPanel::makeText()
{
    m_mistakes->setAccessibleName(tr("Mistakes"));
    m_mistakes->setWordWrap(true);
    m_mistakes->setMaximumHeight(m_mistakes->fontMetrics().lineSpacing() * mistakeLines + 12);
    m_mistakes->hide();
    auto* part = new QWidget(this);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_mistakes);
    return part;
}

void RulesPanel::setUse(const RuleUse& use)
{
    const bool isSame =
        use.protocol == m_use.protocol && use.transport == m_use.transport && use.passesOn == m_use.passesOn;
    m_use = use;
    m_trial->setPassesOn(use.passesOn);
    if (!isSame) {
        if (m_watch) {
            follow(m_file);
        }
        m_appliesWhenRead |= m_hasApplied && m_inForce == m_text->toPlainText();
        tryOut();
    }
}

void RulesPanel::setRunning(bool running)
{
    m_running = running;
    showState();
}

void RulesPanel::apply()
{
    m_appliesWhenRead = true;
    tryOut();
}

void RulesPanel::tryOut()
{
    m_pause.stop();
    m_reader->start(m_text->toPlainText(), m_file, m_use, m_trial->message());
}

void RulesPanel::show(const RulesTrialResult& result)
{
    m_read = result.read;
    m_text->setMistakes(m_read.text == m_text->toPlainText() ? m_read.mistakes : QList<rules::Mistake>());
    m_mistakes->clear();
    for (const rules::Mistake& mistake : std::as_const(m_read.mistakes)) {
        const QString sentence = describe(mistake, m_read.text);
        m_mistakes->addItem(
            mistake.suggestion.isEmpty() || sentence.contains(QString(u'`' + mistake.suggestion + u"`?"))
                ? sentence
                : tr("%1 Did you mean %2?", "a sentence, and what may have been meant")
                      .arg(sentence, mistake.suggestion));
    }
    m_mistakes->setVisible(m_mistakes->count() > 0);
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
    if (!m_appliesWhenRead || m_read.text != m_text->toPlainText()) {
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

QString RulesPanel::stateText() const
{
    if (!m_read.rules && m_read.text == m_text->toPlainText() && !m_read.mistakes.isEmpty()) {
        return tr("%n mistake(s)", nullptr, static_cast<int>(m_read.mistakes.size()));
    }
    if (!m_running) {
        return tr("Preview");
    }
    return m_hasApplied && m_inForce == m_text->toPlainText() ? tr("Active") : tr("Unapplied changes");
}

void RulesPanel::showState()
{
    const Theme& theme = Theme::instance();
    const bool isWrong = !m_read.rules && !m_read.mistakes.isEmpty() && m_read.text == m_text->toPlainText();
    const bool isActive = m_running && m_hasApplied && m_inForce == m_text->toPlainText();
    m_state->setText(dotAndWords(isActive,
        isWrong        ? theme.error()
            : isActive ? theme.good()
                       : theme.muted(),
        stateText()));
    m_apply->setEnabled(m_running && !isActive && !isWrong);
}

QJsonObject RulesPanel::saveState() const
{
    constexpr qsizetype longestText = 256 * 1024;
    QJsonObject state { { QStringLiteral("file"), m_file },
        { QStringLiteral("splitter"), QString::fromLatin1(m_splitter->saveState().toBase64()) } };
    if (m_file.isEmpty() || isChanged()) {
        state.insert(QStringLiteral("text"), m_text->toPlainText().left(longestText));
    }
    return state;
}

void RulesPanel::restoreState(const QJsonObject& state)
{
    m_splitter->restoreState(QByteArray::fromBase64(state.value(QLatin1StringView("splitter")).toString().toLatin1()));
    const QString file = state.value(QLatin1StringView("file")).toString();
    const QJsonValue text = state.value(QLatin1StringView("text"));
    if (text.isString()) {
        m_text->setPlainText(text.toString());
        if (!file.isEmpty()) {
            follow(file);
        }
    } else if (!file.isEmpty()) {
        open(file);
    }
    showFile();
}

} // namespace sockeye
