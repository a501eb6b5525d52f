// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStyledItemDelegate>

#include <QHash>

namespace sockeye {

struct TranscriptEntry;
class TranscriptModel;

/// Paints the entries of a transcript: requests and replies with arrow and word, the result large, the timings as text
/// and bar, failures with what happened, what it means and what to try.
class TranscriptDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit TranscriptDelegate(const TranscriptModel& model, QObject* parent = nullptr);

    void setWidth(int width); ///< that entries are laid out for, in pixels
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    /// Lays the entry out below `top` and paints it if there is a painter; returns the height.
    int layOut(const TranscriptEntry& entry, const QStyleOptionViewItem& option, QPainter* painter) const;

    const TranscriptModel& m_model;
    int m_width = 400;
};

} // namespace sockeye
