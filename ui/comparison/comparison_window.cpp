// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/comparison/comparison_window.h"

#include "app/threads/background_threads.h"
#include "ui/comparison/comparison_fields_model.h"
#include "ui/comparison/comparison_text.h"
#include "ui/comparison/comparison_view.h"
#include "ui/widgets/dense_table.h"
#include "ui/widgets/elided_label.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPromise>
#include <QSplitter>
#include <QThreadPool>
#include <QToolButton>

namespace sockeye {

namespace {

QString sideKey(const ComparedSide& side)
{
    const MessageRecord& record = side.message.record;
    return QStringLiteral("%1/%2/%3/%4/%5")
        .arg(QString::number(reinterpret_cast<quintptr>(side.message.capture.get()), 16),
            QString::number(record.connection), QString::number(static_cast<int>(record.direction)),
            QString::number(record.offset), QString::number(side.isDirection ? -2 : side.message.row));
}

} // namespace

ComparisonWindow* ComparisonWindow::open(const ComparedSide& left, const ComparedSide& right, QWidget* parent)
{
    return openOnce<ComparisonWindow>(QString(sideKey(left) + u'|' + sideKey(right)), parent,
        [&] { return new ComparisonWindow(left, right, parent); });
}

ComparisonWindow* ComparisonWindow::openDirections(
    const std::shared_ptr<Capture>& capture, quint32 connection, QWidget* parent)
{
    const auto record = capture->connection(connection);
    ComparedSide client { { capture, -1, {} }, true };
    client.message.record.connection = connection;
    ComparedSide server = client;
    const bool weConnected = record && record->facts.weConnected;
    client.message.record.direction = weConnected ? Direction::Out : Direction::In;
    server.message.record.direction = weConnected ? Direction::In : Direction::Out;
    return open(client, server, parent);
}

ComparisonWindow::ComparisonWindow(ComparedSide left, ComparedSide right, QWidget* parent)
    : SideWindow(parent)
    , m_left(std::move(left))
    , m_right(std::move(right))
    , m_only(new QCheckBox(tr("&Only differences"), this))
    , m_previous(new QToolButton(this))
    , m_next(new QToolButton(this))
    , m_leftName(new ElidedLabel(this))
    , m_rightName(new ElidedLabel(this))
    , m_view(new ComparisonView(this))
    , m_model(new ComparisonFieldsModel(this))
    , m_fields(new DenseTable(this))
{
    setWindowTitle(tr("Comparison – Sockeye"));
    summary()->setWordWrap(true);
    summary()->setText(tr("Comparing…"));
    summary()->setAccessibleName(tr("What differs"));
    buildBar();
    buildContent();
    setWhatIsCopied([this] { return m_comparison ? comparisonText(*m_comparison, m_only->isChecked()) : QString(); });
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &ComparisonWindow::loaded);
    connect(m_view, &ComparisonView::currentChanged, this, &ComparisonWindow::showWords);
    connect(m_only, &QCheckBox::toggled, m_view, &ComparisonView::setOnlyDifferences);
    connect(m_only, &QCheckBox::toggled, m_model, &ComparisonFieldsModel::setOnlyDifferences);
    connect(m_fields->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) { showField(current.row()); });
    load();
}

ComparisonWindow::~ComparisonWindow()
{
    m_watcher.cancel();
}

void ComparisonWindow::buildBar()
{
    m_only->setToolTip(tr("Leave out lines and fields in which nothing differs"));
    m_previous->setText(tr("Previous"));
    m_previous->setToolTip(tr("Go to the place before this one where something differs (Shift+F8)"));
    m_previous->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F8));
    m_next->setText(tr("Next"));
    m_next->setToolTip(tr("Go to the next place where something differs (F8)"));
    m_next->setShortcut(QKeySequence(Qt::Key_F8));
    connect(m_previous, &QToolButton::clicked, this, [this] { m_view->goToNext(true); });
    connect(m_next, &QToolButton::clicked, this, [this] { m_view->goToNext(false); });
    bar()->addWidget(m_only);
    bar()->addStretch(1);
    bar()->addWidget(new QLabel(tr("≠ changed   + only on the right   − only on the left"), this));
    bar()->addStretch(1);
    bar()->addWidget(m_previous);
    bar()->addWidget(m_next);
    m_previous->setEnabled(false);
    m_next->setEnabled(false);
}

