// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/resp/resp_editor.h"

#include "protocol/protocols/resp/resp_words.h"
#include "protocol/text/utf8.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye::resp {

namespace {

constexpr int deepest = 128; // what was framed is less deep
constexpr std::size_t mostSpots = 100'000;

QByteArray elementPath(const QByteArray& path, qint64 index)
{
    return path + '[' + QByteArray::number(index) + ']';
}

} // namespace

RespEditor::RespEditor(QByteArrayView message)
    : MessageEditor(message)
{
    if (!message.isEmpty()) {
        (void)collect(0, "value", 0, -1, 0);
    }
}

qsizetype RespEditor::collect(qsizetype at, const QByteArray& path, int depth, int holder, int place)
{
    if (at >= message().size() || depth > deepest || m_spots.size() >= mostSpots) {
        return message().size();
    }
    const std::size_t spot = m_spots.size();
    const Item item = itemAt(message(), at);
    m_spots.push_back({ item, path, item.end, holder, place });
    qsizetype end = item.end;
    const bool isMap = valuesEach(item.type) == 2;
    if (item.shape == Shape::Aggregate && item.state == Item::State::Right && !item.isNull) {
        for (qint64 i = 0; (item.streamed || i < item.number) && end < message().size(); ++i) {
            if (item.streamed && message()[end] == '.') {
                end = itemAt(message(), end).end;
                break;
            }
            const QByteArray inside = isMap ? elementPath(elementPath(path, i / 2), i % 2) : elementPath(path, i);
            end = collect(end, inside, depth + 1, static_cast<int>(spot), static_cast<int>(i));
        }
    }
    m_spots[spot].end = end;
    return end;
}

Altered RespEditor::withContent(QByteArrayView) const
{
    return lacks("content");
}

/// The length of a string, or the count of an aggregate, as its line says it.
Altered RespEditor::withNumber(const Item& item, qint64 number) const
{
    return number < 0 ? noRoom(number)
                      : Altered(spliced(item.begin + 1, item.lineEnd - item.begin - 1, QByteArray::number(number)));
}

Altered RespEditor::without(std::size_t at) const
{
    const Spot& spot = m_spots[at];
    if (spot.holder < 0) {
        return lacks(spot.path);
    }
    const Spot& holder = m_spots[static_cast<std::size_t>(spot.holder)];
    const bool isMap = valuesEach(holder.item.type) == 2;
    const bool isKey = isMap && spot.place % 2 == 0;
    const auto value = std::ranges::find_if(
        m_spots, [&](const Spot& each) { return each.holder == spot.holder && each.place == spot.place + 1; });
    if (isMap && (!isKey || value == m_spots.end())) {
        return tl::unexpected(QCoreApplication::translate(
            "sockeye::RespEditor", "A value of a map is left out with its key: name that one."));
    }
    const qsizetype end = isKey ? value->end : spot.end;
    QByteArray out = spliced(spot.item.begin, end - spot.item.begin, {});
    if (!holder.item.streamed) {
        const qint64 count = holder.item.number / valuesEach(holder.item.type) - 1;
        out.replace(holder.item.begin + 1, holder.item.lineEnd - holder.item.begin - 1, QByteArray::number(count));
    }
    return out;
}

Altered RespEditor::withField(const QByteArray& path, const std::optional<QString>& value) const
{
    for (std::size_t i = 0; i < m_spots.size(); ++i) {
        const Spot& spot = m_spots[i];
        const Item& item = spot.item;
        const bool isKeyOfMap = spot.holder >= 0 && spot.place % 2 == 0
            && valuesEach(m_spots[static_cast<std::size_t>(spot.holder)].item.type) == 2;
        const bool isNamed =
            isKeyOfMap && (item.shape == Shape::Bulk ? item.data(message()) : item.line(message())) == path;
        if (!value && (spot.path == path || isNamed)) {
            return without(i);
        }
        if (!value || spot.path != path) {
            continue;
        }
        const QByteArray utf8 = value->toUtf8();
        if (item.shape == Shape::Line && item.type != '_' && !utf8.contains('\r') && !utf8.contains('\n')) {
            return spliced(item.begin + 1, item.lineEnd - item.begin - 1, utf8);
        }
        return spliced(item.begin, spot.end - item.begin, bulk(utf8));
    }
    return lacks(path);
}

/// The length of the first string; where there is none the count of the whole.
Altered RespEditor::withLength(qint64 by) const
{
    const auto found = std::ranges::find_if(m_spots,
        [](const Spot& each) { return each.item.shape == Shape::Bulk && !each.item.isNull && !each.item.streamed; });
    if (found != m_spots.end()) {
        return withNumber(found->item, found->item.number + by);
    }
    if (m_spots.empty()) {
        return lacksLength();
    }
    const Item& whole = m_spots.front().item;
    const bool isCounted = whole.shape == Shape::Aggregate && !whole.streamed && !whole.isNull;
    return isCounted ? withNumber(whole, whole.number / valuesEach(whole.type) + by) : lacksLength();
}

Altered RespEditor::withBrokenText(quint64 drawn) const
{
    std::vector<qsizetype> places;
    for (const Spot& each : m_spots) {
        const Item& item = each.item;
        const bool isBulk = item.shape == Shape::Bulk && item.dataEnd > item.dataBegin;
        const bool isLine =
            (item.type == '+' || item.type == '-' || item.type == '\0') && item.lineEnd > item.begin + 1;
        if ((isBulk && validUtf8Prefix(item.data(message())) == item.dataEnd - item.dataBegin) || isLine) {
            places.push_back(isBulk ? item.dataBegin : item.lineEnd - 1);
        }
    }
    return places.empty() ? lacksText() : Altered(spliced(places[drawn % places.size()], 1, "\xff"));
}

} // namespace sockeye::resp
