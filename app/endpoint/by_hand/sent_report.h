// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace sockeye {

/// Bytes that somebody sends to connections of a server by hand, as one unit: never between the bytes of an answer.
struct HandSending {
    static constexpr qsizetype most = 16 * 1024 * 1024; ///< bytes

    quint64 number = 0; ///< of its report
    QByteArray bytes;
    std::optional<std::vector<quint32>> to; ///< each once; nothing: all that are there
};

/// Why a connection was not sent what it should have been.
enum class NotSent : quint8 {
    NotTaken, ///< its peer does not read: too much waits for it already
    NoRoom, ///< too much waits for all of them together, or the system has no room for a datagram
    TooLong, ///< for a datagram, or for HandSending::most
    Ending, ///< our end of stream is sent, or follows what is being written
    Securing, ///< in the middle of the TLS handshake
    Failed, ///< the recording says why
    NotThere, ///< closed, or never there
};
constexpr std::size_t notSentCount = 7;

/// What became of a HandSending. Sent means: given to the system, or waiting behind what is being written to a peer
/// that reads.
class SentReport {
public:
    static constexpr std::size_t named = 5; ///< connections for each reason; of further ones only how many

    struct Left {
        int count = 0;
        std::vector<quint32> first; ///< by number, at most `named` of them
    };

    SentReport() = default;
    explicit SentReport(qsizetype size)
        : m_size(size)
    {
    }

    void take(quint32 connection, std::optional<NotSent> why); ///< nothing: it was sent
    void leave(NotSent why, int count); ///< connections that have no number here
    void add(const SentReport& other); ///< of other connections

    [[nodiscard]] qsizetype size() const { return m_size; } ///< of what was to be sent, in bytes
    [[nodiscard]] int sent() const { return m_sent; } ///< connections
    [[nodiscard]] const Left& left(NotSent why) const { return m_left[static_cast<std::size_t>(why)]; }
    [[nodiscard]] int notSent() const; ///< connections, for whatever reason
    /// In sentences, the first of which says to how many it was sent.
    [[nodiscard]] QString text() const;

private:
    qsizetype m_size = 0;
    int m_sent = 0;
    std::array<Left, notSentCount> m_left;
};

} // namespace sockeye

Q_DECLARE_METATYPE(sockeye::SentReport)
