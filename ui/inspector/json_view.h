// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/inspected_message.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace sockeye {

class JsonTreeModel;

/// Why a message has no JSON to show, in a sentence or two.
[[nodiscard]] QString whyNoJson(const InspectedMessage& message);

/// JSON laid out for reading and cut to what a text field takes without a wait: at most 256 KiB, and no line of more
/// than 2,000 characters. `cut`, if given, says whether anything was left out.
[[nodiscard]] QString readableJson(const QByteArray& json, bool* cut = nullptr);

/// The decoded content of one message, as text laid out for reading or as a tree. Accessible name "JSON".
/// Works only while it is visible.
class JsonView : public QWidget {
    Q_OBJECT
public:
    explicit JsonView(QWidget* parent = nullptr);

    void setMessage(const InspectedMessagePtr& message);
    [[nodiscard]] bool showsTree() const;
    void setShowsTree(bool tree);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void fill();
    void takeTheme();

    InspectedMessagePtr m_message;
    bool m_stale = false; // the message changed while nobody looked
    QLabel* m_note;
    QToolButton* m_textButton;
    QToolButton* m_treeButton;
    QStackedWidget* m_stack;
    QPlainTextEdit* m_text;
    QTreeView* m_tree;
    QLabel* m_none;
    JsonTreeModel* m_model;
};

} // namespace sockeye
