// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QKeySequence>
#include <QLineEdit>
#include <QStyledItemDelegate>

#include <optional>

namespace sockeye {

/// A field in which a key is pressed rather than typed: the first that is one ends it. Backspace and Delete alone are
/// no key at all, Escape leaves it as it was.
class KeyEdit final : public QLineEdit {
    Q_OBJECT
public:
    explicit KeyEdit(QWidget* parent = nullptr);

    /// What was pressed, empty for none; nothing before anything was.
    [[nodiscard]] const std::optional<QKeySequence>& pressed() const { return m_pressed; }

Q_SIGNALS:
    void chosen();
    void left(); ///< with Escape

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;

private:
    void showHeld(Qt::KeyboardModifiers modifiers);
    std::optional<QKeySequence> m_pressed;
};

/// Cells whose text is a key, in Qt's portable words: one is pressed to change them.
class KeyDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QWidget* createEditor(
        QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;

protected:
    bool eventFilter(QObject* editor, QEvent* event) override;
};

} // namespace sockeye
