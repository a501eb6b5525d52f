// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/mistake.h"

#include <QPlainTextEdit>

namespace sockeye {

/// The text of a description: mistakes are underlined where they stand, with their sentence as a tool tip.
class DescriptionEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit DescriptionEdit(QWidget* parent = nullptr);

    void setMistakes(const QList<kaitai::Mistake>& mistakes);
    void goTo(const kaitai::Place& place); ///< the cursor, and the focus

protected:
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void paintNumbers(const QRect& area);
    [[nodiscard]] QTextCursor cursorFor(const kaitai::Place& place) const;
    [[nodiscard]] int marginWidth() const;
    void takeTheme();

    QWidget* m_numbers; ///< of the lines, beside the text
    QList<kaitai::Mistake> m_mistakes;
};

} // namespace sockeye
