// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCache>
#include <QStaticText>
#include <QStyledItemDelegate>

namespace sockeye {

/// Paints cells of one line, and keeps their shaped texts. Shaping is most of what painting a table costs: Qt does it
/// three times a cell, and decodes a coloured emoji each time to learn how wide it is. Tables that follow what comes
/// thirty times a second paint the same few hundred texts over and over.
///
/// What a cell looks like is Qt's: the style paints all but the text, and what is rare in a table altogether: cells
/// with a picture, a check box, several lines, a font of their own or the focus, and windows that run from right to
/// left.
class CellDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// `elide`: what of a text is left out where there is no room: its end, or its middle.
    explicit CellDelegate(QObject* parent = nullptr, Qt::TextElideMode elide = Qt::ElideRight);

    /// A text that is cut says the whole in a tool tip, if its cell has no other.
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
        const QModelIndex& index) override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    struct Key {
        QString text;
        int width = 0; ///< that there is for it, in pixels
        bool operator==(const Key&) const = default;
    };
    friend size_t qHash(const Key& key, size_t seed) { return qHashMulti(seed, key.text, key.width); }

    void paintText(QPainter* painter, const QStyleOptionViewItem& cell, const QString& text) const;
    [[nodiscard]] QStaticText shaped(const QStyleOptionViewItem& cell, const QString& text, int width) const;

    Qt::TextElideMode m_elide;
    mutable QCache<Key, QStaticText> m_shaped; ///< a cost of one is one character
    mutable QFont m_font; ///< of what is kept
};

} // namespace sockeye
