// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/comparison/comparison.h"
#include "ui/hexview/hex_geometry.h"

#include <QAbstractScrollArea>

#include <memory>

namespace sockeye {

class HexGlyphs;

/// The bytes of two sides beside each other, in as many cells a line on both; between them what differs in the line, as
/// signs. Accessible name "Bytes beside each other". Paints only what is visible.
///
/// Keys: arrows, Page Up, Page Down, Home and End scroll.
class ComparisonView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit ComparisonView(QWidget* parent = nullptr);
    ~ComparisonView() override;

    void setComparison(ComparisonPtr comparison); ///< null: empty
    void setOnlyDifferences(bool only); ///< lines in which nothing differs are left out
    /// Goes to the place after (or before) the current one, at the last one to the first; the first one where none is
    /// current yet.
    void goToNext(bool backwards);
    [[nodiscard]] int currentRun() const { return m_current; } ///< as an index into the runs; -1: none
    void showCell(qint64 cell);

    [[nodiscard]] qint64 lineCount() const; ///< that are shown
    [[nodiscard]] qint64 shownLine(qint64 index) const; ///< of the geometry
    [[nodiscard]] const HexGeometry& cellGeometry() const { return m_geometry; }
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void currentChanged();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    struct Runs;
    void takeFont();
    void layOut(qint64 keepVisible);
    void chooseLines();
    void setCurrent(int run);
    void paintLine(QPainter& painter, Runs& runs, qint64 line, int top) const;
    void paintOffsets(Runs& runs, qint64 from, qint64 to, int top) const;
    void paintCurrent(QPainter& painter, qint64 line, int top) const;
    [[nodiscard]] int signsLeft() const;
    [[nodiscard]] int rightLeft() const; ///< where the right side begins
    [[nodiscard]] qint64 indexOfLine(qint64 line) const;
    [[nodiscard]] int wholeLines() const;

    ComparisonPtr m_comparison;
    HexGeometry m_geometry; ///< of one side
    std::unique_ptr<HexGlyphs> m_glyphs;
    std::vector<quint32> m_lines; ///< those in which something differs; used if m_only
    bool m_only = false;
    int m_current = -1;
};

} // namespace sockeye
