// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QPlainTextEdit>

namespace sockeye {

/// Something to be said of a place in a text.
struct CodeRemark {
    int line = 0; ///< from 1; 0: of no place
    int column = 1; ///< from 1, in UTF-16 units
    int length = 0; ///< 0: to the end of the line
    QString text;
    bool isWarning = false;
};

/// A text that programs read, with the numbers of its lines: mistakes are underlined where they stand, with their
/// sentence as a tool tip.
class CodeEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit CodeEdit(QWidget* parent = nullptr);

    void setRemarks(const QList<CodeRemark>& remarks);
    void goTo(int line, int column); ///< the cursor, and the focus

protected:
    bool viewportEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void paintNumbers(const QRect& area);
    [[nodiscard]] QTextCursor cursorFor(int line, int column) const;
    [[nodiscard]] int marginWidth() const;
    void takeTheme();

    QWidget* m_numbers; ///< of the lines, beside the text
    QList<CodeRemark> m_remarks;
};

} // namespace sockeye
