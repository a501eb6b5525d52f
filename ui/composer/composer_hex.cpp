// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_hex.h"

#include "protocol/hex/hex_reader.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_text_edit.h"

#include <QLabel>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr qsizetype maxEditableHex = 64 * 1024;

} // namespace

ComposerHex::ComposerHex(ComposerModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_edit(new ComposerTextEdit(this))
    , m_note(new QLabel(this))
{
    m_edit->setAccessibleName(tr("Request in hex"));
    m_edit->setPlaceholderText(tr("for example 00 67 7b 22"));
    m_note->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(4);
    column->addWidget(m_edit, 1);
    column->addWidget(m_note);
    connect(m_edit, &ComposerTextEdit::edited, this, &ComposerHex::edit);
    connect(&m_model, &ComposerModel::changed, this, &ComposerHex::show);
    show(nullptr);
}

void ComposerHex::show(const QObject* source)
{
    if (source == this) {
        return;
    }
    const QByteArray bytes = m_model.draft().bytes();
    const bool isLarge = bytes.size() > maxEditableHex;
    m_edit->setReadOnly(isLarge);
    m_edit->showText(isLarge ? QString() : hexText(bytes));
    m_note->setText(
        isLarge ? tr("Too many bytes to edit here; they can be sent.") : tr("All of the request, lengths included."));
}

void ComposerHex::edit()
{
    const QString text = m_edit->toPlainText();
    const auto read = readHex(text);
    if (!read) {
        const QString why = describe(read.error(), text);
        m_note->setText(tr("%1 Until then nothing is changed, and nothing is sent.").arg(why));
        m_model.setObstacle(tr("Hex: %1").arg(why));
        return;
    }
    m_note->setText(read->note.isEmpty() ? tr("All of the request, lengths included.") : read->note);
    m_model.edit(this, [&](RequestDraft& draft) { draft.setBytes(read->bytes); });
}

} // namespace sockeye
