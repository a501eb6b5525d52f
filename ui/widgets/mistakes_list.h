// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/widgets/code_edit.h"

#include <QListWidget>

namespace sockeye {

/// What is wrong with a text, beneath it, a sentence each with its place, to which a click leads. Not to be seen while
/// nothing is.
class MistakesList final : public QListWidget {
    Q_OBJECT
public:
    explicit MistakesList(CodeEdit* text, QWidget* parent = nullptr);

    /// `sentences`: one for each remark. Where `isOutdated`, the text is another one already, and nothing is
    /// underlined.
    void setMistakes(const QList<CodeRemark>& remarks, const QStringList& sentences, bool isOutdated);

private:
    CodeEdit* m_text;
    QList<CodeRemark> m_remarks;
};

} // namespace sockeye
