// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/inspected_message.h"

#include <QTreeView>

namespace sockeye {

class AnnotationModel;

/// The fields of one message as a tree: name, value, offset, size. Accessible name "Structure".
class StructureView : public QTreeView {
    Q_OBJECT
public:
    explicit StructureView(QWidget* parent = nullptr);
    ~StructureView() override;

    void setMessage(const InspectedMessagePtr& message); ///< null: empty
    [[nodiscard]] InspectedMessagePtr message() const;

    /// Index of the selected field in the annotation, or -1.
    [[nodiscard]] int currentField() const;
    /// Selects the smallest field that holds the whole range and shows it; does not emit fieldSelected().
    void selectRange(qint64 offset, qint64 size);
    /// Outlines the row of the field (or of what it is part of), as another view points at it; -1: none.
    void setHoveredField(int field);

Q_SIGNALS:
    void fieldSelected(int field, qint64 offset, qint64 size); ///< by the user
    void fieldHovered(int field); ///< the pointer is over that field's row, or -1
    void filterRequested(const QString& test, bool also); ///< by a field; `also`: of what is shown already

protected:
    void drawRow(QPainter* painter, const QStyleOptionViewItem& options, const QModelIndex& index) const override;
    void mouseMoveEvent(QMouseEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void expandSensibly();
    void fitColumns();
    void reportHover(const QModelIndex& index);
    [[nodiscard]] QModelIndex visibleIndex(int field) const;

    AnnotationModel* m_model;
    int m_hovered = -1; // outlined
    int m_reported = -1; // last fieldHovered()
    bool m_silent = false; // while a selection comes from outside
};

} // namespace sockeye
