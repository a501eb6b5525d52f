// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/messages_find_bar.h"

#include "protocol/hex/hex_reader.h"
#include "ui/filter/filter_edit.h"
#include "ui/messages/message_finder.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>

namespace sockeye {

MessagesFindBar::MessagesFindBar(FilterFields& fields, QWidget* parent)
    : QWidget(parent)
    , m_text(new FilterEdit(fields, this))
    , m_bytes(new QToolButton(this))
    , m_fields(new QToolButton(this))
    , m_state(new QLabel(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);

    m_text->setAccessibleName(tr("Find in messages"));
    m_text->setPlaceholderText(tr("Find in summaries"));
    m_text->setChecking(false);
    m_text->setMaximumWidth(320);
    layout->addWidget(m_text, 1);

    m_bytes->setText(tr("Bytes"));
    m_bytes->setCheckable(true);
    m_bytes->setToolTip(tr("Search the bytes of the messages for a sequence in hex, such as 00 67 7b"));
    layout->addWidget(m_bytes);
    m_fields->setText(tr("Fields"));
    m_fields->setCheckable(true);
    m_fields->setToolTip(
        tr("Find what a filter matches, such as size > 100 && dir == in. $size is that of the selected message."));
    layout->addWidget(m_fields);
    m_previous = addButton(QStringLiteral("up"), tr("Find previous"), tr("Find previous (Shift+F3)"));
    m_next = addButton(QStringLiteral("down"), tr("Find next"), tr("Find next (F3)"));
    m_stop = addButton(QStringLiteral("stop"), tr("Stop searching"), tr("Stop searching"));
    m_stop->hide();
    layout->addSpacing(4);
    layout->addWidget(m_state, 1);
    m_close = addButton(QStringLiteral("close"), tr("Close find bar"), tr("Close (Esc)"));

    connect(m_bytes, &QToolButton::toggled, this, [this](bool bytes) {
        if (bytes) {
            m_fields->setChecked(false);
        }
        modeChanged();
    });
    connect(m_fields, &QToolButton::toggled, this, [this](bool isFilter) {
        if (isFilter) {
            m_bytes->setChecked(false);
        }
        modeChanged();
    });
    connect(m_text, &FilterEdit::accepted, this, [this] { Q_EMIT findRequested(false); });
    connect(m_text, &FilterEdit::escaped, this, [this] {
        hide();
        Q_EMIT closed();
    });
    connect(m_text, &QLineEdit::textEdited, this, [this] { showState(m_text->sentence()); });
    connect(m_previous, &QToolButton::clicked, this, [this] { Q_EMIT findRequested(true); });
    connect(m_next, &QToolButton::clicked, this, [this] { Q_EMIT findRequested(false); });
    connect(m_stop, &QToolButton::clicked, this, &MessagesFindBar::stopRequested);
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
    connect(&Theme::instance(), &Theme::changed, this, &MessagesFindBar::applyTheme);
    applyTheme();
    hide();
}

QToolButton* MessagesFindBar::addButton(const QString& icon, const QString& name, const QString& toolTip)
{
    auto* button = new QToolButton(this);
    button->setProperty("icon-name", icon);
    button->setAccessibleName(name);
    button->setToolTip(toolTip);
    button->setAutoRaise(true);
    layout()->addWidget(button);
    return button;
}

void MessagesFindBar::applyTheme()
{
    for (QToolButton* button : { m_previous, m_next, m_stop, m_close }) {
        button->setIcon(Theme::instance().icon(button->property("icon-name").toString()));
    }
}

void MessagesFindBar::activate()
{
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

QString MessagesFindBar::text() const
{
    return m_text->text();
}

bool MessagesFindBar::searchesBytes() const
{
    return m_bytes->isChecked();
}

bool MessagesFindBar::searchesFields() const
{
    return m_fields->isChecked();
}

void MessagesFindBar::modeChanged()
{
    m_text->setChecking(searchesFields());
    m_text->setPlaceholderText(searchesBytes() ? tr("Find bytes: 00 67 7b")
            : searchesFields()                 ? tr("Find: size > $size && dir == in")
                                               : tr("Find in summaries"));
    showState(m_text->text().isEmpty() ? QString() : m_text->sentence());
}

bool MessagesFindBar::fill(FindRequest& request)
{
    if (searchesFields()) {
        if (m_text->mistake() || m_text->filter().isEmpty()) {
            showState(m_text->sentence());
            return false;
        }
        request.where = m_text->filter();
        return true;
    }
    if (!searchesBytes()) {
        request.text = text();
        return true;
    }
    const auto read = readHex(text());
    if (!read || read->bytes.isEmpty()) {
        showState(read ? tr("Write bytes to look for, such as 00 67 7b.") : describe(read.error(), text()));
        return false;
    }
    request.bytes = read->bytes;
    return true;
}

void MessagesFindBar::showState(const QString& state, bool searching)
{
    m_state->setText(state);
    m_stop->setVisible(searching);
}

QString MessagesFindBar::state() const
{
    return m_state->text();
}

void MessagesFindBar::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT findRequested(event->modifiers().testFlag(Qt::ShiftModifier));
        break;
    case Qt::Key_Escape:
        hide();
        Q_EMIT closed();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace sockeye
