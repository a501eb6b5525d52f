// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/mistakes_list.h"

namespace sockeye {

namespace {
constexpr int mostLines = 3; ///< to be seen at once
}

MistakesList::MistakesList(CodeEdit* text, QWidget* parent)
    : QListWidget(parent)
    , m_text(text)
{
    setAccessibleName(tr("Mistakes"));
    setWordWrap(true);
    setMaximumHeight(fontMetrics().lineSpacing() * mostLines + 12);
    hide();
    connect(this, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        const CodeRemark remark = m_remarks.value(row(item));
        m_text->goTo(remark.line, remark.column);
    });
    connect(this, &QListWidget::itemClicked, this, &QListWidget::itemActivated);
}

void MistakesList::setMistakes(const QList<CodeRemark>& remarks, const QStringList& sentences, bool isOutdated)
{
    m_remarks = remarks;
    m_text->setRemarks(isOutdated ? QList<CodeRemark>() : remarks);
    clear();
    addItems(sentences);
    setVisible(count() > 0);
}

} // namespace sockeye
