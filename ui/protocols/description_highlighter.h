// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSyntaxHighlighter>

namespace sockeye {

/// Colours keys, values in quotes and comments of a description.
class DescriptionHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit DescriptionHighlighter(QTextDocument* document);

protected:
    void highlightBlock(const QString& text) override;
};

} // namespace sockeye
