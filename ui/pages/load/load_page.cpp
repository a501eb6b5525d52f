// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/load/load_page.h"

#include "app/load/load_figures.h"
#include "app/load/load_run.h"
#include "ui/models/ticker.h"
#include "ui/pages/load/latency_distribution.h"
#include "ui/pages/load/load_bar.h"
#include "ui/pages/load/load_figures_model.h"
#include "ui/pages/load/load_plots.h"
#include "ui/pages/load/load_saver.h"
#include "ui/pages/load/wrong_reply_bar.h"
#include "ui/text/end_title.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dense_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace sockeye {

LoadPage::LoadPage(QWidget* parent)
    : Page(parent)
    , m_bar(new LoadBar(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_plots(new LoadPlots)
    , m_distribution(new LatencyDistribution)
    , m_figures(new DenseTable)
    , m_model(new LoadFiguresModel(this))
    , m_verdict(new QLabel(this))
    , m_cost(new QLabel(this))
    , m_wrongBar(new WrongReplyBar(this))
    , m_save(new QToolButton(this))
    , m_copy(new QToolButton(this))
{
    m_figures->setModel(m_model);
    m_figures->setAccessibleName(tr("Figures"));
    m_figures->setSampleTexts({ tr("Connecting timed out"), QStringLiteral("pipe, 256 × 16"),
        QStringLiteral("pipe, 256 × 16"), QStringLiteral("+100.0 %") });
    m_figures->setEmptyText(tr("Percentiles of the latencies, errors by kind, and what changed since the run before "
                               "come here. Choose the server and start the load."));
    m_verdict->setAccessibleName(tr("Verdict"));
    m_cost->setAccessibleName(tr("What the generator cost"));
    for (QLabel* label : { m_verdict, m_cost }) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->hide();
    }
    m_save->setText(tr("Save result…"));
    m_save->setToolTip(tr("As JSON or CSV"));
    m_copy->setText(tr("Copy figures"));
    for (QToolButton* button : { m_save, m_copy }) {
        button->setAccessibleName(button->text());
        button->setFocusPolicy(Qt::StrongFocus);
        button->hide();
    }
    m_wrongBar->hide();
    buildLayout();
    connectParts();
    showColours();
}

LoadPage::~LoadPage() = default;

void LoadPage::buildLayout()
{
    auto* texts = new QVBoxLayout;
    texts->setSpacing(4);
    texts->addWidget(m_verdict);
    texts->addWidget(m_cost);
    auto* end = new QHBoxLayout;
    end->setContentsMargins(8, 4, 8, 4);
    end->setSpacing(8);
    end->addLayout(texts, 1);
    end->addWidget(m_copy, 0, Qt::AlignTop);
    end->addWidget(m_save, 0, Qt::AlignTop);
    m_splitter->addWidget(m_plots);
    auto* lower = new QWidget;
    auto* sides = new QHBoxLayout(lower);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(0);
    sides->addWidget(m_figures, 3);
    sides->addWidget(m_distribution, 2);
    m_splitter->addWidget(lower);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_bar->panels());
    layout->addLayout(end);
    layout->addWidget(m_wrongBar);
    layout->addWidget(m_splitter, 1);
    setFocusProxy(m_bar);
}

void LoadPage::connectParts()
{
    connect(m_bar, &LoadBar::startWanted, this, &LoadPage::start);
    connect(m_bar, &LoadBar::cancelWanted, this, &LoadPage::cancel);
    connect(m_bar, &LoadBar::targetChanged, this, &Page::titleChanged);
    connect(m_save, &QToolButton::clicked, this, &LoadPage::save);
    connect(m_copy, &QToolButton::clicked, this, &LoadPage::copySelection);
    connect(m_wrongBar, &WrongReplyBar::partChosen, this, &Page::currentMessageChanged);
    connect(&Ticker::instance(), &Ticker::tick, this, &LoadPage::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &LoadPage::showColours);
}

const LoadReport& LoadPage::report() const
{
    static const LoadReport nothing;
    return m_run ? m_run->report() : nothing;
}

void LoadPage::start()
{
    if (isActive()) {
        return;
    }
    const LoadPlan plan = m_bar->plan();
    m_bar->showProblem(plan.problem());
    if (!plan.problem().isEmpty()) {
        return;
    }
    if (m_run && m_run->report().requests() > 0) {
        m_model->setBefore(figuresOf(m_run->report()));
    }
    m_wrong.clear();
    Q_EMIT currentMessageChanged();
    m_wrongIsDue = false;
    m_wrongBar->hide();
    m_plots->clear();
    m_distribution->clear();
    m_model->clear();
    m_verdict->hide();
    m_cost->hide();
    m_run = std::make_unique<LoadRun>();
    connect(m_run.get(), &LoadRun::stateChanged, this, &LoadPage::showState);
    connect(m_run.get(), &LoadRun::progressed, this, [this] { m_dirty = true; });
    connect(m_run.get(), &LoadRun::finished, this, &LoadPage::showEnd);
    m_run->start(plan);
    Q_EMIT currentMessageChanged();
}

