// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/live/tool_line.h"

#include "protocol/text/visible_text.h"

#include <QByteArrayList>

namespace sockeye {

namespace {

constexpr qsizetype longestText = 1024;

ToolLine countsOf(const QByteArrayList& words)
{
    if (words.size() != 6 || words[2] != "dropped" || words[4] != "missed") {
        return {};
    }
    bool good[3] = {};
    const PacketCounts counts { words[1].toULongLong(good), words[3].toULongLong(good + 1),
        words[5].toULongLong(good + 2) };
    return good[0] && good[1] && good[2] ? ToolLine(counts) : ToolLine();
}

} // namespace

ToolLine parseToolLine(QByteArrayView line)
{
    const QByteArray bytes = line.toByteArray();
    const QByteArrayList words = bytes.split(' ');
    if (words[0] == "packets") {
        return countsOf(words);
    }
    if (words[0] == "capturing" && words.size() == 2) {
        bool good = false;
        const quint32 linkType = words[1].toUInt(&good);
        return good ? ToolLine(CaptureBegan { linkType }) : ToolLine();
    }
    if (words[0] == "error" && words.size() >= 2) {
        const qsizetype text = words[0].size() + words[1].size() + 2;
        return ToolError { QString::fromLatin1(words[1]), visibleText(bytes.mid(text), longestText) };
    }
    return {};
}

} // namespace sockeye
