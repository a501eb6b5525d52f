// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_panel.h"

#include "ui/composer/composer_form.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_preview.h"
#include "ui/composer/composer_send_row.h"
#include "ui/composer/composer_views.h"

#include <QJsonArray>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QVBoxLayout>

namespace sockeye {

namespace {

/// Drafts beyond it are not kept for the next start.
constexpr qsizetype maxSavedBytes = 16 * 1024;

} // namespace

ComposerPanel::ComposerPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new ComposerModel(this))
    , m_views(new ComposerViews(*m_model, this))
    , m_sendRow(new ComposerSendRow(this))
{
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_views);
    splitter->addWidget(new ComposerPreview(*m_model));
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(splitter, 1);
    column->addWidget(m_sendRow);

    for (QWidget* field : m_views->form().historyFields()) {
        field->installEventFilter(this);
    }
    for (QPlainTextEdit* edit : m_views->findChildren<QPlainTextEdit*>()) {
        edit->installEventFilter(this);
    }
    setFocusProxy(&m_views->form());
    connect(&m_views->form(), &ComposerForm::sendWanted, this, &ComposerPanel::sendWanted);
    connect(m_sendRow, &ComposerSendRow::sendWanted, this, &ComposerPanel::sendWanted);
}

void ComposerPanel::setProtocol(const ProtocolPtr& protocol)
{
    m_views->setProtocol(protocol);
}

void ComposerPanel::remember()
{
    const RequestDraft& draft = m_model->draft();
    if (draft.formFits() && !draft.isFixedLengthSet() && draft.value().size() <= maxSavedBytes) {
        m_history.add({ draft.action(), draft.value() });
        m_views->form().rememberAction(draft.action());
    }
}

void ComposerPanel::focusValue()
{
    m_views->showForm();
    m_views->form().focusValue();
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

QJsonObject ComposerPanel::saveState() const
{
    QJsonObject state {
        { QStringLiteral("history"), m_history.toJson() },
        { QStringLiteral("send"), m_sendRow->saveState() },
        { QStringLiteral("view"), static_cast<int>(m_views->views().indexOf(m_views->currentWidget())) },
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
        m_views->form().rememberAction(request.action);
    }
    m_sendRow->restore(state.value(u"send").toObject());
    if (QWidget* view = m_views->views().value(state.value(u"view").toInt());
        m_views->isTabVisible(m_views->indexOf(view))) {
        m_views->setCurrentWidget(view);
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
}

} // namespace sockeye
