// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/format.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/formats/packet_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <random>

using namespace sockeye;
using namespace sockeye::pcapng;

/// Made-up captures of datagrams: in fragments that come in any order, twice or not at all, or cut by a snap length.
/// What is read is compared with what was sent. SOCKEYE_SEED=n runs the one of that seed.
class TestCaptureDatagrams : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void agrees();
};

namespace {

struct MadeDatagram {
    QByteArray bytes; ///< as far as they are there
    qint64 missing = 0;
    qint64 time = 0; ///< of the last fragment that it took
    friend bool operator==(const MadeDatagram&, const MadeDatagram&) = default;
};
/// By the client's port and whether the client sent them.
using MadeDatagrams = std::map<std::pair<quint16, bool>, QList<MadeDatagram>>;

class DatagramReader : public CaptureObserver {
public:
    void event(const CaptureEvent& event) override
    {
        if (event.kind == EventKind::Opened) {
            m_ports[event.connection] = std::max(event.facts.peer.port, event.facts.local.port);
            m_clientIsPeer[event.connection] = event.facts.local.port == 80;
            return;
        }
        const bool fromClient = (event.direction == Direction::In) == m_clientIsPeer[event.connection];
        QList<MadeDatagram>& datagrams = read[{ m_ports[event.connection], fromClient }];
        if (event.kind == EventKind::Chunk) {
            datagrams += { event.bytes.toByteArray(), 0, event.time };
        } else if (event.kind == EventKind::Error && !datagrams.isEmpty()) {
            datagrams.last().missing += event.missing;
        }
    }
    MadeDatagrams read;

private:
    std::map<quint32, quint16> m_ports;
    std::map<quint32, bool> m_clientIsPeer;
};

class DatagramTrial {
public:
    explicit DatagramTrial(quint64 seed)
        : m_random(seed)
        , m_ipv6(happens(30))
        , m_snapLength(happens(30) ? 50 + upTo(200) : 0)
        , m_file(m_build.section() + m_build.interface(linkRaw, 9))
    {
        for (qint64 left = upTo(20); left > 0; --left) {
            send();
        }
    }
    [[nodiscard]] const QByteArray& file() const { return m_file; }
    [[nodiscard]] const MadeDatagrams& made() const { return m_made; }

private:
    [[nodiscard]] bool happens(int percent) { return static_cast<int>(m_random() % 100) < percent; }
    [[nodiscard]] qint64 upTo(qint64 most) { return 1 + static_cast<qint64>(m_random() % static_cast<quint64>(most)); }

    void send()
    {
        const auto port = static_cast<quint16>(50'000 + m_random() % 3);
        const bool fromClient = happens(60);
        QByteArray payload(happens(10) ? 0 : happens(50) ? upTo(100) : upTo(9000), Qt::Uninitialized);
        std::generate(payload.begin(), payload.end(), [this] { return static_cast<char>(m_random()); });
        const QByteArray ip =
            ipPacket({ .payload = payload, .fromClient = fromClient, .udp = true, .ipv6 = m_ipv6, .clientPort = port });
        QList<MadeDatagram>& made = m_made[{ port, fromClient }];
        if (m_snapLength == 0 && happens(50)) {
            if (inFragments(ip)) {
                made += { payload, 0, m_time };
            }
            return;
        }
        m_time += 1'000'001;
        const qint64 kept = m_snapLength == 0 ? ip.size() : std::min(ip.size(), m_snapLength);
        m_file += m_build.cut(0, static_cast<quint64>(m_time), ip.first(kept), ip.size());
        const qint64 missing = std::min<qint64>(ip.size() - kept, payload.size());
        made += { payload.chopped(missing), missing, m_time };
    }
    /// False if some are lost. Leaves the time of the one that makes the datagram whole.
    bool inFragments(const QByteArray& ip)
    {
        const qsizetype body = ip.size() - (m_ipv6 ? 40 : 20);
        QList<QByteArray> parts;
        for (qsizetype at = 0; at < body;) {
            const qsizetype size = std::min<qsizetype>(body - at, 8 * upTo(200));
            parts += ipFragment(ip, at, size, m_number);
            at += size;
        }
        ++m_number;
        const bool isLost = parts.size() > 1 && happens(15);
        if (isLost) {
            parts.removeAt(upTo(parts.size()) - 1);
        }
        if (happens(40)) {
            std::shuffle(parts.begin(), parts.end(), m_random);
        }
        if (parts.size() > 1 && happens(20)) {
            parts.insert(1, parts.first());
        }
        for (const QByteArray& part : std::as_const(parts)) {
            m_time += 1'000'001;
            m_file += m_build.enhanced(0, static_cast<quint64>(m_time), part);
        }
        return !isLost;
    }

    std::mt19937_64 m_random;
    const bool m_ipv6;
    const qint64 m_snapLength; ///< of the IP packet, beyond its headers; 0: none
    const BlockBuilder m_build;
    QByteArray m_file;
    MadeDatagrams m_made;
    qint64 m_time = 1'700'000'000'000'000'000;
    quint16 m_number = 1; ///< what the fragments of the next one have in common
};

} // namespace

void TestCaptureDatagrams::agrees()
{
    bool isOne = false;
    const auto given = qEnvironmentVariable("SOCKEYE_SEED").toULongLong(&isOne);
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("datagrams.pcapng"));
    for (quint64 seed = isOne ? given : 1; seed <= (isOne ? given : 300); ++seed) {
        const DatagramTrial trial(seed);
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(trial.file()) == trial.file().size());
        file.close();
        const auto reader = std::make_shared<DatagramReader>();
        CaptureOptions options;
        options.protocol = rawProtocol();
        options.observer = reader;
        Capture::open(name, options)->waitUntilIdle();
        for (const auto& [who, datagrams] : trial.made()) {
            const QList<MadeDatagram>& read = reader->read[who];
            const QString what = QStringLiteral("SOCKEYE_SEED=%1, port %2, from the %3")
                                     .arg(QString::number(seed), QString::number(who.first),
                                         who.second ? QStringLiteral("client") : QStringLiteral("server"));
            QVERIFY2(read.size() == datagrams.size(), qPrintable(what));
            for (qsizetype i = 0; i < read.size(); ++i) {
                QVERIFY2(read[i] == datagrams[i], qPrintable(what + QStringLiteral(", datagram %1").arg(i)));
            }
        }
    }
}

SOCKEYE_TEST(TestCaptureDatagrams)
#include "tst_capture_datagrams.moc"
