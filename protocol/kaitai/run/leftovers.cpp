// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/run/leftovers.h"

#include "protocol/kaitai/run/tree_maker.h"

namespace sockeye::kaitai {

namespace {

bool isOfInstance(const Heap& heap, const Leftover& leftover)
{
    int object = leftover.object;
    int slot = leftover.slot;
    while (object >= 0) {
        if (heap.object(object).spec->at(slot).isInstance()) {
            return true;
        }
        slot = heap.object(object).ownerSlot;
        object = heap.object(object).owner;
    }
    return false;
}

} // namespace

QByteArray fillingOf(const Extent& extent, qint64 content, qint64 size)
{
    QByteArray out;
    if (content < size && !extent.include) {
        out = extent.terminator.first(std::min<qint64>(extent.terminator.size(), size - content));
    }
    if (content + out.size() < size) {
        out += QByteArray(size - content - out.size(), extent.padRight.value_or('\0'));
    }
    return out;
}

QByteArray leftoverPath(const QByteArray& objectPath, const QByteArray& id, qint64 index, bool isInside)
{
    QByteArray out = objectPath.isEmpty() ? id : QByteArray(objectPath + '.' + id);
    if (index >= 0) {
        out += '[' + QByteArray::number(index) + ']';
    }
    return isInside ? QByteArray(out + '.') : out;
}

std::vector<std::pair<QByteArray, QByteArray>> unshownOf(const Heap& heap, const std::vector<Leftover>& leftovers)
{
    std::vector<std::pair<QByteArray, QByteArray>> out;
    out.reserve(leftovers.size());
    for (const Leftover& leftover : leftovers) {
        if (!isOfInstance(heap, leftover)) {
            const QByteArray& id = heap.object(leftover.object).spec->at(leftover.slot).id;
            out.emplace_back(leftoverPath(pathOfObject(heap, leftover.object), id, leftover.index, leftover.isInside),
                QByteArray(leftover.bytes.constData(), leftover.bytes.size()));
        }
    }
    return out;
}

} // namespace sockeye::kaitai
