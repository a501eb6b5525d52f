// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_fields.h"

#include "ui/composer/composer_model.h"
#include "ui/composer/fields_model.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr int indent = 14; // pixels for each level

/// Names of an enum as a list that takes numbers as well; fields of types further in.
class FieldDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const QStringList choices = index.data(FieldsModel::ChoicesRole).toStringList();
        if (choices.isEmpty()) {
            return QStyledItemDelegate::createEditor(parent, option, index);
        }
        auto* box = new QComboBox(parent);
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
        box->addItems(choices);
        connect(box, &QComboBox::activated, this, [this, box] {
            auto* self = const_cast<FieldDelegate*>(this);
            Q_EMIT self->commitData(box);
            Q_EMIT self->closeEditor(box);
        });
        return box;
    }

    void setEditorData(QWidget* editor, const QModelIndex& index) const override
    {
        if (auto* box = qobject_cast<QComboBox*>(editor)) {
            box->setCurrentText(index.data(Qt::EditRole).toString());
        } else {
            QStyledItemDelegate::setEditorData(editor, index);
        }
    }

    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override
    {
        if (const auto* box = qobject_cast<QComboBox*>(editor)) {
            model->setData(index, box->currentText());
        } else {
            QStyledItemDelegate::setModelData(editor, model, index);
        }
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        if (index.column() == FieldsModel::Name) {
            size.rwidth() += indent * index.data(FieldsModel::DepthRole).toInt();
        }
        return size;
    }

    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.column() == FieldsModel::Name) {
            option->rect.setLeft(option->rect.left() + indent * index.data(FieldsModel::DepthRole).toInt());
        }
        option->font.setItalic(
            index.column() == FieldsModel::Value && index.data(FieldsModel::IsComputedRole).toBool());
    }
};

} // namespace

ComposerFields::ComposerFields(ComposerModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_fields(new FieldsModel(this))
    , m_view(new QTreeView(this))
    , m_note(new QLabel(this))
{
    m_view->setModel(m_fields);
    m_view->setItemDelegate(new FieldDelegate(m_view));
    m_view->setAccessibleName(tr("Fields of the request"));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_view->setTabKeyNavigation(false);
    m_view->header()->setSectionResizeMode(FieldsModel::Name, QHeaderView::ResizeToContents);
    m_view->header()->setSectionResizeMode(FieldsModel::Value, QHeaderView::Stretch);
    m_view->setMinimumSize(30 * fontMetrics().averageCharWidth(), 4 * fontMetrics().lineSpacing());
    m_note->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(4);
    column->addWidget(m_view, 1);
    column->addWidget(m_note);
    setFocusProxy(m_view);
    connect(m_fields, &FieldsModel::edited, this, &ComposerFields::edit);
    connect(&m_model, &ComposerModel::changed, this, &ComposerFields::showDraft);
}

void ComposerFields::setProtocol(const ProtocolPtr& protocol, Sender sender)
{
    if (protocol == m_protocol && sender == m_sender) {
        return;
    }
    m_protocol = protocol;
    m_sender = sender;
    m_fields->setDraft(FieldsDraft(protocol, sender));
    // What was written before stays, if it is a message of this protocol, too.
    if (m_model.draft().bytes().isEmpty() || !m_fields->take(m_model.draft().bytes())) {
        edit();
    } else {
        say({}, false);
    }
}

void ComposerFields::showDraft(const QObject* source)
{
    if (source == this || !m_protocol) {
        return;
    }
    if (m_fields->take(m_model.draft().bytes())) {
        say({}, false);
    } else {
        say(tr("The bytes that go out are not what these fields say: they were changed by hand."), false);
    }
}

void ComposerFields::edit()
{
    const auto& bytes = m_fields->draft().bytes();
    if (bytes) {
        say({}, false);
        m_model.edit(this, [&bytes](RequestDraft& draft) { draft.setBytes(*bytes); });
        return;
    }
    say(bytes.error(), true);
    m_model.edit(this, [](RequestDraft& draft) { draft.setBytes({}); });
    m_model.setObstacle(bytes.error());
}

void ComposerFields::say(const QString& text, bool isError)
{
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText, isError ? Theme::instance().error() : Theme::instance().muted());
    m_note->setPalette(palette);
}

} // namespace sockeye
