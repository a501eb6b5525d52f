// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/protocols/new_protocol_dialog.h"

#include "app/descriptions/protocol_files.h"
#include "app/export/file_writing.h"
#include "ui/protocols/description_highlighter.h"
#include "ui/protocols/format_fields_model.h"
#include "ui/protocols/protocol_editor.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace sockeye {

namespace {

/// The choice of what a field is, and of usual checksums.
class FieldDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        if (index.column() == FormatFieldsModel::Kind) {
            auto* box = new QComboBox(parent);
            box->addItems(FormatFieldsModel::kindTexts());
            return box;
        }
        const auto kind = static_cast<kaitai::SimpleField::Kind>(
            index.siblingAtColumn(FormatFieldsModel::Kind).data(Qt::EditRole).toInt());
        if (index.column() == FormatFieldsModel::Value && kind == kaitai::SimpleField::Kind::Checksum) {
            auto* box = new QComboBox(parent);
            box->setEditable(true);
            box->addItems({ QStringLiteral("crc-16/modbus"), QStringLiteral("crc-16/ibm-3740"),
                QStringLiteral("crc-16/xmodem"), QStringLiteral("crc-8/smbus"), QStringLiteral("crc-32/iso-hdlc"),
                QStringLiteral("crc-32/iscsi"), QStringLiteral("adler-32"), QStringLiteral("sum-8"),
                QStringLiteral("xor-8"), QStringLiteral("internet"), QStringLiteral("md5"), QStringLiteral("sha-1"),
                QStringLiteral("sha-256") });
            return box;
        }
        return QStyledItemDelegate::createEditor(parent, option, index);
    }

    void setEditorData(QWidget* editor, const QModelIndex& index) const override
    {
        auto* box = qobject_cast<QComboBox*>(editor);
        if (box == nullptr) {
            QStyledItemDelegate::setEditorData(editor, index);
        } else if (box->isEditable()) {
            box->setCurrentText(index.data(Qt::EditRole).toString());
        } else {
            box->setCurrentIndex(index.data(Qt::EditRole).toInt());
        }
    }

    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override
    {
        auto* box = qobject_cast<QComboBox*>(editor);
        if (box == nullptr) {
            QStyledItemDelegate::setModelData(editor, model, index);
        } else {
            model->setData(index, box->isEditable() ? QVariant(box->currentText()) : QVariant(box->currentIndex()));
        }
    }
};

/// A name that a description may have, of what people call it.
QString nameOf(const QString& title)
{
    QString name;
    for (const QChar c : title.toLower().trimmed()) {
        const bool isPlain = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        if (isPlain) {
            name += c;
        } else if (!name.isEmpty() && !name.endsWith(u'_')) {
            name += u'_';
        }
    }
    while (name.endsWith(u'_')) {
        name.chop(1);
    }
    return name.isEmpty() || !name.front().isLetter() ? QString(u"p_" + name) : name;
}

} // namespace

NewProtocolDialog::NewProtocolDialog(QWidget* parent)
    : QDialog(parent)
    , m_title(new QLineEdit(this))
    , m_name(new QLineEdit(this))
    , m_order(new QComboBox(this))
    , m_fields(new FormatFieldsModel(this))
    , m_table(new QTableView(this))
    , m_text(new QPlainTextEdit(this))
    , m_problem(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("New protocol"));
    const kaitai::SimpleFormat usual = kaitai::usualFormat();
    m_title->setPlaceholderText(tr("What people call it, for example Weather station"));
    m_name->setText(usual.name);
    m_order->addItems({ tr("Big-endian (network order)"), tr("Little-endian") });
    m_fields->setFields(usual.fields);

    auto* top = new QFormLayout;
    top->addRow(tr("&Title:"), m_title);
    top->addRow(tr("&File name:"), m_name);
    top->addRow(tr("&Byte order of numbers:"), m_order);

    m_text->setReadOnly(true);
    m_text->setAccessibleName(tr("The description"));
    m_text->setFont(Theme::instance().monospace());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    new DescriptionHighlighter(m_text->document());
    m_problem->setWordWrap(true);
    QPalette palette = m_problem->palette();
    palette.setColor(QPalette::WindowText, Theme::instance().error());
    m_problem->setPalette(palette);

    auto* parts = new QSplitter(Qt::Horizontal, this);
    parts->addWidget(makeTable());
    parts->addWidget(m_text);
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 2);
    parts->setChildrenCollapsible(false);

    auto* create = m_buttons->addButton(tr("&Create"), QDialogButtonBox::AcceptRole);
    create->setToolTip(tr("Write the description into %1 and use it").arg(protocolFolder()));
    auto* further = m_buttons->addButton(tr("Create and &edit"), QDialogButtonBox::ActionRole);
    further->setToolTip(tr("The same, and open the editor: for all that this form cannot say"));
    connect(m_buttons, &QDialogButtonBox::accepted, this, &NewProtocolDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &NewProtocolDialog::reject);
    connect(further, &QPushButton::clicked, this, [this] { finish(true); });

    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(parts, 1);
    layout->addWidget(m_problem);
    layout->addWidget(m_buttons);
    resize(980, 560);

    connect(m_title, &QLineEdit::textChanged, this, [this](const QString& title) {
        if (!m_nameIsOwn) {
            m_name->setText(nameOf(title));
        }
        show();
    });
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        m_nameIsOwn = true;
        show();
    });
    connect(m_order, &QComboBox::currentIndexChanged, this, [this] { show(); });
    connect(m_fields, &FormatFieldsModel::edited, this, [this] { show(); });
    show();
}

