// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/export_dialog.h"

#include "app/lines/chosen_fields.h"
#include "ui/text/display_text.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr int dialogWidth = 560;

struct FormatTexts {
    QString name;
    QString about;
};

FormatTexts textsOf(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Pcapng:
        return { ExportDialog::tr("Capture (pcapng)"),
            ExportDialog::tr(
                "Opens in Wireshark and here: conversations that hold these messages and no others. To keep "
                "every read and write as it was, use Save capture.") };
    case ExportFormat::JsonLines:
        return { ExportDialog::tr("JSON Lines"),
            ExportDialog::tr("One JSON object a line, just as sockeye-cli prints them.") };
    case ExportFormat::Csv:
        return { ExportDialog::tr("Table (CSV)"),
            ExportDialog::tr("One line a message: time, connection, direction, kind, size, summary, the fields that "
                             "you name, and the bytes in hex.") };
    case ExportFormat::HexDump:
        return { ExportDialog::tr("Hex dump"),
            ExportDialog::tr("As hexdump -C writes it; text2pcap -a -D -t ISO makes packets of it.") };
    case ExportFormat::RawBytes:
        return { ExportDialog::tr("Raw bytes"),
            ExportDialog::tr("The bytes alone, a file for each direction: NAME.in.bin and NAME.out.bin. Of several "
                             "connections, each gets its own: NAME.1.in.bin. No file is replaced.") };
    case ExportFormat::CArray:
        return { ExportDialog::tr("C arrays"),
            ExportDialog::tr("Source for C and C++: an array a message, and a table "
                             "of them.") };
    case ExportFormat::PythonArray:
        return { ExportDialog::tr("Python list"), ExportDialog::tr("A module with a list of messages.") };
    }
    return {};
}

QString withoutSuffix(const QString& file)
{
    for (const ExportFormat format : allExportFormats) {
        const QString suffix = u'.' + exportSuffix(format);
        if (file.endsWith(suffix, Qt::CaseInsensitive)) {
            return file.chopped(suffix.size());
        }
    }
    return file;
}

QLabel* labelFor(const QString& text, QWidget* buddy)
{
    auto* label = new QLabel(text);
    label->setBuddy(buddy);
    return label;
}

} // namespace

ExportDialog::ExportDialog(
    const ExportableMessages& messages, const QString& file, bool preferSelected, QWidget* parent)
    : QDialog(parent)
    , m_messages(messages)
    , m_folder(QFileInfo(file).absolutePath())
{
    setWindowTitle(tr("Export messages"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    addFormat(grid);
    addScope(grid, preferSelected);
    addFields(grid);
    addFile(grid);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_export = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
    m_export->setDefault(true);
    for (QAbstractButton* button : buttons->buttons()) {
        // Return exports, wherever the focus is.
        qobject_cast<QPushButton*>(button)->setAutoDefault(button == m_export);
    }
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    layout->addLayout(grid);
    layout->addStretch(1);
    layout->addWidget(buttons);

    m_file->setText(QDir::toNativeSeparators(file));
    formatChanged();
    resize(dialogWidth, sizeHint().height());
    m_format->setFocus();
}

void ExportDialog::addFormat(QGridLayout* grid)
{
    m_format = new QComboBox;
    m_format->setAccessibleName(tr("Format"));
    for (const ExportFormat format : allExportFormats) {
        m_format->addItem(textsOf(format).name, static_cast<int>(format));
    }
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::formatChanged);
    m_about = new QLabel;
    m_about->setWordWrap(true);
    m_about->setTextFormat(Qt::PlainText);
    m_about->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    // Room for the longest, so that nothing jumps when another format is chosen.
    m_about->setMinimumHeight(3 * m_about->fontMetrics().lineSpacing());
    const int row = grid->rowCount();
    grid->addWidget(labelFor(tr("Format"), m_format), row, 0);
    grid->addWidget(m_format, row, 1, Qt::AlignLeading);
    grid->addWidget(m_about, row + 1, 1, 1, 2);
}

void ExportDialog::addScope(QGridLayout* grid, bool preferSelected)
{
    m_scope = new QButtonGroup(this);
    int row = grid->rowCount();
    grid->addWidget(new QLabel(tr("Messages")), row, 0);
    const auto add = [this, grid, &row](Scope scope, const QString& text, bool possible) {
        auto* button = new QRadioButton(text);
        button->setEnabled(possible);
        m_scope->addButton(button, scope);
        grid->addWidget(button, row++, 1, 1, 2);
    };
    add(All, tr("All (%1)").arg(groupedNumber(m_messages.all)), true);
    add(Shown, tr("Those that pass the filter (%1)").arg(groupedNumber(m_messages.shownCount)), m_messages.isFiltered);
    add(Selected, tr("Selected (%1)").arg(groupedNumber(m_messages.selectedCount)), m_messages.selectedCount > 0);
    const bool meansSelected = m_messages.selectedCount > (preferSelected ? 0 : 1);
    m_scope->button(meansSelected ? Selected : m_messages.isFiltered ? Shown : All)->setChecked(true);
}

void ExportDialog::addFields(QGridLayout* grid)
{
    m_fields = new QLineEdit;
    m_fields->setAccessibleName(tr("Fields"));
    m_fields->setPlaceholderText(tr("None, or paths: header.transaction, data[0]"));
    connect(m_fields, &QLineEdit::textChanged, this, &ExportDialog::fileChanged);
    m_addField = new QPushButton(tr("Add"));
    m_addField->setAutoDefault(false);
    m_addField->setMenu(new QMenu(m_addField));
    m_addField->hide();
    m_fieldsLabel = labelFor(tr("Fields"), m_fields);
    const int row = grid->rowCount();
    grid->addWidget(m_fieldsLabel, row, 0);
    grid->addWidget(m_fields, row, 1);
    grid->addWidget(m_addField, row, 2);
}

void ExportDialog::setFieldNames(const QStringList& names)
{
    constexpr qsizetype mostNames = 60;
    m_addField->menu()->clear();
    for (const QString& name : names.first(qMin(names.size(), mostNames))) {
        m_addField->menu()->addAction(name, this, [this, name] { addField(name); });
    }
    m_addField->setVisible(!names.isEmpty() && takesFields());
}

void ExportDialog::addField(const QString& name)
{
    const QString before = m_fields->text().trimmed();
    m_fields->setText(before.isEmpty() ? name : QString(before % u", " % name));
}

bool ExportDialog::takesFields() const
{
    return format() == ExportFormat::Csv || format() == ExportFormat::JsonLines;
}

QByteArrayList ExportDialog::fields() const
{
    const bool areGiven = takesFields() && !m_fields->text().trimmed().isEmpty();
    return areGiven ? pathsOf(m_fields->text()).value_or(QByteArrayList()) : QByteArrayList();
}

void ExportDialog::addFile(QGridLayout* grid)
{
    m_file = new QLineEdit;
    m_file->setAccessibleName(tr("File"));
    connect(m_file, &QLineEdit::textChanged, this, &ExportDialog::fileChanged);
    auto* choose = new QPushButton(tr("Choose…"));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &ExportDialog::browse);
    m_warning = new QLabel;
    m_warning->setWordWrap(true);
    m_warning->setTextFormat(Qt::PlainText);
    const int row = grid->rowCount();
    grid->addWidget(labelFor(tr("File"), m_file), row, 0);
    grid->addWidget(m_file, row, 1);
    grid->addWidget(choose, row, 2);
    grid->addWidget(m_warning, row + 1, 1, 1, 2);
    m_warning->setMinimumHeight(m_warning->fontMetrics().lineSpacing());
}

