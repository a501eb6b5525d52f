// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/format.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/formats/conversation_maker.h"
#include "tests/app/formats/packet_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace sockeye;
using namespace sockeye::pcapng;

/// Made-up connections that came through whole, though in pieces, out of order and twice: what was sent, what we read,
/// and what tshark's "follow" reads is the same. Where bytes are missing or forged tshark only guesses, so none are.
///
/// SOCKEYE_SEED=n makes other ones.
class TestCaptureFollowTshark : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void agrees();
};

namespace {

constexpr std::size_t conversations = 60;

struct Followed {
    std::array<QByteArray, 2> bytes; ///< the client's, the server's
};
using ByPort = std::map<quint16, Followed>; ///< by the client's port

class ByteReader : public CaptureObserver {
public:
    void event(const CaptureEvent& event) override
    {
        if (event.kind == EventKind::Opened) {
            m_ports[event.connection] = std::max(event.facts.peer.port, event.facts.local.port);
            m_clientIsPeer[event.connection] = event.facts.local.port == 80;
        } else if (event.kind == EventKind::Chunk) {
            const bool fromClient = (event.direction == Direction::In) == m_clientIsPeer[event.connection];
            read[m_ports[event.connection]].bytes[fromClient ? 0 : 1] += event.bytes.toByteArray();
        }
    }
    ByPort read;

private:
    std::map<quint32, quint16> m_ports;
    std::map<quint32, bool> m_clientIsPeer;
};

/// One block for each stream: both ends, then lines of hexadecimal digits, those of the second end behind a tab.
ByPort readFollowed(const QByteArray& output)
{
    static const QRegularExpression end(QStringLiteral("^Node (\\d): .*:(\\d+)$"));
    ByPort read;
    std::array<quint16, 2> ports {};
    for (const QByteArray& line : output.split('\n')) {
        if (const auto found = end.match(QString::fromLatin1(line)); found.hasMatch()) {
            ports[found.capturedView(1).toUInt()] = static_cast<quint16>(found.capturedView(2).toUInt());
        } else if (!line.isEmpty() && !line.contains(':') && !line.contains('=')) {
            const bool fromSecond = line.startsWith('\t');
            const bool firstIsClient = ports[0] != 80;
            read[std::max(ports[0], ports[1])].bytes[fromSecond == firstIsClient ? 1 : 0] +=
                QByteArray::fromHex(line.trimmed());
        }
    }
    return read;
}

} // namespace

void TestCaptureFollowTshark::agrees()
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("tshark"));
    QVERIFY2(!program.isEmpty(), "tshark is missing: install it with scripts/test, or apt-get install tshark");
    bool isGiven = false;
    const auto seed = qEnvironmentVariable("SOCKEYE_SEED").toULongLong(&isGiven);
    ConversationMaker::Random random(isGiven ? seed : 1);
    std::vector<ConversationMaker> makers;
    makers.reserve(conversations);
    QStringList follow;
    for (std::size_t i = 0; i < conversations; ++i) {
        makers.emplace_back(random, static_cast<quint16>(50'000 + i), 0, ConversationMaker::Trouble::Harmless);
        follow << QStringLiteral("-z") << QStringLiteral("follow,tcp,raw,%1").arg(i);
    }
    const BlockBuilder build;
    QByteArray file = build.section() + build.interface(linkEthernet, 9);
    quint64 time = 1'700'000'000'000'000'000U;
    std::vector<std::size_t> next(conversations, 0);
    for (std::size_t left = conversations; left > 0;) {
        const std::size_t which = random() % conversations;
        if (next[which] == makers[which].packets().size()) {
            continue;
        }
        const ConversationMaker::Packet& packet = makers[which].packets()[next[which]++];
        left -= next[which] == makers[which].packets().size() ? 1 : 0;
        for (const QByteArray& ip : packet.fragments.isEmpty() ? QList<QByteArray> { packet.ip } : packet.fragments) {
            const bool ipv6 = (static_cast<quint8>(ip[0]) >> 4) == 6;
            const QByteArray frame =
                QByteArray(12, '\1') + QByteArray::fromHex(ipv6 ? "8100000586dd" : "810000050800") + ip;
            file += build.enhanced(0, time += 1'000'001, frame);
        }
    }
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("follow.pcapng"));
    QFile written(qEnvironmentVariable("SOCKEYE_KEEP", name));
    QVERIFY(written.open(QIODevice::WriteOnly) && written.write(file) == file.size());
    written.close();

    const auto reader = std::make_shared<ByteReader>();
    CaptureOptions options;
    options.protocol = rawProtocol();
    options.observer = reader;
    Capture::open(name, options)->waitUntilIdle();
    QProcess process;
    process.start(program, QStringList { QStringLiteral("-r"), name, QStringLiteral("-q") } + follow);
    QVERIFY(process.waitForFinished(100'000) && process.exitCode() == 0);
    const ByPort followed = readFollowed(process.readAllStandardOutput());
    QCOMPARE(followed.size(), conversations);
    for (const ConversationMaker& maker : makers) {
        for (const bool fromClient : { true, false }) {
            const std::size_t side = fromClient ? 0 : 1;
            const QByteArray& sent = maker.stream(fromClient).bytes;
            const QString what = QStringLiteral("port %1, %2: ")
                                     .arg(QString::number(maker.port()),
                                         fromClient ? QStringLiteral("client") : QStringLiteral("server"))
                + maker.story();
            QVERIFY2(reader->read[maker.port()].bytes[side] == sent, qPrintable(what));
            QVERIFY2(followed.at(maker.port()).bytes[side] == sent, qPrintable(u"tshark, " + what));
        }
    }
}

SOCKEYE_TEST(TestCaptureFollowTshark)
#include "tst_capture_follow_tshark.moc"
