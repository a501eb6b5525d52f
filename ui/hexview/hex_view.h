// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/hexview/byte_export.h"
#include "ui/hexview/hex_geometry.h"
#include "ui/hexview/hex_selection.h"
#include "ui/models/inspected_message.h"

#include <QAbstractScrollArea>

#include <memory>

class QMenu;

namespace sockeye {

class GoToBar;
class HexGlyphs;

/// The bytes of one message: offset, hex and text columns, each field in its colour, the ends of the socket's reads or
/// writes marked. Accessible name "Bytes". Paints only what is visible; the size of the message does not matter.
///
/// Keys: arrows, Home, End (with Ctrl: of the message), Page Up, Page Down, all with Shift to select; Ctrl+A, Ctrl+C
/// (as hex), Ctrl+G (go to an offset).
class HexView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit HexView(QWidget* parent = nullptr);
    ~HexView() override;

    /// What of the view stays when another message comes.
    enum class Keep : quint8 {
        Nothing,
        Position, ///< selection and scroll position, as far as they still exist: for a new version of the same message
    };
    void setMessage(InspectedMessagePtr message, Keep keep = Keep::Nothing); ///< null: empty
    [[nodiscard]] InspectedMessagePtr message() const;

    /// Selects the bytes [offset, offset + size) of the message and scrolls there. Emits selectionChanged() if it
    /// changes.
    void select(qint64 offset, qint64 size);
    [[nodiscard]] qint64 selectionOffset() const;
    [[nodiscard]] qint64 selectionSize() const;
    /// Marks the range as hovered, as a field of another view is pointed at; size 0: nothing.
    void setHovered(qint64 offset, qint64 size);

    void copyAs(ByteForm form) const; ///< the selection, or everything, to the clipboard; at most maxExportedBytes
    void addCopyActions(QMenu* menu); ///< one for each form; they are switched off where there is nothing to copy
    void goToOffset(); ///< opens the bar that asks for one
    void selectField(); ///< the innermost field that the cursor is in

    [[nodiscard]] const HexGeometry& geometryOfBytes() const { return m_geometry; }

Q_SIGNALS:
    void selectionChanged(qint64 offset, qint64 size);
    /// The pointer is over the byte at that offset, or -1.
    void hovered(qint64 offset);

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    void layOut(qint64 keepVisible);
    void takeFont();
    void placeGoToBar();
    void closeGoToBar();
    [[nodiscard]] qint64 topLine() const;
    [[nodiscard]] int wholeLines() const;
    void scrollTo(qint64 offset);
    void changed(bool selectionDiffers);
    void describeSelection();
    void reportHover(qint64 offset);
    void dragTo(QPoint point);
    [[nodiscard]] QString toolTipFor(HexGeometry::Hit hit) const;
    [[nodiscard]] qint64 exportedSize() const;

    InspectedMessagePtr m_message;
    HexGeometry m_geometry;
    HexSelection m_selection;
    std::unique_ptr<HexGlyphs> m_glyphs;
    GoToBar* m_goToBar = nullptr; // made when it is first asked for
    qint64 m_hoveredOffset = 0; // outlined
    qint64 m_hoveredSize = 0;
    qint64 m_reported = -1; // last hovered()
    int m_dragTimer = 0; // scrolls while the pointer is dragged outside
};

} // namespace sockeye
