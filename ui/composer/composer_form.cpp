// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_form.h"

#include "protocol/composer/content_text.h"
#include "ui/composer/composer_model.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

namespace sockeye {

using ContentForm = RequestDraft::ContentForm;

namespace {

/// QLineEdit's own limit is 32,767 and would cut a request without a word.
constexpr int maxValueLength = 4 * 1024 * 1024;

void choose(QComboBox* box, int data)
{
    box->setCurrentIndex(box->findData(data));
}

QComboBox* fieldBox(const QList<QByteArray>& offered, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setCompleter(nullptr);
    for (const QByteArray& text : offered) {
        box->addItem(QString::fromUtf8(text));
    }
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(10);
    return box;
}

} // namespace

ComposerForm::ComposerForm(ComposerModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_action(fieldBox({ "search", "double", "negate", "binary" }, this))
    , m_value(new QLineEdit(this))
    , m_contentForm(new QComboBox(this))
    , m_lineEnd(new QComboBox(this))
    , m_type(fieldBox({ "text/json", "binary/custom-client-binary-type" }, this))
    , m_encoding(fieldBox(offeredEncodings() + QList<QByteArray> { "binary" }, this))
    , m_order(fieldBox({ "little", "big" }, this))
    , m_layout(new QFormLayout(this))
{
    m_action->setAccessibleName(tr("Action"));
    m_action->lineEdit()->setAccessibleName(tr("Action"));
    m_value->setAccessibleName(tr("Value"));
    m_value->setMaxLength(maxValueLength);
    m_value->setPlaceholderText(tr("morpheus"));
    m_contentForm->addItem(tr("automatic"), static_cast<int>(ContentForm::Automatic));
    m_contentForm->addItem(tr("JSON"), static_cast<int>(ContentForm::Json));
    m_contentForm->addItem(tr("binary"), static_cast<int>(ContentForm::Binary));
    m_contentForm->setToolTip(tr("Automatic: “search” goes as JSON, “double” and “negate” with a 32-bit number, "
                                 "anything else as the bytes of action and value."));
    m_lineEnd->addItem(tr("nothing"), static_cast<int>(RequestDraft::LineEnd::None));
    m_lineEnd->addItem(tr("LF (\\n)"), static_cast<int>(RequestDraft::LineEnd::Lf));
    m_lineEnd->addItem(tr("CR LF (\\r\\n)"), static_cast<int>(RequestDraft::LineEnd::CrLf));

    m_layout->setContentsMargins(8, 8, 8, 8);
    m_layout->setHorizontalSpacing(8);
    m_layout->setVerticalSpacing(4);
    m_layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_layout->addRow(tr("&Action"), m_action);
    m_layout->addRow(tr("&Value"), m_value);
    m_layout->addRow(tr("Ends with"), m_lineEnd);
    m_layout->addRow(tr("Goes as"), m_contentForm);
    addField(m_layout, tr("Type"), "content-type", m_type);
    addField(m_layout, tr("Encoding"), "content-encoding", m_encoding);
    addField(m_layout, tr("Byte order"), "byteorder", m_order);

    // As wide as what goes into them; action and value may be anything.
    for (QComboBox* box : { m_lineEnd, m_contentForm, m_type, m_encoding, m_order }) {
        box->setMaximumWidth(fontMetrics().averageCharWidth() * 36);
    }
    setFocusProxy(m_value);
    connect(m_action, &QComboBox::currentTextChanged, this, &ComposerForm::editForm);
    connect(m_value, &QLineEdit::textChanged, this, &ComposerForm::editForm);
    connect(m_action->lineEdit(), &QLineEdit::returnPressed, this, &ComposerForm::sendWanted);
    connect(m_value, &QLineEdit::returnPressed, this, &ComposerForm::sendWanted);
    connect(m_contentForm, &QComboBox::currentIndexChanged, this, &ComposerForm::editContentForm);
    connect(m_lineEnd, &QComboBox::currentIndexChanged, this, &ComposerForm::editContentForm);
    connect(&m_model, &ComposerModel::changed, this, &ComposerForm::show);
    show(nullptr);
}

void ComposerForm::addField(QFormLayout* layout, const QString& label, const char* key, QComboBox* box)
{
    layout->addRow(label, box);
    box->setAccessibleName(QString::fromLatin1(key));
    box->setToolTip(tr("What “%1” says in the JSON header.").arg(QString::fromLatin1(key)));
    connect(box, &QComboBox::currentTextChanged, this, [this, key](const QString& text) {
        if (!m_showing) {
            m_model.edit(this, [&](RequestDraft& draft) { draft.setHeaderField(key, text.toUtf8()); });
        }
    });
}

void ComposerForm::show(const QObject* source)
{
    const RequestDraft& draft = m_model.draft();
    m_showing = true;
    const auto set = [](QComboBox* box, const QString& text) {
        if (box->currentText() != text) {
            box->setEditText(text);
        }
    };
    if (source != this) {
        set(m_action, draft.action());
        if (m_value->text() != draft.value()) {
            m_value->setText(draft.value());
        }
    }
    choose(m_contentForm, static_cast<int>(draft.contentForm()));
    choose(m_lineEnd, static_cast<int>(draft.lineEnd()));
    set(m_type, QString::fromUtf8(draft.headerField("content-type")));
    set(m_encoding, QString::fromUtf8(draft.headerField("content-encoding")));
    set(m_order, QString::fromUtf8(draft.headerField("byteorder")));
    const bool isMessage = draft.shape() == RequestDraft::Shape::Message;
    for (QWidget* field : std::initializer_list<QWidget*> { m_action, m_contentForm, m_type, m_encoding, m_order }) {
        field->setVisible(isMessage);
        m_layout->labelForField(field)->setVisible(isMessage);
    }
    m_lineEnd->setVisible(!isMessage);
    m_layout->labelForField(m_lineEnd)->setVisible(!isMessage);
    for (QComboBox* field : { m_type, m_encoding, m_order }) {
        field->setEnabled(!draft.isLoose());
    }
    m_showing = false;
}

void ComposerForm::editForm()
{
    if (!m_showing) {
        m_model.edit(this, [this](RequestDraft& draft) { draft.setForm(m_action->currentText(), m_value->text()); });
    }
}

void ComposerForm::editContentForm()
{
    if (!m_showing) {
        m_model.edit(this, [this](RequestDraft& draft) {
            draft.setLineEnd(static_cast<RequestDraft::LineEnd>(m_lineEnd->currentData().toInt()));
            draft.setContentForm(static_cast<ContentForm>(m_contentForm->currentData().toInt()));
        });
    }
}

void ComposerForm::focusValue()
{
    m_value->setFocus(Qt::OtherFocusReason);
    m_value->selectAll();
}

QList<QWidget*> ComposerForm::historyFields() const
{
    return { m_action, m_action->lineEdit(), m_value };
}

void ComposerForm::rememberAction(const QString& action)
{
    if (!action.isEmpty() && action.size() <= 100 && m_action->findText(action, Qt::MatchFixedString) < 0) {
        m_action->addItem(action);
    }
}

} // namespace sockeye
