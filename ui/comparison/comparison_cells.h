// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/comparison/byte_alignment.h"

#include <QString>

namespace sockeye {

/// Says, without any colour, how the two sides differ: "≠" where bytes stand in each other's place, "+" where the right
/// side has more, "−" where the left one has.
struct DifferenceSigns {
    bool isChanged = false;
    bool isAdded = false;
    bool isRemoved = false;

    void add(const AlignedRun& run)
    {
        isChanged = isChanged || (!run.isSame && run.leftSize > 0 && run.rightSize > 0);
        isAdded = isAdded || run.rightSize > run.leftSize;
        isRemoved = isRemoved || run.leftSize > run.rightSize;
    }
    [[nodiscard]] bool isAny() const { return isChanged || isAdded || isRemoved; }
    [[nodiscard]] QString text() const
    {
        QString text;
        text += isChanged ? QStringLiteral("≠") : QString();
        text += isAdded ? QStringLiteral("+") : QString();
        text += isRemoved ? QStringLiteral("−") : QString();
        return text;
    }
};

/// Calls `part(run, first, count)` for each run that the cells [from, to) touch, with those of them that are its own.
template <typename Part> void forEachRun(const ByteAlignment& alignment, qint64 from, qint64 to, Part part)
{
    if (from >= to || alignment.runs.empty()) {
        return;
    }
    for (std::size_t i = runAt(alignment, from); i < alignment.runs.size() && alignment.runs[i].cell < to; ++i) {
        const AlignedRun& run = alignment.runs[i];
        const qint64 first = std::max(run.cell, from);
        part(run, first, std::min(run.cell + run.cells(), to) - first);
    }
}

} // namespace sockeye
