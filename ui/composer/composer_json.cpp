// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_json.h"

#include "protocol/hex/hex_reader.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_text_edit.h"

#include <QLabel>
#include <QVBoxLayout>

namespace sockeye {

namespace {

/// More than that is slow to edit as text; it can still be sent.
constexpr qsizetype maxEditableText = 256 * 1024;

} // namespace

ComposerJson::ComposerJson(ComposerModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_header(new ComposerTextEdit(this))
    , m_content(new ComposerTextEdit(this))
    , m_contentLabel(new QLabel(this))
{
    m_contentLabel->setWordWrap(true);
    m_header->setAccessibleName(tr("JSON header"));
    auto* headerLabel = new QLabel(tr("JSON &header"), this);
    headerLabel->setBuddy(m_header);
    m_contentLabel->setBuddy(m_content);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(4);
    column->addWidget(headerLabel);
    column->addWidget(m_header, 1);
    column->addWidget(m_contentLabel);
    column->addWidget(m_content, 1);
    connect(m_header, &ComposerTextEdit::edited, this, &ComposerJson::editHeader);
    connect(m_content, &ComposerTextEdit::edited, this, &ComposerJson::editContent);
    connect(&m_model, &ComposerModel::changed, this, &ComposerJson::show);
    show();
}

void ComposerJson::show()
{
    const RequestDraft& draft = m_model.draft();
    const bool isMessage = draft.shape() == RequestDraft::Shape::Message && !draft.isLoose();
    setEnabled(isMessage);
    const bool isLarge = draft.content().size() > maxEditableText;
    m_content->setReadOnly(isLarge);
    m_header->showText(isMessage ? QString::fromUtf8(draft.headerText()) : QString());
    if (m_editing) {
        return;
    }
    m_contentAsText = draft.contentIsText();
    if (isLarge) {
        m_contentLabel->setText(tr("C&ontent: too large to edit here"));
        m_content->showText({});
    } else if (m_contentAsText) {
        m_contentLabel->setText(tr("C&ontent, as text"));
        m_content->setAccessibleName(tr("JSON content"));
        m_content->showText(isMessage ? draft.contentText() : QString());
    } else {
        m_contentLabel->setText(tr("C&ontent, bytes in hex"));
        m_content->setAccessibleName(tr("Content in hex"));
        m_content->showText(isMessage ? hexText(draft.content()) : QString());
    }
}

void ComposerJson::editHeader()
{
    m_model.edit(this, [this](RequestDraft& draft) { draft.setHeaderText(m_header->toPlainText().toUtf8()); });
}

void ComposerJson::editContent()
{
    const QString text = m_content->toPlainText();
    m_editing = true;
    if (m_contentAsText) {
        m_model.edit(this, [&](RequestDraft& draft) { draft.setContentText(text); });
    } else if (const auto read = readHex(text)) {
        m_model.edit(this, [&](RequestDraft& draft) { draft.setContent(read->bytes); });
        m_contentLabel->setText(read->note.isEmpty() ? tr("C&ontent, bytes in hex") : read->note);
    } else {
        const QString why = describe(read.error(), text);
        m_contentLabel->setText(tr("C&ontent, bytes in hex. %1").arg(QString(why).replace(u'&', QStringLiteral("&&"))));
        m_model.setObstacle(tr("Content in hex: %1").arg(why));
    }
    m_editing = false;
}

} // namespace sockeye