void LoadPage::cancel()
{
    if (m_run) {
        m_run->stop();
    }
}

void LoadPage::showState()
{
    m_bar->showState(m_run->state(), report());
    for (QToolButton* button : { m_save, m_copy }) {
        button->setVisible(!isActive() && report().requests() > 0);
    }
    Q_EMIT titleChanged();
}

/// On the clock of all views, and only where there is something new.
void LoadPage::refresh()
{
    if (m_dirty) {
        m_dirty = false;
        m_bar->showState(m_run->state(), report());
        m_model->setFigures(report());
        m_plots->show(report(), isActive());
        m_distribution->show(report().latencies);
        showWrongReply();
    }
    if (m_wrongIsDue && m_wrong.message(m_wrongBar->part()).capture) {
        m_wrongIsDue = false;
        Q_EMIT currentMessageChanged();
    }
}

void LoadPage::showWrongReply()
{
    if (report().firstWrong && !m_wrong.capture()) {
        m_wrong.show(report());
        m_wrongBar->tell(report());
        m_wrongBar->show();
        m_wrongIsDue = true;
    }
}

void LoadPage::showEnd()
{
    const LoadReport& end = report();
    m_bar->showProblem(end.failure.oneLine());
    m_verdict->setVisible(!end.failure);
    m_cost->setVisible(end.requests() > 0);
    m_verdict->setText(verdictText(end));
    const QString transport = transportText(end);
    m_cost->setText(transport.isEmpty() ? costText(end) : QString(transport + u'\n' + costText(end)));
    showColours();
    showWrongReply();
    m_dirty = !end.failure;
}

void LoadPage::showColours()
{
    const Theme& theme = Theme::instance();
    const LoadLimit limit = limitOf(report());
    QPalette verdict = m_verdict->palette();
    verdict.setColor(
        QPalette::WindowText, limit == LoadLimit::None ? palette().color(QPalette::WindowText) : theme.error());
    m_verdict->setPalette(verdict);
    QPalette muted = m_cost->palette();
    muted.setColor(QPalette::WindowText, theme.muted());
    m_cost->setPalette(muted);
}

void LoadPage::save()
{
    askWhereToSaveLoad(
        this, [this]() -> const LoadReport& { return report(); },
        [this](const QString& file, const Failure& failure) {
            if (failure) {
                m_bar->showProblem(failure.oneLine());
            } else {
                Q_EMIT statusMessage(tr("Saved as %1").arg(file));
            }
        });
}

void LoadPage::copySelection()
{
    if (m_copy->isHidden()) {
        return;
    }
    QString text;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < m_model->columnCount(); ++column) {
            cells.append(m_model->index(row, column).data().toString());
        }
        text += cells.join(u'\t').trimmed() + u'\n';
    }
    text += QString(m_verdict->text() + u'\n' + m_cost->text() + u'\n');
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT statusMessage(tr("Figures copied"));
}

QString LoadPage::title() const
{
    return tr("Load %1").arg(endTitle(m_bar->host(), m_bar->port()));
}

QString LoadPage::stateText() const
{
    return LoadBar::stateWord(m_run ? m_run->state() : LoadRun::State::Idle, report());
}

bool LoadPage::isActive() const
{
    return m_run && m_run->state() != LoadRun::State::Idle && m_run->state() != LoadRun::State::Over;
}

QIcon LoadPage::icon() const
{
    return Theme::instance().icon(QStringLiteral("load"));
}

MessageRef LoadPage::currentMessage() const
{
    return m_wrong.message(m_wrongBar->part());
}

QJsonObject LoadPage::saveState() const
{
    QJsonObject state = m_bar->saveState();
    state.insert(QLatin1StringView("kind"), QStringLiteral("load"));
    state.insert(QLatin1StringView("figures"), m_figures->saveColumns());
    state.insert(QLatin1StringView("splitter"), QString::fromLatin1(m_splitter->saveState().toBase64()));
    return state;
}

void LoadPage::restore(const QJsonObject& state)
{
    m_bar->restoreState(state);
    m_figures->restoreColumns(state.value(QLatin1StringView("figures")).toObject());
    m_splitter->restoreState(QByteArray::fromBase64(state.value(QLatin1StringView("splitter")).toString().toLatin1()));
}

} // namespace sockeye
