// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/reader/ip_packet.h"
#include "app/storage/byte_store.h"

#include <QByteArray>

#include <deque>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace sockeye {

/// Puts fragments of IP packets together (RFC 791 §3.2, RFC 8200 §4.5). What waits for more is bounded, in bytes and in
/// the file's time; then the oldest are given up. Fragments that overlap are taken as long as they agree: those that do
/// not are an attack, or of two packets with one number, and nothing of them is shown (RFC 5722).
class FragmentTable {
public:
    /// What the fragments carried.
    struct Whole {
        QByteArray bytes; ///< up to where the capture cut a fragment
        std::vector<PayloadPiece> pieces; ///< where they lie in the file
        qsizetype missing = 0; ///< bytes after them
    };
    /// Takes a fragment whose part of the whole is `part`, at `position` in the file. The whole packet, once it is one.
    [[nodiscard]] std::optional<Whole> add(const IpPacket& packet, QByteArrayView part, qint64 position, qint64 time);

    /// Fragments that are no longer waited for; with those that are: so many carry something that is not shown.
    [[nodiscard]] qint64 givenUp() const { return m_givenUp; }
    [[nodiscard]] qint64 waiting() const { return m_waiting; }
    /// Fragments of packets whose fragments contradict each other.
    [[nodiscard]] qint64 contradicting() const { return m_contradicting; }

private:
    struct Key {
        pcapng::IpAddress source;
        pcapng::IpAddress destination;
        quint32 identification = 0;
        quint8 protocol = 0;
        bool ipv6 = false;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const noexcept;
    };
    struct Part {
        QByteArray bytes; ///< less than `size`: the capture cut it
        qsizetype size = 0;
        qint64 position = 0;
    };
    /// What a fragment was that came before: one that is repeated tells nothing new.
    struct Trace {
        qsizetype offset = 0;
        qsizetype size = 0;
        std::size_t hash = 0;
        friend bool operator==(const Trace&, const Trace&) = default;
    };
    struct Datagram {
        std::map<qsizetype, Part> parts; ///< by offset; none overlap
        std::vector<Trace> traces; ///< of all fragments; kept when the whole was handed out
        qsizetype covered = 0; ///< bytes of all parts
        qsizetype total = -1; ///< -1: the last part has not come
        qsizetype cost = 0; ///< in memory, about
        qint64 time = 0; ///< of the first fragment
        quint64 number = 0; ///< tells it from another one of the same key
        bool isDone = false;
        bool isContradictory = false;
    };
    using Datagrams = std::unordered_map<Key, Datagram, KeyHash>;
    [[nodiscard]] Datagram& begin(const Key& key, qint64 time);
    [[nodiscard]] static bool agrees(Datagram& datagram, qsizetype offset, qsizetype size, QByteArrayView bytes);
    void put(Datagram& datagram, qsizetype offset, qsizetype size, QByteArrayView bytes, qint64 position);
    void contradict(Datagram& datagram);
    [[nodiscard]] static Whole join(const Datagram& datagram);
    void forgetParts(Datagram& datagram);
    void drop(Datagrams::iterator datagram);
    void makeRoom(qint64 time);

    Datagrams m_datagrams;
    std::deque<std::pair<quint64, Key>> m_order; ///< of all there are, and of some that there were: the oldest first
    quint64 m_nextNumber = 0;
    qsizetype m_cost = 0;
    qint64 m_waiting = 0;
    qint64 m_givenUp = 0;
    qint64 m_contradicting = 0;
};

} // namespace sockeye
