// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/widgets/code_highlighter.h"

namespace sockeye {

/// Colours keys, values in quotes and comments of a description.
class DescriptionHighlighter : public CodeHighlighter {
    Q_OBJECT
public:
    using CodeHighlighter::CodeHighlighter;

protected:
    void highlightBlock(const QString& text) override;
};

} // namespace sockeye
