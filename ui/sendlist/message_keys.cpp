// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sendlist/message_keys.h"

#include <QAbstractButton>
#include <QAction>
#include <QMenuBar>
#include <QRegularExpression>
#include <QShortcut>
#include <QWidget>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace sockeye {

namespace {

using TakenKeys = QHash<QKeySequence, QString>;

/// Whether something that belongs to `widget` answers keys while the focus is in the page.
bool answersIn(const QWidget* page, const QWidget* widget, Qt::ShortcutContext context)
{
    if (context == Qt::WindowShortcut || context == Qt::ApplicationShortcut) {
        return true;
    }
    return widget == page || page->isAncestorOf(widget)
        || (context == Qt::WidgetWithChildrenShortcut && widget->isAncestorOf(page));
}

/// A title as people read it: without the mark of its mnemonic and the dots.
QString plainTitle(QString text)
{
    const qsizetype tab = text.indexOf(u'\t');
    text.truncate(tab >= 0 ? tab : text.size());
    return text.remove(u'&').remove(u'…').trimmed();
}

void addActions(TakenKeys& taken, const QWidget* page, const QWidget* window)
{
    for (const QAction* const action : window->findChildren<QAction*>()) {
        for (const QKeySequence& keys : action->shortcuts()) {
            bool answers = answersIn(page, page, action->shortcutContext());
            if (action->shortcutContext() == Qt::WidgetShortcut
                || action->shortcutContext() == Qt::WidgetWithChildrenShortcut) {
                answers = false;
                for (const QObject* const object : action->associatedObjects()) {
                    const auto* const widget = qobject_cast<const QWidget*>(object);
                    answers = answers || (widget != nullptr && answersIn(page, widget, action->shortcutContext()));
                }
            }
            if (answers && !keys.isEmpty()) {
                taken.insert(keys, plainTitle(action->text()));
            }
        }
    }
    for (const QMenuBar* const bar : window->findChildren<QMenuBar*>()) {
        for (const QAction* const menu : bar->actions()) {
            if (const QKeySequence keys = QKeySequence::mnemonic(menu->text()); !keys.isEmpty()) {
                taken.insert(keys, plainTitle(menu->text()));
            }
        }
    }
}

void addButtons(TakenKeys& taken, const QWidget* page)
{
    for (const QAbstractButton* const button : page->findChildren<QAbstractButton*>()) {
        if (!button->shortcut().isEmpty()) {
            taken.insert(button->shortcut(), plainTitle(button->text()));
        }
    }
}

/// What every text field does.
void addEditing(TakenKeys& taken)
{
    const std::array<std::pair<QKeySequence::StandardKey, QString>, 7> standard { {
        { QKeySequence::Copy, MessageKeys::tr("Copy") },
        { QKeySequence::Cut, MessageKeys::tr("Cut") },
        { QKeySequence::Paste, MessageKeys::tr("Paste") },
        { QKeySequence::SelectAll, MessageKeys::tr("Select all") },
        { QKeySequence::Undo, MessageKeys::tr("Undo") },
        { QKeySequence::Redo, MessageKeys::tr("Redo") },
        { QKeySequence::Delete, MessageKeys::tr("Delete") },
    } };
    for (const auto& [key, title] : standard) {
        for (const QKeySequence& keys : QKeySequence::keyBindings(key)) {
            taken.insert(keys, title);
        }
    }
}

/// Keys that move about in tables and fields, and edit their cells.
bool movesAbout(const QKeySequence& keys)
{
    const QKeyCombination pressed = keys[0];
    if ((pressed.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) != 0) {
        return pressed.key() == Qt::Key_Tab || pressed.key() == Qt::Key_Backtab;
    }
    switch (pressed.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
    case Qt::Key_Escape:
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_F2:
    case Qt::Key_Menu:
        return true;
    default:
        return false;
    }
}

QString whyNot(const QString& key, const TakenKeys& taken)
{
    const QKeySequence keys = messageKey(key);
    if (keys.isEmpty()) {
        return MessageKeys::tr("No key is called “%1”: F5, Ctrl+1 and Ctrl+Shift+K are keys.").arg(key);
    }
    const QString name = keys.toString(QKeySequence::NativeText);
    if (keys.count() > 1) {
        return MessageKeys::tr("“%1” is more than one key: one sends a message.").arg(name);
    }
    if (movesAbout(keys)) {
        return MessageKeys::tr("%1 moves about in the window, or edits: F5 or Ctrl+1 would do.").arg(name);
    }
    const auto found = taken.constFind(keys);
    if (found == taken.constEnd()) {
        return {};
    }
    return found->isEmpty() ? MessageKeys::tr("%1 does something else in this window: choose another key.").arg(name)
                            : MessageKeys::tr("%1 is “%2” in this window: choose another key.").arg(name, *found);
}

} // namespace

QKeySequence messageKey(const QString& key)
{
    static const QRegularExpression around(QStringLiteral("\\s*\\+\\s*"));
    const QKeySequence keys(QString(key).replace(around, QStringLiteral("+")), QKeySequence::PortableText);
    return keys.isEmpty() || keys[0].key() == Qt::Key_unknown ? QKeySequence() : keys;
}

QHash<QKeySequence, QString> MessageKeys::taken() const
{
    TakenKeys taken;
    addEditing(taken);
    if (m_page == nullptr) {
        return taken;
    }
    const QWidget* const window = m_page->window();
    for (const QShortcut* const shortcut : window->findChildren<QShortcut*>()) {
        const auto* const owner = qobject_cast<const QWidget*>(shortcut->parent());
        const bool isOurs = std::find(m_shortcuts.cbegin(), m_shortcuts.cend(), shortcut) != m_shortcuts.cend();
        if (!isOurs && owner != nullptr && shortcut->isEnabled()
            && (owner == m_page || m_page->isAncestorOf(owner) || owner->isAncestorOf(m_page))) {
            taken.insert(shortcut->key(), {});
        }
    }
    addButtons(taken, m_page);
    addActions(taken, m_page, window);
    return taken;
}

QString MessageKeys::objection(const QString& key) const
{
    return whyNot(key, taken());
}

QHash<int, QString> MessageKeys::make(const std::vector<ListMessage>& messages)
{
    qDeleteAll(m_shortcuts);
    m_shortcuts.clear();
    QHash<int, QString> problems;
    std::optional<TakenKeys> others; // looked for only where there is a key at all
    int row = -1;
    for (const ListMessage& message : messages) {
        ++row;
        if (m_page == nullptr || message.key.isEmpty()) {
            continue;
        }
        if (!others) {
            others = taken();
        }
        if (const QString why = whyNot(message.key, *others); !why.isEmpty()) {
            problems.insert(row, why);
            continue;
        }
        auto* const shortcut = new QShortcut(messageKey(message.key), m_page);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, row] { Q_EMIT pressed(row); });
        m_shortcuts.append(shortcut);
    }
    return problems;
}

} // namespace sockeye