QWidget* NewProtocolDialog::makeTable()
{
    auto* part = new QWidget(this);
    m_table->setModel(m_fields);
    m_table->setItemDelegate(new FieldDelegate(m_table));
    m_table->setAccessibleName(tr("Fields"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
        | QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setColumnWidth(FormatFieldsModel::Name, 120);
    m_table->selectRow(0);

    auto* buttons = new QHBoxLayout;
    const auto add = [&](const QString& icon, const QString& text, const QString& tip, auto act) {
        auto* button = new QPushButton(Theme::instance().icon(icon), text, part);
        button->setToolTip(tip);
        connect(button, &QPushButton::clicked, this, [this, act] { act(qMax(0, m_table->currentIndex().row())); });
        buttons->addWidget(button);
    };
    add(QStringLiteral("add"), tr("&Add"), tr("A field behind the selected one"), [this](int row) {
        const int place = qMin(row + 1, m_fields->rowCount());
        m_fields->add(place);
        m_table->setCurrentIndex(m_fields->index(place, 0));
    });
    add(QStringLiteral("remove"), tr("&Remove"), tr("Remove the selected field"), [this](int row) {
        if (row < m_fields->rowCount()) {
            m_fields->remove(row);
        }
    });
    const auto move = [this](int by) {
        return [this, by](int row) {
            m_fields->move(row, by);
            m_table->setCurrentIndex(m_fields->index(qBound(0, row + by, m_fields->rowCount() - 1), 0));
        };
    };
    add(QStringLiteral("up"), tr("&Up"), tr("The selected field before the one above it"), move(-1));
    add(QStringLiteral("down"), tr("&Down"), tr("The selected field behind the one below it"), move(1));
    buttons->addStretch(1);

    auto* about = new QLabel(tr("A message is these fields, one after the other. Click a cell and type; a field's "
                                "number of bytes may be the "
                                "name of the field that says it."),
        part);
    about->setWordWrap(true);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(about);
    layout->addWidget(m_table, 1);
    layout->addLayout(buttons);
    return part;
}

kaitai::SimpleFormat NewProtocolDialog::format() const
{
    return { m_name->text().trimmed(), m_title->text().trimmed(), m_order->currentIndex() == 1, m_fields->fields() };
}

/// The description as it would be, or what is wrong.
void NewProtocolDialog::show()
{
    const auto text = describeSimple(format());
    m_fields->setMistake(text ? -1 : text.error().field, text ? QString() : text.error().text);
    if (text) {
        m_text->setPlainText(QString::fromUtf8(*text));
        m_problem->clear();
    } else {
        const qsizetype field = text.error().field;
        m_problem->setText(field < 0
                ? text.error().text
                : tr("Field %1, %2: %3")
                      .arg(QString::number(field + 1), m_fields->fields().at(field).name, text.error().text));
    }
    for (QAbstractButton* button : m_buttons->buttons()) {
        if (m_buttons->buttonRole(button) != QDialogButtonBox::RejectRole) {
            button->setEnabled(text.has_value());
        }
    }
}

void NewProtocolDialog::accept()
{
    finish(false);
}

void NewProtocolDialog::finish(bool edit)
{
    const kaitai::SimpleFormat made = format();
    const auto text = describeSimple(made);
    if (!text) {
        return;
    }
    const QString file = protocolFolder() + u'/' + made.name + u".ksy";
    write(file, *text, edit, false);
}

void NewProtocolDialog::askToReplace(const QString& file, const QByteArray& text, bool edit)
{
    auto* question = new QMessageBox(QMessageBox::Question, windowTitle(),
        tr("There is a description “%1” already.").arg(QFileInfo(file).completeBaseName()), QMessageBox::Cancel, this);
    question->setInformativeText(tr("Replace it?"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton* replace = question->addButton(tr("&Replace"), QMessageBox::AcceptRole);
    connect(replace, &QPushButton::clicked, this, [this, file, text, edit] { write(file, text, edit, true); });
    question->open();
}

void NewProtocolDialog::write(const QString& file, const QByteArray& text, bool edit, bool replaces)
{
    if (m_isWriting) {
        return;
    }
    m_isWriting = true;
    writeFile(file, text, { replaces, true }, this, [this, file, text, edit](const FileWritten& written) {
        m_isWriting = false;
        if (written.isThere) {
            askToReplace(file, text, edit);
        } else if (!written.isDone()) {
            m_problem->setText(written.failure.oneLine());
        } else {
            Q_EMIT created(file);
            if (edit) {
                ProtocolEditor::open(file, parentWidget());
            }
            QDialog::accept();
        }
    });
}

} // namespace sockeye
