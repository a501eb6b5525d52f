// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/resp/resp_item.h"

#include <algorithm>
#include <limits>

namespace sockeye::resp {

namespace {

void readString(Item& item, QByteArrayView bytes)
{
    constexpr qsizetype lineEndSize = 2;
    const qsizetype left = bytes.size() - item.end;
    item.dataBegin = item.end;
    item.dataEnd = item.dataBegin + static_cast<qsizetype>(std::min<qint64>(item.number, left));
    item.end = std::min(item.dataEnd + lineEndSize, bytes.size());
    if (item.end < item.dataEnd + lineEndSize) {
        item.state = Item::State::Cut;
    } else if (bytes[item.dataEnd] != '\r' || bytes[item.dataEnd + 1] != '\n') {
        item.state = Item::State::Bad;
    }
}

} // namespace

Item itemAt(QByteArrayView bytes, qsizetype at)
{
    Item item;
    item.begin = at;
    item.shape = shapeOf(bytes[at]);
    item.type = item.shape == Shape::None ? '\0' : bytes[at];
    const qsizetype feed = bytes.indexOf('\n', at);
    item.end = feed < 0 ? bytes.size() : feed + 1;
    item.lineEnd = feed < 0 ? bytes.size() : feed > at && bytes[feed - 1] == '\r' ? feed - 1 : feed;
    item.dataBegin = item.dataEnd = item.end;
    if (item.shape == Shape::None && at > 0) {
        return item;
    }
    item.state = feed < 0 ? Item::State::Cut : Item::State::Right;
    if (item.state == Item::State::Cut || item.shape == Shape::None || item.shape == Shape::Line
        || item.shape == Shape::StreamEnd) {
        item.isNull = item.type == '_';
        return item;
    }
    const QByteArrayView count = item.line(bytes);
    item.streamed = count == QByteArrayView("?");
    const auto number = item.streamed ? std::optional<qint64>(0) : wholeNumber(count);
    item.isNull = number == -1 && (item.type == '$' || item.type == '*');
    if (!number || (*number < 0 && !item.isNull)) {
        item.state = Item::State::Bad;
        return item;
    }
    item.number = std::max<qint64>(*number, 0);
    if (item.shape == Shape::Aggregate) {
        item.number = std::min(item.number, std::numeric_limits<qint64>::max() / 2) * valuesEach(item.type);
    } else if (!item.isNull && !item.streamed && !(item.shape == Shape::Chunk && item.number == 0)) {
        readString(item, bytes);
    }
    return item;
}

} // namespace sockeye::resp
