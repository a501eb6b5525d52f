// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/text_mistakes.h"

#include "app/cli/terminal/output.h"

namespace sockeye::cli {

Taken takeMistakes(
    const QStringList& sentences, const QList<rules::Mistake>& mistakes, const QString& text, bool isUsable)
{
    QStringList pictures;
    for (const rules::Mistake& mistake : mistakes) {
        pictures.append(withCaret(mistake, text));
    }
    const qsizetype last = isUsable ? sentences.size() : sentences.size() - 1;
    for (qsizetype i = 0; i < last; ++i) {
        complain(sentences[i], pictures.value(i));
    }
    if (isUsable) {
        return {};
    }
    return tl::unexpected(UsageError(sentences.value(last), pictures.value(last)));
}

} // namespace sockeye::cli
