// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/fragment_table.h"

#include <QHashFunctions>

#include <algorithm>
#include <cstring>

namespace sockeye {

namespace {

// What a packet of either version of IP can carry.
constexpr qsizetype largestWhole = 65'535;
// Many times what is in flight in pieces; more is somebody who wants our memory.
constexpr qsizetype mostCost = 16 * 1024 * 1024;
constexpr qsizetype costOfPart = 160;
constexpr qsizetype costOfDatagram = 320;
// RFC 8200 §4.5: a packet that is not whole after 60 seconds is given up.
constexpr qint64 patienceForFragments = 60'000'000'000;
// An IP packet has fewer even where the MTU is the smallest allowed; each one that comes is compared with all before.
constexpr std::size_t mostFragments = 2048;

/// Times of a file may be anything.
bool isOld(qint64 since, qint64 now)
{
    return static_cast<qint64>(static_cast<quint64>(now) - static_cast<quint64>(since)) > patienceForFragments;
}

} // namespace

std::size_t FragmentTable::KeyHash::operator()(const Key& key) const noexcept
{
    return qHashBits(key.source.bytes.data(), key.source.bytes.size(),
        qHashBits(key.destination.bytes.data(), key.destination.bytes.size(),
            (std::size_t { key.identification } << 9) | (std::size_t { key.protocol } << 1) | (key.ipv6 ? 1 : 0)));
}

std::optional<FragmentTable::Whole> FragmentTable::add(
    const IpPacket& packet, QByteArrayView part, qint64 position, qint64 time)
{
    makeRoom(time);
    const Key key { packet.source, packet.destination, packet.identification, packet.protocol, packet.ipv6 };
    const qsizetype offset = packet.fragmentOffset;
    const qsizetype size = part.size() + packet.missing;
    const Trace trace { offset, size, qHashBits(part.data(), static_cast<std::size_t>(part.size())) };
    auto found = m_datagrams.find(key);
    if (found != m_datagrams.end()) {
        const auto& traces = found->second.traces;
        if (std::find(traces.begin(), traces.end(), trace) != traces.end()) {
            return std::nullopt; // repeated
        }
        if (found->second.isDone || isOld(found->second.time, time)) {
            drop(found); // another packet with the same number
            found = m_datagrams.end();
        }
    }
    Datagram& datagram = found == m_datagrams.end() ? begin(key, time) : found->second;
    datagram.traces.push_back(trace);
    datagram.cost += static_cast<qsizetype>(sizeof trace);
    m_cost += static_cast<qsizetype>(sizeof trace);
    ++m_waiting;
    const bool isOdd = size == 0 || offset + size > largestWhole || (packet.moreFragments && size % 8 != 0)
        || datagram.traces.size() > mostFragments;
    const bool isOtherEnd = datagram.total >= 0
        && (offset + size > datagram.total || (!packet.moreFragments && offset + size != datagram.total));
    const bool isBeforeOthers = !packet.moreFragments && !datagram.parts.empty()
        && datagram.parts.rbegin()->first + datagram.parts.rbegin()->second.size > offset + size;
    if (datagram.isContradictory || isOdd || isOtherEnd || isBeforeOthers || !agrees(datagram, offset, size, part)) {
        contradict(datagram);
        return std::nullopt;
    }
    if (!packet.moreFragments) {
        datagram.total = offset + size;
    }
    put(datagram, offset, size, part, position);
    if (datagram.covered != datagram.total) {
        return std::nullopt;
    }
    Whole whole = join(datagram);
    m_waiting -= static_cast<qint64>(datagram.traces.size());
    datagram.isDone = true;
    forgetParts(datagram);
    return whole;
}

FragmentTable::Datagram& FragmentTable::begin(const Key& key, qint64 time)
{
    Datagram& datagram = m_datagrams[key];
    datagram.time = time;
    datagram.number = m_nextNumber++;
    datagram.cost = costOfDatagram;
    m_cost += datagram.cost;
    if (m_order.size() > 2 * m_datagrams.size() + 1024) {
        std::erase_if(m_order, [this](const auto& entry) {
            const auto found = m_datagrams.find(entry.second);
            return found == m_datagrams.end() || found->second.number != entry.first;
        });
    }
    m_order.emplace_back(datagram.number, key);
    return datagram;
}

/// Whether what was captured of it is the same where it overlaps with what is there.
bool FragmentTable::agrees(Datagram& datagram, qsizetype offset, qsizetype size, QByteArrayView bytes)
{
    auto it = datagram.parts.upper_bound(offset);
    if (it != datagram.parts.begin()) {
        --it;
    }
    for (; it != datagram.parts.end() && it->first < offset + size; ++it) {
        const qsizetype from = std::max(it->first, offset);
        const qsizetype to = std::min(it->first + it->second.bytes.size(), offset + bytes.size());
        if (from < to
            && std::memcmp(it->second.bytes.constData() + (from - it->first), bytes.data() + (from - offset),
                   static_cast<std::size_t>(to - from))
                != 0) {
            return false;
        }
    }
    return true;
}

/// Takes what nobody has brought yet.
void FragmentTable::put(Datagram& datagram, qsizetype offset, qsizetype size, QByteArrayView bytes, qint64 position)
{
    const qsizetype end = offset + size;
    qsizetype at = offset;
    while (at < end) {
        auto after = datagram.parts.upper_bound(at);
        if (after != datagram.parts.begin()) {
            const auto before = std::prev(after);
            if (before->first + before->second.size > at) {
                at = before->first + before->second.size;
                continue;
            }
        }
        const qsizetype until = after == datagram.parts.end() ? end : std::min(end, after->first);
        const qsizetype captured = std::clamp<qsizetype>(bytes.size() - (at - offset), 0, until - at);
        Part part;
        part.size = until - at;
        part.position = position + (at - offset);
        part.bytes = captured > 0 ? bytes.sliced(at - offset, captured).toByteArray() : QByteArray();
        datagram.covered += part.size;
        datagram.cost += costOfPart + captured;
        m_cost += costOfPart + captured;
        datagram.parts.emplace(at, std::move(part));
        at = until;
    }
}

FragmentTable::Whole FragmentTable::join(const Datagram& datagram)
{
    Whole whole;
    whole.bytes.reserve(datagram.total);
    for (const auto& [offset, part] : datagram.parts) {
        if (!part.bytes.isEmpty()) {
            whole.bytes += part.bytes;
            whole.pieces.push_back({ part.position, part.bytes.size() });
        }
        if (part.bytes.size() < part.size) {
            break; // what comes after a cut has no place
        }
    }
    whole.missing = datagram.total - whole.bytes.size();
    return whole;
}

void FragmentTable::contradict(Datagram& datagram)
{
    // All of it, with what is yet to come under that number.
    const auto count = datagram.isContradictory ? 1 : static_cast<qint64>(datagram.traces.size());
    m_contradicting += count;
    m_waiting -= count;
    datagram.isContradictory = true;
    forgetParts(datagram);
    datagram.traces.clear();
}

void FragmentTable::forgetParts(Datagram& datagram)
{
    datagram.parts.clear();
    const auto kept = costOfDatagram + static_cast<qsizetype>(datagram.traces.size() * sizeof(Trace));
    m_cost += kept - datagram.cost;
    datagram.cost = kept;
}

void FragmentTable::drop(Datagrams::iterator datagram)
{
    if (!datagram->second.isDone && !datagram->second.isContradictory) {
        const auto count = static_cast<qint64>(datagram->second.traces.size());
        m_waiting -= count;
        m_givenUp += count;
    }
    m_cost -= datagram->second.cost;
    m_datagrams.erase(datagram);
}

void FragmentTable::makeRoom(qint64 time)
{
    while (!m_order.empty()) {
        const auto& [number, key] = m_order.front();
        const auto found = m_datagrams.find(key);
        if (found != m_datagrams.end() && found->second.number == number) {
            if (m_cost <= mostCost && !isOld(found->second.time, time)) {
                return;
            }
            drop(found);
        }
        m_order.pop_front();
    }
}

} // namespace sockeye