void ComparisonWindow::buildContent()
{
    m_leftName->setAccessibleName(tr("What is on the left"));
    m_rightName->setAccessibleName(tr("What is on the right"));
    auto* names = new QHBoxLayout;
    names->setContentsMargins(8, 0, 8, 4);
    names->setSpacing(16);
    names->addWidget(m_leftName, 1);
    names->addWidget(m_rightName, 1);
    auto* bytes = new QWidget(this);
    auto* layout = new QVBoxLayout(bytes);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(names);
    layout->addWidget(m_view, 1);
    m_fields->setModel(m_model);
    m_fields->setAccessibleName(tr("Fields beside each other"));
    m_fields->setSelectionMode(QAbstractItemView::SingleSelection);
    m_fields->setSampleTexts({ QStringLiteral("≠"), QStringLiteral("header › content-encoding"),
        QStringLiteral("12,345 (signed 32-bit little-endian)"), {} });
    m_fields->hide();
    auto* both = new QSplitter(Qt::Vertical, this);
    both->addWidget(bytes);
    both->addWidget(m_fields);
    both->setStretchFactor(0, 2);
    both->setStretchFactor(1, 1);
    both->setChildrenCollapsible(false);
    setContent(both);
    constexpr QSize usual(1000, 640);
    resize(usual);
    m_view->setFocus();
}

void ComparisonWindow::load()
{
    const auto promise = std::make_shared<QPromise<ComparisonPtr>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, left = m_left, right = m_right] {
        promise->addResult(compareSides(left, right, [&promise] { return !promise->isCanceled(); }));
        promise->finish();
    });
}

void ComparisonWindow::loaded()
{
    const QFuture<ComparisonPtr> future = m_watcher.future();
    if (future.isCanceled() || future.resultCount() == 0 || !future.result()) {
        return;
    }
    m_comparison = future.result();
    m_leftName->setFullText(tr("Left: %1").arg(m_comparison->leftName));
    m_rightName->setFullText(tr("Right: %1").arg(m_comparison->rightName));
    m_fields->setVisible(m_comparison->hasFields);
    m_fields->setEmptyText(tr("No field differs."));
    m_model->setComparison(m_comparison);
    m_view->setComparison(m_comparison);
    m_previous->setEnabled(m_comparison->bytes.places > 0);
    m_next->setEnabled(m_comparison->bytes.places > 0);
    m_view->goToNext(false);
    showWords();
}

void ComparisonWindow::showWords()
{
    if (!m_comparison) {
        return;
    }
    QString text = comparisonSentence(*m_comparison);
    if (m_view->currentRun() >= 0) {
        const QString place = placeSentence(*m_comparison, static_cast<std::size_t>(m_view->currentRun()));
        m_view->setAccessibleDescription(place);
        text += u'\n' + place;
    }
    summary()->setText(text);
}

/// Its first byte.
void ComparisonWindow::showField(int row)
{
    if (!m_comparison || row < 0) {
        return;
    }
    const FieldPair& pair = m_model->pair(row);
    const bool isLeft = pair.left >= 0;
    const Annotation& side = isLeft ? m_comparison->left : m_comparison->right;
    const qint64 offset = side.fields()[static_cast<std::size_t>(isLeft ? pair.left : pair.right)].offset;
    for (const AlignedRun& run : m_comparison->bytes.runs) {
        const qint64 first = isLeft ? run.left : run.right;
        if (offset >= first && offset < first + (isLeft ? run.leftSize : run.rightSize)) {
            m_view->showCell(run.cell + offset - first);
            return;
        }
    }
}

} // namespace sockeye
