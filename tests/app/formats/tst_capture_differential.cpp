// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/format.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/formats/conversation_maker.h"
#include "tests/app/formats/packet_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QElapsedTimer>
#include <QTest>

#include <map>
#include <sys/mman.h>
#include <unistd.h>

using namespace sockeye;
using namespace sockeye::pcapng;

/// Made-up captures of connections that went wrong in every way, read, and compared with what is known to have been
/// sent: bytes, gaps, times, order.
///
/// SOCKEYE_SEED=n runs the one capture of that seed, and SOCKEYE_KEEP=file keeps it; SOCKEYE_SECONDS=n runs as many as
/// there is time for, from SOCKEYE_SEED on or from a seed that is said: a minute in .ci/run, an hour by hand with
///
///     SOCKEYE_SECONDS=3600 build/release/tests/app_tests tst_capture_differential
class TestCaptureDifferential : public TestCase {
    Q_OBJECT

public:
    TestCaptureDifferential()
    {
        if (const int seconds = qEnvironmentVariableIntValue("SOCKEYE_SECONDS"); seconds > 0) {
            // Qt Test ends what takes longer than five minutes.
            qputenv("QTEST_FUNCTION_TIMEOUT", QByteArray::number(1000LL * (seconds + 60)));
        }
    }

private Q_SLOTS:
    void agrees();
};

