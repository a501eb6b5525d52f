// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sendlist/key_edit.h"

#include <QKeyEvent>

namespace sockeye {

namespace {

bool isModifier(int key)
{
    switch (key) {
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
    case Qt::Key_Super_L:
    case Qt::Key_Super_R:
    case Qt::Key_CapsLock:
    case Qt::Key_NumLock:
    case Qt::Key_ScrollLock:
    case Qt::Key_unknown:
    case 0:
        return true;
    default:
        return false;
    }
}

constexpr Qt::KeyboardModifiers heldModifiers =
    Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;

} // namespace

KeyEdit::KeyEdit(QWidget* parent)
    : QLineEdit(parent)
{
    setReadOnly(true);
    setFrame(false);
    setContextMenuPolicy(Qt::NoContextMenu);
    setPlaceholderText(tr("press it"));
    setAccessibleName(tr("Key"));
    setAccessibleDescription(tr("Press the key that is to send the message; Delete for none"));
}

bool KeyEdit::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // whatever the key does elsewhere, here it is only named
        return true;
    }
    return QLineEdit::event(event);
}

void KeyEdit::keyPressEvent(QKeyEvent* event)
{
    event->accept();
    const Qt::KeyboardModifiers modifiers = event->modifiers() & heldModifiers;
    const int key = event->key();
    if (isModifier(key)) {
        showHeld(modifiers);
    } else if (key == Qt::Key_Escape) {
        Q_EMIT left();
    } else {
        const bool isNone = modifiers == Qt::NoModifier && (key == Qt::Key_Backspace || key == Qt::Key_Delete);
        m_pressed = isNone ? QKeySequence() : QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(key)));
        Q_EMIT chosen();
    }
}

void KeyEdit::keyReleaseEvent(QKeyEvent* event)
{
    event->accept();
    showHeld(event->modifiers() & heldModifiers);
}

/// "Ctrl+…" while that is held.
void KeyEdit::showHeld(Qt::KeyboardModifiers modifiers)
{
    const QString held = QKeySequence(QKeyCombination(modifiers, Qt::Key_A)).toString(QKeySequence::NativeText);
    setText(modifiers == Qt::NoModifier ? QString() : QString(held.chopped(1) + u'…'));
}

QWidget* KeyDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const
{
    auto* const edit = new KeyEdit(parent);
    auto* const self = const_cast<KeyDelegate*>(this); // Qt's own delegates tell so, too; signals are not const
    connect(edit, &KeyEdit::chosen, self, [self, edit] {
        Q_EMIT self->commitData(edit);
        Q_EMIT self->closeEditor(edit, NoHint);
    });
    connect(edit, &KeyEdit::left, self, [self, edit] { Q_EMIT self->closeEditor(edit, RevertModelCache); });
    return edit;
}

void KeyDelegate::setEditorData(QWidget*, const QModelIndex&) const { } // what it was stands nowhere in the way

void KeyDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    const auto* const edit = qobject_cast<KeyEdit*>(editor);
    if (edit != nullptr && edit->pressed()) {
        model->setData(index, edit->pressed()->toString(QKeySequence::PortableText));
    }
}

bool KeyDelegate::eventFilter(QObject* editor, QEvent* event)
{
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    return !isKey && QStyledItemDelegate::eventFilter(editor, event); // keys are what the editor is for
}

} // namespace sockeye
