// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_desk.h"

#include "ui/composer/composer_form.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_preview.h"
#include "ui/composer/composer_text.h"
#include "ui/composer/composer_views.h"

#include <QJsonArray>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace sockeye {

namespace {

/// Drafts beyond it are not kept for the next start.
constexpr qsizetype maxSavedBytes = 16 * 1024;

} // namespace

ComposerDesk::ComposerDesk(QWidget* parent)
    : QWidget(parent)
    , m_model(new ComposerModel(this))
    , m_views(new ComposerViews(*m_model, this))
{
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_views);
    splitter->addWidget(new ComposerPreview(*m_model));
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);

    for (QWidget* field : m_views->form().historyFields()) {
        field->installEventFilter(this);
    }
    for (QPlainTextEdit* edit : m_views->findChildren<QPlainTextEdit*>()) {
        edit->installEventFilter(this);
    }
    setFocusProxy(&m_views->form());
    connect(&m_views->form(), &ComposerForm::sendWanted, this, &ComposerDesk::sendWanted);
    connect(&m_views->text(), &ComposerText::encodingChosen, this, &ComposerDesk::encodingChosen);
}

void ComposerDesk::setProtocol(const ProtocolPtr& protocol, Sender sender)
{
    m_views->setProtocol(protocol, sender);
}

void ComposerDesk::showTyped(const ComposerModel::Typed& typed)
{
    m_views->setCurrentWidget(&m_views->text());
    m_views->text().showTyped(typed);
}

void ComposerDesk::remember()
{
    const RequestDraft& draft = m_model->draft();
    if (draft.formFits() && !draft.isFixedLengthSet() && draft.value().size() <= maxSavedBytes) {
        m_history.add({ draft.action(), draft.value() });
        m_views->form().rememberAction(draft.action());
    }
}

void ComposerDesk::focusValue()
{
    m_views->showForm();
    m_views->form().focusValue();
}

void ComposerDesk::focusContent()
{
    if (m_views->currentWidget()->isAncestorOf(&m_views->form())) {
        m_views->form().focusValue();
        return;
    }
    // A header may stand above the content.
    const QList<QPlainTextEdit*> texts = m_views->currentWidget()->findChildren<QPlainTextEdit*>();
    const auto found = std::find_if(texts.rbegin(), texts.rend(),
        [](const QPlainTextEdit* text) { return text->isEnabled() && !text->isHidden(); });
    QWidget* const field = found != texts.rend() ? *found : m_views->currentWidget();
    field->setFocus();
}

bool ComposerDesk::walk(bool older)
{
    const RequestDraft& draft = m_model->draft();
    const std::optional<RequestHistory::Request> request =
        older ? m_history.older({ draft.action(), draft.value() }) : m_history.newer();
    if (request) {
        m_model->edit(nullptr, [&](RequestDraft& changed) { changed.setForm(request->action, request->value); });
    }
    return true; // at either end the key does nothing else either
}

bool ComposerDesk::eventFilter(QObject* watched, QEvent* event)
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

QJsonObject ComposerDesk::saveState() const
{
    QJsonObject state {
        { QStringLiteral("history"), m_history.toJson() },
        { QStringLiteral("text"), m_views->text().saveState() },
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

void ComposerDesk::restore(const QJsonObject& state)
{
    m_history.fromJson(state.value(u"history").toArray());
    for (const RequestHistory::Request& request : m_history.requests()) {
        m_views->form().rememberAction(request.action);
    }
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
    m_views->text().restore(state.value(u"text").toObject());
}

} // namespace sockeye
