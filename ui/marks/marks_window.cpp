// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/marks_window.h"

#include "ui/marks/marks_model.h"
#include "ui/text/display_text.h"
#include "ui/widgets/dense_table.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>

#include <algorithm>

namespace sockeye {

MarksWindow::MarksWindow(QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_model(new MarksModel(this))
    , m_table(new DenseTable(this))
    , m_count(new QLabel(this))
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Marks"));
    m_table->setEmptyText(tr("No message is marked. Select one and press Ctrl+M, or note something of it."));
    m_table->setSampleTexts({ tr("⚑ orange") + u"  ", QString(), QStringLiteral("#00000"), tr("→ out "),
        QStringLiteral("0000.000000"), QStringLiteral("00,000,000") });
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(static_cast<int>(MarksModel::Column::Note), QHeaderView::Stretch);
    m_table->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setFrameShape(QFrame::NoFrame);
    auto* show = new QPushButton(tr("&Show message"), this);
    show->setToolTip(tr("Select the message in its table (Enter)"));
    auto* remove = new QPushButton(tr("&Remove mark"), this);
    remove->setToolTip(tr("The mark goes, and its note (Del)"));
    auto* bottom = new QHBoxLayout;
    bottom->setContentsMargins(8, 8, 8, 8);
    bottom->setSpacing(8);
    bottom->addWidget(m_count, 1);
    bottom->addWidget(remove);
    bottom->addWidget(show);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_table, 1);
    layout->addLayout(bottom);
    resize(720, 360);

    connect(show, &QPushButton::clicked, this, [this] { goTo(m_table->currentIndex()); });
    connect(remove, &QPushButton::clicked, this, &MarksWindow::removeSelected);
    connect(m_table, &QAbstractItemView::activated, this, &MarksWindow::goTo);
    auto* removeKey = new QShortcut(QKeySequence::Delete, m_table);
    removeKey->setContext(Qt::WidgetShortcut);
    connect(removeKey, &QShortcut::activated, this, &MarksWindow::removeSelected);
    connect(new QShortcut(QKeySequence::Cancel, this), &QShortcut::activated, this, &QWidget::close);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        const QModelIndex current = m_table->currentIndex();
        m_current = current.isValid() ? m_model->mark(current.row()).place : StreamPlace();
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        if (const int row = m_model->rowOf(m_current); row >= 0) {
            m_table->selectRow(row);
        }
        showCount();
    });
    showCount();
}

void MarksWindow::setCapture(const std::shared_ptr<Capture>& capture, const QString& title)
{
    setWindowTitle(title.isEmpty() ? tr("Marks – Sockeye") : tr("Marks of %1 – Sockeye").arg(title));
    m_model->setCapture(capture);
}

void MarksWindow::goTo(const QModelIndex& index)
{
    if (index.isValid()) {
        Q_EMIT chosen(m_model->mark(index.row()).place);
    }
}

void MarksWindow::removeSelected()
{
    std::vector<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        rows.push_back(index.row());
    }
    std::ranges::sort(rows, std::ranges::greater());
    for (const int row : rows) {
        m_model->remove(row);
    }
}

void MarksWindow::showCount()
{
    const int count = m_model->rowCount();
    m_count->setText(count == 0 ? QString()
            : count == 1        ? tr("1 mark")
            : static_cast<std::size_t>(count) >= MarkBook::mostMarks
            ? tr("%1 marks: there is room for no more").arg(groupedNumber(count))
            : tr("%1 marks").arg(groupedNumber(count)));
}

} // namespace sockeye
