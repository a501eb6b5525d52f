// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/comparison/comparison.h"
#include "ui/widgets/side_window.h"

#include <QFutureWatcher>

class QCheckBox;
class QToolButton;

namespace sockeye {

class ComparisonFieldsModel;
class ComparisonView;
class DenseTable;
class ElidedLabel;

/// Two messages, or both directions of a connection, beside each other: their bytes, and the fields of messages. What
/// was there when it was opened.
class ComparisonWindow final : public SideWindow {
    Q_OBJECT
public:
    /// Opens a window, or brings the one to the front that compares these; `parent` may not be null.
    static ComparisonWindow* open(const ComparedSide& left, const ComparedSide& right, QWidget* parent);
    /// Both directions of that connection: what the client said on the left.
    static ComparisonWindow* openDirections(
        const std::shared_ptr<Capture>& capture, quint32 connection, QWidget* parent);
    ~ComparisonWindow() override;

private:
    ComparisonWindow(ComparedSide left, ComparedSide right, QWidget* parent);
    void buildBar();
    void buildContent();
    void load();
    void loaded();
    void showWords();
    void showField(int row);

    const ComparedSide m_left;
    const ComparedSide m_right;
    QCheckBox* m_only;
    QToolButton* m_previous;
    QToolButton* m_next;
    ElidedLabel* m_leftName;
    ElidedLabel* m_rightName;
    ComparisonView* m_view;
    ComparisonFieldsModel* m_model;
    DenseTable* m_fields;
    ComparisonPtr m_comparison; ///< null before it is made
    QFutureWatcher<ComparisonPtr> m_watcher;
};

} // namespace sockeye
