// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_panel.h"

#include "ui/composer/composer_fields.h"
#include "ui/composer/composer_form.h"
#include "ui/composer/composer_hex.h"
#include "ui/composer/composer_json.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_preview.h"
#include "ui/composer/composer_send_row.h"
#include "ui/composer/composer_text.h"
#include "ui/sending/repeat_row.h"
#include "ui/widgets/flat_scroll_area.h"

#include <QJsonArray>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace sockeye {

namespace {

/// Drafts beyond it are not kept for the next start.
constexpr qsizetype maxSavedBytes = 16 * 1024;
constexpr int leastForm = 5; ///< lines of it that are always seen

} // namespace

ComposerPanel::ComposerPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new ComposerModel(this))
    , m_tabs(new QTabWidget(this))
    , m_form(new ComposerForm(*m_model))
    , m_json(new ComposerJson(*m_model))
    , m_hex(new ComposerHex(*m_model))
    , m_text(new ComposerText(*m_model))
    , m_fields(new ComposerFields(*m_model))
    , m_formArea(new FlatScrollArea(m_form, leastForm))
    , m_sendRow(new ComposerSendRow(this))
    , m_repeatRow(new RepeatRow(this))
{
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_formArea, tr("Form"));
    m_tabs->addTab(m_text, tr("Text"));
    m_tabs->addTab(m_fields, tr("Fields"));
    m_tabs->addTab(m_json, tr("JSON"));
    m_tabs->addTab(m_hex, tr("Hex"));
    m_tabs->setTabVisible(m_tabs->indexOf(m_text), false);
    m_tabs->setTabVisible(m_tabs->indexOf(m_fields), false);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_tabs);
    splitter->addWidget(new ComposerPreview(*m_model));
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(splitter, 1);
    column->addWidget(m_sendRow);
    column->addWidget(m_repeatRow);
    m_repeatRow->hide();

    for (QWidget* field : m_form->historyFields()) {
        field->installEventFilter(this);
    }
    for (QPlainTextEdit* edit : m_tabs->findChildren<QPlainTextEdit*>()) {
        edit->installEventFilter(this);
    }
    setFocusProxy(m_form);
    connect(m_text, &ComposerText::encodingChosen, this, &ComposerPanel::encodingChosen);
    connect(m_form, &ComposerForm::sendWanted, this, &ComposerPanel::sendWanted);
    connect(m_sendRow, &ComposerSendRow::sendWanted, this, &ComposerPanel::sendWanted);
    connect(m_sendRow->repeatButton(), &QToolButton::toggled, m_repeatRow, &QWidget::setVisible);
}

void ComposerPanel::setProtocol(const ProtocolPtr& protocol)
{
    const bool hasValues = protocol->requestShape() == RequestShape::Values;
    m_model->setProtocol(protocol);
    m_tabs->setTabVisible(m_tabs->indexOf(m_fields), hasValues);
    m_tabs->setTabVisible(m_tabs->indexOf(m_formArea), !hasValues);
    m_tabs->setTabVisible(m_tabs->indexOf(m_json), !hasValues);
    m_tabs->setTabVisible(m_tabs->indexOf(m_text), protocol->requestShape() == RequestShape::Text);
    if (hasValues) {
        m_fields->setProtocol(protocol);
        m_tabs->setCurrentWidget(m_fields);
    }
}

void ComposerPanel::remember()
{
    const RequestDraft& draft = m_model->draft();
    if (draft.formFits() && !draft.isFixedLengthSet() && draft.value().size() <= maxSavedBytes) {
        m_history.add({ draft.action(), draft.value() });
        m_form->rememberAction(draft.action());
    }
}

void ComposerPanel::focusValue()
{
    m_tabs->setCurrentWidget(m_formArea);
    m_form->focusValue();
}

bool ComposerPanel::walk(bool older)
{
    const RequestDraft& draft = m_model->draft();
    const std::optional<RequestHistory::Request> request =
        older ? m_history.older({ draft.action(), draft.value() }) : m_history.newer();
    if (request) {
        m_model->edit(nullptr, [&](RequestDraft& changed) { changed.setForm(request->action, request->value); });
    }
    return true; // at either end the key does nothing else either
}

bool ComposerPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool isUp = key->key() == Qt::Key_Up;
    if (!isUp && key->key() != Qt::Key_Down) {
        return QWidget::eventFilter(watched, event);
    }
    // In one line the arrows are free; where they move the cursor, Alt makes them walk.
    const bool isText = qobject_cast<QPlainTextEdit*>(watched) != nullptr;
    const Qt::KeyboardModifiers modifiers = key->modifiers() & ~Qt::KeypadModifier;
    return modifiers == (isText ? Qt::AltModifier : Qt::NoModifier) ? walk(isUp) : QWidget::eventFilter(watched, event);
}

QWidgetList ComposerPanel::views() const
{
    return { m_formArea, m_json, m_hex, m_fields, m_text };
}

QJsonObject ComposerPanel::saveState() const
{
    QJsonObject state {
        { QStringLiteral("history"), m_history.toJson() },
        { QStringLiteral("send"), m_sendRow->saveState() },
        { QStringLiteral("text"), m_text->saveState() },
        { QStringLiteral("repeat"), m_repeatRow->saveState() },
        { QStringLiteral("showsRepeat"), m_sendRow->repeatButton()->isChecked() },
        { QStringLiteral("view"), static_cast<int>(views().indexOf(m_tabs->currentWidget())) },
        { QStringLiteral("lineEnd"), static_cast<int>(m_model->draft().lineEnd()) },
        { QStringLiteral("action"), m_model->draft().action() },
    };
    const QByteArray bytes = m_model->draft().bytes();
    if (bytes.size() <= maxSavedBytes) {
        state.insert(QStringLiteral("bytes"), QString::fromLatin1(bytes.toHex()));
    }
    return state;
}

void ComposerPanel::restore(const QJsonObject& state)
{
    m_history.fromJson(state.value(u"history").toArray());
    for (const RequestHistory::Request& request : m_history.requests()) {
        m_form->rememberAction(request.action);
    }
    m_sendRow->restore(state.value(u"send").toObject());
    m_repeatRow->restore(state.value(u"repeat").toObject());
    m_sendRow->repeatButton()->setChecked(state.value(u"showsRepeat").toBool());
    if (QWidget* view = views().value(state.value(u"view").toInt()); m_tabs->isTabVisible(m_tabs->indexOf(view))) {
        m_tabs->setCurrentWidget(view);
    }
    m_model->edit(nullptr, [&](RequestDraft& draft) {
        const int end = state.value(u"lineEnd").toInt(static_cast<int>(draft.lineEnd()));
        if (end >= 0 && end <= static_cast<int>(RequestDraft::LineEnd::CrLf)) {
            draft.setLineEnd(static_cast<RequestDraft::LineEnd>(end));
        }
        // The action first: it tells where a binary content divides.
        draft.setForm(state.value(u"action").toString(draft.action()), {});
        if (const QString hex = state.value(u"bytes").toString(); !hex.isEmpty()) {
            draft.setBytes(QByteArray::fromHex(hex.toLatin1()));
        }
    });
    m_text->restore(state.value(u"text").toObject());
}

} // namespace sockeye
