// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/inspector/inspected_message.h"

#include <QAbstractScrollArea>

namespace sockeye {

/// The bytes of one message: offset, hex and text columns, each field in its colour, the ends of the socket's reads or
/// writes marked. Accessible name "Bytes". Paints only what is visible; the size of the message does not matter.
class HexView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit HexView(QWidget* parent = nullptr);
    ~HexView() override;

    void setMessage(InspectedMessagePtr message); ///< null: empty
    [[nodiscard]] InspectedMessagePtr message() const;

    /// Selects the bytes [offset, offset + size) of the message and scrolls there. Emits selectionChanged() if it
    /// changes.
    void select(qint64 offset, qint64 size);
    [[nodiscard]] qint64 selectionOffset() const;
    [[nodiscard]] qint64 selectionSize() const;
    /// Marks the range as hovered, as a field of another view is pointed at; size 0: nothing.
    void setHovered(qint64 offset, qint64 size);

Q_SIGNALS:
    void selectionChanged(qint64 offset, qint64 size);
    /// The pointer is over the byte at that offset, or -1.
    void hovered(qint64 offset);
};

} // namespace sockeye
