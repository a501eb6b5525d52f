// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_lengths.h"

#include "ui/composer/composer_model.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>

namespace sockeye {

ComposerLengths::ComposerLengths(ComposerModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_fixed(new QSpinBox(this))
    , m_fixedLock(new QToolButton(this))
    , m_content(new QLineEdit(this))
    , m_contentLock(new QToolButton(this))
{
    m_fixed->setRange(0, 65'535);
    m_fixed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_fixed->setAlignment(Qt::AlignRight);
    m_fixed->setAccessibleName(tr("Fixed header length"));
    m_fixed->setToolTip(tr("What the two bytes at the start say: the length of the JSON header."));
    m_content->setAccessibleName(tr("content-length"));
    m_content->setAlignment(Qt::AlignRight);
    m_content->setMaximumWidth(m_content->fontMetrics().averageCharWidth() * 12);
    m_content->setMinimumWidth(m_content->fontMetrics().averageCharWidth() * 8);
    m_content->setToolTip(tr("What content-length says in the JSON header; any JSON value."));
    for (QToolButton* lock : { m_fixedLock, m_contentLock }) {
        lock->setCheckable(true);
        lock->setFocusPolicy(Qt::StrongFocus);
    }
    m_fixedLock->setAccessibleName(tr("Set the fixed header length by hand"));
    m_contentLock->setAccessibleName(tr("Set content-length by hand"));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(new QLabel(tr("Header"), this));
    row->addWidget(m_fixed);
    row->addWidget(m_fixedLock);
    row->addSpacing(8);
    row->addWidget(new QLabel(tr("Content"), this));
    row->addWidget(m_content);
    row->addWidget(m_contentLock);
    row->addStretch(1);
    connect(m_fixedLock, &QToolButton::clicked, this, &ComposerLengths::toggleFixed);
    connect(m_contentLock, &QToolButton::clicked, this, &ComposerLengths::toggleContent);
    connect(m_fixed, &QSpinBox::valueChanged, this, &ComposerLengths::editFixed);
    connect(m_content, &QLineEdit::textEdited, this, &ComposerLengths::editContent);
    connect(&m_model, &ComposerModel::changed, this, [this](const QObject* source) {
        if (source != this) {
            m_contentUnlocked = m_model.draft().isContentLengthSet();
        }
        show();
    });
    connect(&Theme::instance(), &Theme::changed, this, &ComposerLengths::show);
    show();
}

void ComposerLengths::showLock(QToolButton* lock, bool unlocked)
{
    lock->setChecked(unlocked);
    lock->setIcon(Theme::instance().icon(unlocked ? QStringLiteral("unlock") : QStringLiteral("lock")));
    lock->setToolTip(unlocked ? tr("Set by hand, right or wrong. Lock it to have it computed again.")
                              : tr("Computed from the bytes. Unlock it to set it by hand."));
}

void ComposerLengths::show()
{
    const RequestDraft& draft = m_model.draft();
    setVisible(draft.shape() == RequestDraft::Shape::Message);
    setEnabled(!draft.isLoose());
    m_showing = true;
    showLock(m_fixedLock, draft.isFixedLengthSet());
    showLock(m_contentLock, m_contentUnlocked);
    m_fixed->setReadOnly(!draft.isFixedLengthSet());
    if (m_fixed->value() != draft.fixedLength()) {
        m_fixed->setValue(draft.fixedLength());
    }
    m_content->setReadOnly(!m_contentUnlocked);
    const QString length = QString::fromUtf8(draft.contentLength());
    if (m_content->text() != length && !(m_content->hasFocus() && m_contentUnlocked)) {
        m_content->setText(length);
    }
    m_content->setPlaceholderText(tr("missing"));
    m_showing = false;
}

void ComposerLengths::toggleFixed(bool unlocked)
{
    m_model.edit(this, [unlocked](RequestDraft& draft) {
        if (unlocked) {
            draft.setFixedLength(draft.fixedLength());
        } else {
            draft.computeFixedLength();
        }
    });
    if (unlocked) {
        m_fixed->setFocus(Qt::OtherFocusReason);
        m_fixed->selectAll();
    }
}

void ComposerLengths::toggleContent(bool unlocked)
{
    m_contentUnlocked = unlocked;
    m_model.edit(this, [unlocked](RequestDraft& draft) {
        if (!unlocked) {
            draft.computeContentLength();
        } else if (!draft.contentLength().isEmpty()) {
            draft.setContentLength(draft.contentLength());
        }
    });
    if (unlocked) {
        m_content->setFocus(Qt::OtherFocusReason);
        m_content->selectAll();
    }
}

void ComposerLengths::editFixed()
{
    if (!m_showing && m_fixedLock->isChecked()) {
        m_model.edit(
            this, [this](RequestDraft& draft) { draft.setFixedLength(static_cast<quint16>(m_fixed->value())); });
    }
}

void ComposerLengths::editContent()
{
    m_model.edit(this, [this](RequestDraft& draft) { draft.setContentLength(m_content->text().trimmed().toUtf8()); });
}

} // namespace sockeye