namespace {

constexpr qint64 begun = 1'700'000'000'000'000'000;
constexpr qint64 step = 1'000'001; // a millisecond and a nanosecond

/// What became of one side's stream: for each byte its value and its time, or that it is missing.
struct ReadStream {
    QByteArray bytes;
    QList<qint64> times; ///< -1: missing
    bool finished = false;
};

struct ReadConversation {
    std::array<ReadStream, 2> streams; ///< by direction
    QList<qint64> times; ///< of all events with bytes, in order
    QList<CloseKind> closed;
};

class Reader : public CaptureObserver {
public:
    void event(const CaptureEvent& event) override
    {
        if (event.connection == 0) {
            notes += event.text;
            return;
        }
        ReadConversation& conversation = conversations[event.connection];
        ReadStream& stream = conversation.streams[static_cast<std::size_t>(event.direction)];
        switch (event.kind) {
        case EventKind::Opened:
            ports[event.connection] = std::min(event.facts.peer.port, event.facts.local.port) == 80
                ? std::max(event.facts.peer.port, event.facts.local.port)
                : quint16(0);
            serverIsLocal[event.connection] = event.facts.local.port == 80;
            break;
        case EventKind::Chunk:
            stream.bytes += event.bytes.toByteArray();
            stream.times.resize(stream.bytes.size(), event.time);
            conversation.times += event.time;
            break;
        case EventKind::Error:
            stream.bytes += QByteArray(std::min<qint64>(event.missing, 10'000), '?'); // more than anybody sends here
            stream.times.resize(stream.bytes.size(), -1);
            conversation.times += event.time;
            break;
        case EventKind::Finished:
            stream.finished = true;
            break;
        case EventKind::Closed:
            conversation.closed += event.closeKind;
            break;
        case EventKind::Note:
            break;
        }
    }
    std::map<quint32, ReadConversation> conversations;
    std::map<quint32, quint16> ports;
    std::map<quint32, bool> serverIsLocal;
    QStringList notes;
};

/// Behind what people capture on.
QByteArray link(quint32& type, quint64 kind, const QByteArray& ip)
{
    const bool ipv6 = (static_cast<quint8>(ip[0]) >> 4) == 6;
    const QByteArray etherType = QByteArray::fromHex(ipv6 ? "86dd" : "0800");
    const QByteArray tag = QByteArray::fromHex("8100 0005");
    switch (kind % 6) {
    case 0:
        type = linkEthernet;
        return QByteArray(12, '\1') + tag + etherType + ip;
    case 1:
        type = linkEthernet;
        return QByteArray(12, '\1') + QByteArray::fromHex("88a80007") + tag + etherType + ip;
    case 2:
        type = linkLinuxCooked;
        return QByteArray(14, '\0') + tag + etherType + ip;
    case 3:
        type = linkLinuxCooked2;
        return tag.first(2) + QByteArray(18, '\0') + tag.sliced(2) + etherType + ip;
    case 4:
        type = linkPpp;
        return QByteArray::fromHex(ipv6 ? "0057" : "0021") + ip;
    default:
        type = linkRaw;
        return ip;
    }
}

class Trial {
public:
    explicit Trial(quint64 seed)
        : m_random(seed)
    {
    }
    /// What differs; empty if nothing does.
    QString run()
    {
        const int snapLength = m_random() % 6 == 0 ? 70 + static_cast<int>(m_random() % 40) : 0;
        const quint64 count = 1 + m_random() % 3;
        for (quint64 i = 0; i < count; ++i) {
            m_makers.emplace_back(m_random, static_cast<quint16>(50'000 + i), snapLength);
        }
        write(snapLength);
        const auto reader = read();
        QString wrong;
        if (!reader->notes.isEmpty()) {
            wrong = u"unexpected: " + reader->notes.join(u' ');
        }
        for (std::size_t i = 0; i < m_makers.size() && wrong.isEmpty(); ++i) {
            QList<quint32> ids;
            for (const auto& [id, port] : reader->ports) {
                if (port == m_makers[i].port()) {
                    ids += id;
                }
            }
            if (ids.size() != 1) {
                wrong = QStringLiteral("%1 connections instead of one").arg(ids.size());
            } else {
                wrong = compare(m_makers[i], i, reader->conversations[ids[0]], reader->serverIsLocal[ids[0]]);
            }
            if (!wrong.isEmpty()) {
                wrong += u" in " + m_makers[i].story();
            }
        }
        return wrong;
    }

private:
    void write(int snapLength)
    {
        const quint64 linkKind = m_random();
        quint32 type = linkRaw;
        const BlockBuilder build;
        QByteArray packets;
        std::vector<std::size_t> next(m_makers.size(), 0);
        m_times.resize(m_makers.size());
        qint64 time = begun;
        while (true) {
            std::vector<std::size_t> left;
            for (std::size_t i = 0; i < m_makers.size(); ++i) {
                if (next[i] < m_makers[i].packets().size()) {
                    left.push_back(i);
                }
            }
            if (left.empty()) {
                break;
            }
            const std::size_t which = left[m_random() % left.size()];
            const ConversationMaker::Packet& packet = m_makers[which].packets()[next[which]++];
            const QList<QByteArray> parts =
                packet.fragments.isEmpty() ? QList<QByteArray> { packet.ip } : packet.fragments;
            // It is there when its last part is; repeated parts come later, and say nothing new.
            qint64 whole = 0;
            QList<QByteArray> seen;
            for (const QByteArray& part : parts) {
                time += step;
                if (!seen.contains(part)) {
                    seen += part;
                    whole = time;
                }
                const QByteArray framed = link(type, linkKind, part);
                const qsizetype heads = framed.size() - part.size();
                const qsizetype kept =
                    snapLength > 0 ? std::min<qsizetype>(framed.size(), heads + snapLength) : framed.size();
                packets += build.cut(0, static_cast<quint64>(time), framed.first(kept), framed.size());
            }
            m_times[which].push_back(whole);
        }
        m_file = build.section() + build.interface(type, 9) + packets;
        if (QFile kept(qEnvironmentVariable("SOCKEYE_KEEP")); !kept.fileName().isEmpty()) {
            if (!kept.open(QIODevice::WriteOnly) || kept.write(m_file) != m_file.size()) {
                qWarning("It cannot be kept.");
            }
        }
    }

    std::shared_ptr<Reader> read()
    {
        const int descriptor = ::memfd_create("capture", MFD_CLOEXEC);
        if (::write(descriptor, m_file.constData(), static_cast<std::size_t>(m_file.size())) != m_file.size()) {
            qFatal("no file in memory");
        }
        const auto reader = std::make_shared<Reader>();
        CaptureOptions options;
        options.protocol = rawProtocol();
        options.observer = reader;
        Capture::open(QStringLiteral("/proc/self/fd/%1").arg(descriptor), options)->waitUntilIdle();
        ::close(descriptor);
        return reader;
    }

    QString compare(const ConversationMaker& made, std::size_t index, const ReadConversation& read, bool serverIsLocal)
    {
        for (const bool fromClient : { true, false }) {
            const Direction direction = fromClient == serverIsLocal ? Direction::In : Direction::Out;
            const ReadStream& stream = read.streams[static_cast<std::size_t>(direction)];
            const QByteArray& sent = made.stream(fromClient).bytes;
            // A byte is there with the first packet that brings it, and readable once all before it are.
            QList<qint64> captured(sent.size(), -1);
            for (std::size_t i = 0; i < made.packets().size(); ++i) {
                const ConversationMaker::Packet& packet = made.packets()[i];
                for (qint64 at = packet.offset; packet.offset >= 0 && at < packet.offset + packet.size; ++at) {
                    if (packet.fromClient == fromClient && captured[at] < 0) {
                        captured[at] = m_times[index][i];
                    }
                }
            }
            const char* side = fromClient ? "client" : "server";
            qint64 readable = 0;
            for (qsizetype at = 0; at < sent.size(); ++at) {
                readable = std::max(readable, captured[at]);
                const qint64 right = captured[at] < 0 ? -1 : readable;
                if (at >= stream.bytes.size()) {
                    return QStringLiteral("%1: the stream ends at %2, not at %3")
                        .arg(QLatin1StringView(side), QString::number(at), QString::number(sent.size()));
                }
                if (stream.times[at] != right) {
                    return QStringLiteral("%1: byte %2 comes at %3, not at %4")
                        .arg(QLatin1StringView(side), QString::number(at),
                            QString::number((stream.times[at] - begun) / step),
                            QString::number((right - begun) / step));
                }
                if (right >= 0 && stream.bytes[at] != sent[at]) {
                    return QStringLiteral("%1: byte %2 is another one")
                        .arg(QLatin1StringView(side), QString::number(at));
                }
            }
            if (stream.bytes.size() > sent.size()) {
                return QStringLiteral("%1: %2 bytes too many")
                    .arg(QLatin1StringView(side), QString::number(stream.bytes.size() - sent.size()));
            }
            if (stream.finished != made.stream(fromClient).finished) {
                return QStringLiteral("%1: finished or not").arg(QLatin1StringView(side));
            }
        }
        if (!std::is_sorted(read.times.begin(), read.times.end())) {
            return QStringLiteral("out of order");
        }
        const bool orderly = made.stream(true).finished && made.stream(false).finished;
        if (read.closed.size() != (orderly || made.isReset() ? 1 : 0)
            || (!read.closed.isEmpty() && (read.closed[0] == CloseKind::Orderly) != orderly)) {
            return QStringLiteral("ended in another way");
        }
        return {};
    }

    ConversationMaker::Random m_random;
    std::vector<ConversationMaker> m_makers;
    std::vector<std::vector<qint64>> m_times; ///< of each conversation's packets
    QByteArray m_file;
};

} // namespace

void TestCaptureDifferential::agrees()
{
    // Those that went wrong once.
    for (const quint64 seed : { 3269067073ULL }) { // a forged SYN, said again before the last RST
        const QString wrong = Trial(seed).run();
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("SOCKEYE_SEED=%1: %2").arg(QString::number(seed), wrong)));
    }
    bool isOne = false;
    bool isTimed = false;
    const auto given = qEnvironmentVariable("SOCKEYE_SEED").toULongLong(&isOne);
    const int seconds = qEnvironmentVariableIntValue("SOCKEYE_SECONDS", &isTimed);
    const quint64 first = isOne ? given : isTimed ? std::random_device()() : 1;
    const quint64 count = isTimed ? std::numeric_limits<quint32>::max() : isOne ? 1 : 1000;
    if (isTimed) {
        qInfo("From seed %llu on, for %d seconds.", static_cast<unsigned long long>(first), seconds);
    }
    QElapsedTimer timer;
    timer.start();
    quint64 seed = first;
    for (; seed < first + count && !(isTimed && timer.elapsed() > 1000LL * seconds); ++seed) {
        const QString wrong = Trial(seed).run();
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("SOCKEYE_SEED=%1: %2").arg(QString::number(seed), wrong)));
    }
    if (isTimed) {
        qInfo("%llu captures.", static_cast<unsigned long long>(seed - first));
    }
}

SOCKEYE_TEST(TestCaptureDifferential)
#include "tst_capture_differential.moc"
