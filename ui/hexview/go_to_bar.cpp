// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/hexview/go_to_bar.h"

#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

namespace sockeye {

std::optional<qint64> parseOffset(QStringView text)
{
    QString digits = text.trimmed().toString();
    digits.remove(u',').remove(u'_').remove(u' ');
    const bool hex = digits.startsWith(u"0x", Qt::CaseInsensitive);
    bool fine = false;
    const qint64 offset = hex ? digits.mid(2).toLongLong(&fine, 16) : digits.toLongLong(&fine, 10);
    if (!fine || offset < 0) {
        return std::nullopt;
    }
    return offset;
}

GoToBar::GoToBar(QWidget* parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_note(new QLabel(this))
{
    setAutoFillBackground(true);
    auto* label = new QLabel(tr("&Go to offset"), this);
    label->setBuddy(m_edit);
    m_edit->setAccessibleName(tr("Go to offset"));
    m_edit->setPlaceholderText(tr("146 or 0x92"));
    m_edit->setFixedWidth(m_edit->fontMetrics().averageCharWidth() * 18);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(label);
    layout->addWidget(m_edit);
    layout->addWidget(m_note, 1);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &GoToBar::read);
    connect(m_edit, &QLineEdit::returnPressed, this, &GoToBar::closed);
}

void GoToBar::open(qint64 current, qint64 size)
{
    m_size = size;
    {
        const QSignalBlocker blocker(m_edit);
        m_edit->setText(QStringLiteral("0x%1").arg(current, 0, 16));
    }
    m_note->clear();
    m_edit->selectAll();
    m_edit->setFocus();
}

void GoToBar::read()
{
    const std::optional<qint64> offset = parseOffset(m_edit->text());
    QString note;
    if (!offset && !m_edit->text().trimmed().isEmpty()) {
        note = tr("A number, such as 146 or 0x92");
    } else if (offset && *offset >= m_size) {
        note = m_size == 0 ? tr("There are no bytes") : tr("The last byte is at %1").arg(groupedNumber(m_size - 1));
    } else if (offset) {
        Q_EMIT offsetChosen(*offset);
    }
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, Theme::instance().error());
    m_note->setPalette(colours);
    m_note->setText(note);
}

void GoToBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
        return;
    }
    // Enter ends here: in the view behind it would mean something else.
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
        QWidget::keyPressEvent(event);
    }
}

} // namespace sockeye
