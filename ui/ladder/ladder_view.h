// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/ladder/ladder_fetcher.h"
#include "ui/ladder/ladder_painter.h"

#include <QAbstractScrollArea>

namespace sockeye {

/// The ladder of a connection, or of all: its steps from above to below, of which only those that are seen are read and
/// drawn. Accessible name "Ladder"; the accessible description is sentence().
///
/// Up and Down go from step to step, Page Up and Page Down by what is seen, Home and End to the ends; a click chooses a
/// step. Who is at the end stays there when more comes.
class LadderView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LadderView(QWidget* parent = nullptr);

    /// `connection` 0: all of the capture. Null: nothing.
    void setConnection(const std::shared_ptr<Capture>& capture, quint32 connection);
    void refresh(bool onlyNew); ///< there is more by now; `onlyNew`: there may be
    /// Marks the step of a row of the capture, and moves so that it is seen. -1: none.
    void setSelected(qsizetype row);

    [[nodiscard]] const LadderPicturePtr& picture() const { return m_picture; } ///< null before the first
    [[nodiscard]] bool isUpToDate() const { return !m_fetcher->isBusy(); }
    [[nodiscard]] qsizetype firstStep() const; ///< the one that is seen at the top
    [[nodiscard]] qsizetype currentStep() const { return m_marks.current; } ///< -1: none
    [[nodiscard]] QRect stepRect(qsizetype number) const; ///< in the viewport, whether it is seen or not
    /// What is pointed at, or current, in words.
    [[nodiscard]] QString sentence() const;
    void setEmptyText(const QString& text);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void pictureChanged();
    void sentenceChanged();
    void chosen(qsizetype row); ///< the user chose a step that is a row of the capture

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void take(const LadderPicturePtr& picture);
    void ask(bool onlyNew = false);
    void updateBars();
    void takeSelected();
    void chooseCurrent();
    void goTo(qsizetype step);
    void reveal(qsizetype step);
    void setHovered(qsizetype step);
    void told();
    [[nodiscard]] qsizetype total() const { return m_picture ? m_picture->total : 0; }
    [[nodiscard]] int stepsSeen() const; ///< wholly
    [[nodiscard]] qsizetype stepAt(QPoint point) const; ///< -1: none
    [[nodiscard]] LadderGeometry ladderGeometry() const;

    LadderFetcher* m_fetcher;
    std::shared_ptr<Capture> m_capture;
    LadderPicturePtr m_picture;
    LadderMarks m_marks;
    qsizetype m_selectedRow = -1; ///< of the capture
    bool m_isFirst = true; ///< the next picture is the first whole one
    bool m_follows = false; ///< the end is seen, also of what is still to come
    bool m_isMoving = false; ///< the bars are set, not moved
    bool m_reveals = false; ///< the selected row is to be seen, as soon as its step is known
    bool m_hasScrolled = false; ///< the user, since the row was selected
    bool m_chooses = false; ///< the current step was chosen; what it is will be known with the next picture
    QString m_told;
    QString m_emptyText;
};

} // namespace sockeye
