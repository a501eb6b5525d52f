// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;
class QTabBar;
class QTimer;

namespace sockeye {

class ComposerModel;
class ElidedLabel;
class HexView;
class StructureView;
class ViewLink;

/// Exactly what will go out: the bytes and their structure, annotated as they are typed. Side by side where there is
/// room, one of the two where there is not.
class ComposerPreview : public QWidget {
    Q_OBJECT
public:
    explicit ComposerPreview(ComposerModel& model, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void schedule();
    void annotateDraft();
    void showPath();
    void arrange();

    ComposerModel& m_model;
    QTabBar* m_tabs;
    QLabel* m_size;
    HexView* m_bytes;
    StructureView* m_structure;
    ViewLink* m_link;
    ElidedLabel* m_path;
    QLabel* m_remark;
    QTimer* m_timer;
};

} // namespace sockeye