ExportFormat ExportDialog::format() const
{
    return static_cast<ExportFormat>(m_format->currentData().toInt());
}

RowChoice ExportDialog::rows() const
{
    switch (m_scope->checkedId()) {
    case Shown:
        return m_messages.shown;
    case Selected:
        return m_messages.selected;
    default:
        return { { { 0, m_messages.all } }, nullptr };
    }
}

QString ExportDialog::file() const
{
    return QDir(m_folder).absoluteFilePath(QDir::fromNativeSeparators(m_file->text()));
}

void ExportDialog::formatChanged()
{
    m_about->setText(textsOf(format()).about);
    m_fieldsLabel->setVisible(takesFields());
    m_fields->setVisible(takesFields());
    m_fields->setToolTip(format() == ExportFormat::Csv ? tr("Each of these fields of a message gets a column")
                                                       : tr("Of each message only these fields are written"));
    m_addField->setVisible(takesFields() && !m_addField->menu()->isEmpty());
    m_file->setText(withoutSuffix(m_file->text()) + u'.' + exportSuffix(format()));
}

void ExportDialog::fileChanged()
{
    const QFileInfo facts(file());
    const bool named = !m_file->text().isEmpty() && !facts.isDir();
    const bool areFields = !takesFields() || m_fields->text().trimmed().isEmpty() || pathsOf(m_fields->text());
    m_export->setEnabled(named && areFields);
    if (!areFields) {
        m_warning->setText(tr("Fields are paths with commas between them, such as header.transaction, data[0]."));
        return;
    }
    // A look at one name of the local disk; what is wrong beyond that says the export itself.
    m_warning->setText(named && format() != ExportFormat::RawBytes && facts.exists()
            ? tr("This file exists and will be replaced.")
            : QString());
}

void ExportDialog::browse()
{
    const QString suffix = exportSuffix(format());
    auto* dialog = new QFileDialog(
        this, tr("Export to"), QString(), tr("%1 (*.%2);;All files (*)").arg(textsOf(format()).name, suffix));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // said beside the name
    dialog->setDefaultSuffix(suffix);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->selectFile(file());
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString& chosen) { m_file->setText(QDir::toNativeSeparators(chosen)); });
    dialog->open();
}

} // namespace sockeye
