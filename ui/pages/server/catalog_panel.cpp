// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/server/catalog_panel.h"

#include "app/export/file_writing.h"
#include "ui/pages/server/catalog_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dense_table.h"

#include <QAction>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace sockeye {

namespace {
// A catalogue is edited by hand; what is larger was chosen by mistake.
constexpr qint64 maxFileSize = 16 * 1024 * 1024;
} // namespace

CatalogPanel::CatalogPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new CatalogModel(this))
    , m_table(new DenseTable(this))
    , m_problem(new QLabel(this))
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Catalogue"));
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
        | QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    m_table->setSampleTexts({ QStringLiteral("a query of usual length") });
    m_table->setEmptyText(tr("Every search gets “No match”. Add a query and its answer."));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setContentsMargins(8, 4, 8, 4);
    m_problem->hide();
    buildLayout();

    auto* remove = new QAction(tr("Remove"), this);
    remove->setShortcut(Qt::Key_Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, this, &CatalogPanel::removeEntries);
    m_table->addAction(remove);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);

    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &CatalogPanel::updateButtons);
    connect(m_model, &QAbstractItemModel::modelReset, this, &CatalogPanel::updateButtons);
    connect(m_model, &CatalogModel::catalogChanged, this, [this] {
        showProblem({});
        Q_EMIT catalogChanged();
    });
    m_model->setCatalog(Catalog::standard());
    updateButtons();
}

void CatalogPanel::buildLayout()
{
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(8, 4, 8, 4);
    buttons->setSpacing(4);
    const auto add = [&](const QString& text, const QString& toolTip, void (CatalogPanel::*act)()) {
        auto* button = new QPushButton(text, this);
        button->setToolTip(toolTip);
        connect(button, &QPushButton::clicked, this, act);
        buttons->addWidget(button);
        return button;
    };
    add(tr("Add"), tr("A new query with its answer"), &CatalogPanel::addEntry);
    m_remove = add(tr("Remove"), tr("The selected queries (Del)"), &CatalogPanel::removeEntries);
    buttons->addStretch(1);
    add(tr("Load…"), tr("From a JSON object: query → answer"), &CatalogPanel::chooseFileToLoad);
    add(tr("Save…"), tr("As a JSON object: query → answer"), &CatalogPanel::chooseFileToSave);
    auto* defaults = new QPushButton(tr("Defaults"), this);
    defaults->setToolTip(tr("Back to the three entries that every server starts with"));
    connect(defaults, &QPushButton::clicked, this, [this] { m_model->setCatalog(Catalog::standard()); });
    buttons->addWidget(defaults);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(buttons);
    layout->addWidget(m_problem);
    layout->addWidget(m_table, 1);
    setFocusProxy(m_table);
}

Catalog CatalogPanel::catalog() const
{
    return m_model->catalog();
}

void CatalogPanel::setCatalog(const Catalog& catalog)
{
    m_model->setCatalog(catalog);
}

void CatalogPanel::addEntry()
{
    const QModelIndex index = m_model->index(m_model->addEntry(), CatalogModel::Query);
    m_table->setCurrentIndex(index);
    m_table->edit(index);
}

void CatalogPanel::removeEntries()
{
    QList<int> rows;
    const QModelIndexList selected = m_table->selectionModel()->selectedRows();
    for (const QModelIndex& index : selected) {
        rows.append(index.row());
    }
    // From below, so that the rows above keep their numbers.
    std::sort(rows.begin(), rows.end(), std::greater<>());
    for (const int row : std::as_const(rows)) {
        m_model->removeRows(row, 1);
    }
    updateButtons();
}

void CatalogPanel::chooseFileToLoad()
{
    auto* dialog = new QFileDialog(this, tr("Load catalogue"), {}, tr("JSON (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CatalogPanel::load);
    dialog->open();
}

void CatalogPanel::chooseFileToSave()
{
    auto* dialog = new QFileDialog(this, tr("Save catalogue"), {}, tr("JSON (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, &CatalogPanel::save);
    dialog->open();
}

void CatalogPanel::load(const QString& file)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly)) {
        showProblem(tr("%1 cannot be read: %2. The catalogue stays as it is.").arg(file, in.errorString()));
        return;
    }
    const QByteArray json = in.read(maxFileSize + 1);
    if (json.size() > maxFileSize) {
        showProblem(tr("%1 is larger than 16 MiB: is it the right file? The catalogue stays as it is.").arg(file));
        return;
    }
    const Result<Catalog> catalog = Catalog::fromJson(json);
    if (!catalog) {
        showProblem(tr("%1 holds no catalogue, which stays as it is. %2 At byte %3. What is wanted is a JSON object of "
                       "strings: { \"query\": \"answer\" }.")
                        .arg(file, describe(catalog.error()), QString::number(catalog.error().offset)));
        return;
    }
    m_model->setCatalog(*catalog);
}

void CatalogPanel::save(const QString& file)
{
    writeFile(file, m_model->catalog().toJson(), {}, this,
        [this](const FileWritten& written) { showProblem(written.failure.oneLine()); });
}

QString CatalogPanel::problem() const
{
    return m_problem->isHidden() ? QString() : m_problem->text();
}

void CatalogPanel::showProblem(const QString& what)
{
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, Theme::instance().error());
    m_problem->setPalette(colours);
    m_problem->setText(what);
    m_problem->setVisible(!what.isEmpty());
}

void CatalogPanel::updateButtons()
{
    m_remove->setEnabled(m_table->selectionModel()->hasSelection());
}

} // namespace sockeye
