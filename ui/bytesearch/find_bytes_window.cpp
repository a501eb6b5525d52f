// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bytesearch/find_bytes_window.h"

#include "app/reading/capture.h"
#include "app/threads/background_threads.h"
#include "protocol/content/views/content_view.h"
#include "ui/models/ticker.h"
#include "ui/text/byte_count_text.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dense_table.h"
#include "ui/widgets/elided_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

constexpr qint64 leastPause = 100; ///< ms between two looks at what came
constexpr qint64 almostAll = 99; ///< percent

enum class NeedleForm { Hex, Text, Pattern };

NeedleForm formOf(const QComboBox& box)
{
    return static_cast<NeedleForm>(box.currentData().toInt());
}

} // namespace

FindBytesWindow::FindBytesWindow(Targets targets, QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_targets(std::move(targets))
    , m_kind(new QComboBox(this))
    , m_what(new QLineEdit(this))
    , m_encoding(new QComboBox(this))
    , m_where(new QComboBox(this))
    , m_find(new QPushButton(tr("&Find all"), this))
    , m_stop(new QPushButton(tr("&Stop"), this))
    , m_table(new DenseTable(this))
    , m_state(new ElidedLabel(this))
    , m_show(new QPushButton(tr("S&how bytes"), this))
    , m_hits(new HitsModel(this))
{
    setWindowTitle(tr("Find bytes – Sockeye"));
    m_kind->setAccessibleName(tr("What to look for"));
    m_kind->addItem(tr("Bytes"), static_cast<int>(NeedleForm::Hex));
    m_kind->addItem(tr("Text"), static_cast<int>(NeedleForm::Text));
    m_kind->addItem(tr("Regular expression"), static_cast<int>(NeedleForm::Pattern));
    m_what->setAccessibleName(tr("Find in all bytes"));
    m_what->setClearButtonEnabled(true);
    m_encoding->setAccessibleName(tr("Encoding of the text"));
    m_encoding->addItems(viewEncodings());
    m_encoding->setEditable(true);
    m_encoding->setToolTip(tr("How the text is written in bytes: one of these, or any other name of an encoding"));
    m_where->setAccessibleName(tr("Where to look"));
    m_where->addItem(tr("In the page in front"), false);
    m_where->addItem(tr("In all pages"), true);
    m_find->setDefault(true);
    m_table->setModel(m_hits);
    m_table->setAccessibleName(tr("Hits"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSampleTexts(
        { tr("Server 127.0.0.1:65432"), QStringLiteral("#0000"), tr("→ out "), QStringLiteral("0000.000000"),
            QStringLiteral("0,000,000"), QStringLiteral("000,000,000"), QStringLiteral("00 ").repeated(20) });
    m_show->setToolTip(tr("Select the message in its table, and the bytes in the inspector (Enter)"));
    buildLayout();

    connect(m_kind, &QComboBox::currentIndexChanged, this, &FindBytesWindow::kindChanged);
    connect(m_what, &QLineEdit::returnPressed, this, &FindBytesWindow::find);
    connect(m_find, &QPushButton::clicked, this, &FindBytesWindow::find);
    connect(m_stop, &QPushButton::clicked, this, &FindBytesWindow::stop);
    connect(m_table, &QAbstractItemView::activated, this, &FindBytesWindow::goTo);
    connect(m_show, &QPushButton::clicked, this, [this] { goTo(m_table->currentIndex()); });
    connect(&Ticker::instance(), &Ticker::tick, this, &FindBytesWindow::look);
    connect(new QShortcut(QKeySequence::Cancel, this), &QShortcut::activated, this, &QWidget::close);
    kindChanged();
}

FindBytesWindow::~FindBytesWindow()
{
    abandon();
}

void FindBytesWindow::abandon()
{
    for (const std::shared_ptr<ByteSearch>& search : std::exchange(m_searches, {})) {
        search->abandon();
    }
    m_search.reset();
}

void FindBytesWindow::buildLayout()
{
    auto* top = new QHBoxLayout;
    top->setContentsMargins(8, 8, 8, 8);
    top->setSpacing(8);
    top->addWidget(m_kind);
    top->addWidget(m_what, 1);
    top->addWidget(m_encoding);
    top->addWidget(m_where);
    top->addWidget(m_find);
    top->addWidget(m_stop);
    auto* bottom = new QHBoxLayout;
    bottom->setContentsMargins(8, 8, 8, 8);
    bottom->setSpacing(8);
    bottom->addWidget(m_state, 1);
    bottom->addWidget(m_show);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    layout->addLayout(bottom);
    resize(1160, 480);
}

void FindBytesWindow::activate()
{
    if (isVisible()) {
        raise();
        activateWindow();
    }
    show();
    m_what->setFocus(Qt::ShortcutFocusReason);
    m_what->selectAll();
}

void FindBytesWindow::say(const QString& text)
{
    m_said = text;
    showState();
}

void FindBytesWindow::kindChanged()
{
    m_encoding->setVisible(formOf(*m_kind) == NeedleForm::Text);
    m_said.clear();
    switch (formOf(*m_kind)) {
    case NeedleForm::Hex:
        m_what->setPlaceholderText(tr("00 67 7b, a dump, an array of C"));
        m_what->setToolTip({});
        break;
    case NeedleForm::Text:
        m_what->setPlaceholderText(tr("The text, letter by letter"));
        m_what->setToolTip({});
        break;
    case NeedleForm::Pattern:
        m_what->setPlaceholderText(tr("GET /\\w+, \\x00[\\x80-\\xff]{2}"));
        m_what->setToolTip(tr(
            "Every byte is a character: \\x00 to \\xff. (?i) ignores case, (?s) lets . match line ends. A match ends "
            "after %1 bytes at the latest.")
                               .arg(groupedNumber(ByteNeedle::longestMatch)));
        m_said = tr("A match of a regular expression ends after %1 bytes at the latest.")
                     .arg(groupedNumber(ByteNeedle::longestMatch));
        break;
    }
    showState();
}

ByteNeedle::Made FindBytesWindow::needle() const
{
    switch (formOf(*m_kind)) {
    case NeedleForm::Hex:
        return ByteNeedle::ofHex(m_what->text());
    case NeedleForm::Text:
        return ByteNeedle::ofText(m_what->text(), m_encoding->currentText().trimmed().toUtf8());
    case NeedleForm::Pattern:
        break;
    }
    return ByteNeedle::ofPattern(m_what->text());
}

void FindBytesWindow::find()
{
    abandon();
    m_hits->clear();
    m_left.clear();
    m_isStopped = m_isFull = false;
    m_said.clear();
    const ByteNeedle::Made made = needle();
    if (!made) {
        m_said = made.error();
        showState();
        return;
    }
    m_needle = std::make_shared<const ByteNeedle>(*made);
    m_left = m_targets(m_where->currentData().toBool());
    if (m_left.isEmpty()) {
        m_said = tr("There is no page with bytes to look at.");
    }
    next();
}

void FindBytesWindow::next()
{
    if (!m_left.isEmpty() && !m_isStopped) {
        const SearchTarget target = m_left.takeFirst();
        m_searches.push_back(std::make_shared<ByteSearch>(target.capture, *m_needle));
        m_hits->add(target, m_searches.back());
        run(m_searches.back());
    }
    showState();
}

void FindBytesWindow::run(const std::shared_ptr<ByteSearch>& search)
{
    m_search = search;
    m_search->announce();
    m_pass.start();
    backgroundThreads().start([search] { search->run(); });
}

void FindBytesWindow::stop()
{
    m_isStopped = true;
    for (const std::shared_ptr<ByteSearch>& search : m_searches) {
        search->stop();
    }
    showState();
}

void FindBytesWindow::look()
{
    if (m_search) {
        if (m_search->state() == ByteSearch::State::Looking) {
            showState();
            return;
        }
        m_isFull = m_isFull || m_search->state() == ByteSearch::State::Full;
        m_search.reset();
        m_pause = std::max(leastPause, m_pass.restart());
        m_hits->takeNew();
        next();
    }
    if (m_search || m_isStopped || m_pass.elapsed() < m_pause) {
        return;
    }
    const auto more = std::ranges::find_if(m_searches, [](const auto& each) { return each->hasMore(); });
    if (more != m_searches.end()) {
        run(*more);
        std::rotate(more, more + 1, m_searches.end()); // others have their turn
    }
}

QString FindBytesWindow::progressText() const
{
    qint64 looked = 0;
    qint64 there = 0;
    bool mayGrow = false;
    for (const std::shared_ptr<ByteSearch>& search : m_searches) {
        looked += search->bytesLooked();
        there += search->bytesThere();
        mayGrow = mayGrow || search->capture()->mayGrow();
    }
    for (const SearchTarget& each : m_left) {
        there += each.capture->byteCount();
    }
    const QString hits = m_hits->rowCount() == 1 ? tr("1 hit") : tr("%1 hits").arg(groupedNumber(m_hits->rowCount()));
    const qint64 percent = there > 0 ? std::min<qint64>(looked * 100 / there, 100) : 100;
    if (m_search && (percent < almostAll || !m_left.isEmpty())) {
        return tr("%1, searching: %2 %").arg(hits, QString::number(percent));
    }
    if (m_isFull) {
        return tr("%1: there is room for no more of a page. %2 were looked at.").arg(hits, byteCountText(looked));
    }
    return m_isStopped ? tr("%1, stopped after %2").arg(hits, byteCountText(looked))
        : mayGrow      ? tr("%1 in %2, and in what comes").arg(hits, byteCountText(looked))
                       : tr("%1 in %2").arg(hits, byteCountText(looked));
}

void FindBytesWindow::showState()
{
    const bool isIdle = !m_needle || !m_said.isEmpty();
    m_stop->setEnabled(!m_searches.empty() && !m_isStopped);
    m_show->setEnabled(m_hits->rowCount() > 0);
    m_state->setFullText(isIdle ? m_said : progressText());
    m_table->setEmptyText(isIdle ? tr("Every place where the bytes occur gets a line here, wherever reads, writes and "
                                      "messages were cut.")
            : m_search           ? tr("Searching…")
                                 : tr("The bytes occur nowhere."));
}

void FindBytesWindow::goTo(const QModelIndex& index)
{
    if (!index.isValid()) {
        return;
    }
    const HitsModel::Hit hit = m_hits->hit(index.row());
    if (hit.target.page == nullptr) {
        say(tr("The page “%1” was closed.").arg(hit.target.title));
        return;
    }
    Q_EMIT chosen(hit.target.page, hit.target.capture, hit.place, std::max<qint64>(hit.size, 1));
}

} // namespace sockeye
