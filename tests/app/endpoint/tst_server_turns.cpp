// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/outbox.h"
#include "protocol/protocols/app/message.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/app/net/engine_rows.h"
#include "tests/testcase.h"

#include <QSemaphore>
#include <QTest>

using namespace sockeye;

namespace {

/// Keeps a thread busy until it goes out of scope.
class Hold {
public:
    explicit Hold(QThread* thread)
    {
        m_context.moveToThread(thread);
        QMetaObject::invokeMethod(&m_context, [this] {
            m_entered.release();
            m_leave.acquire();
            m_left.release();
        });
        m_entered.acquire();
    }
    ~Hold()
    {
        m_leave.release();
        m_left.acquire();
    }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

private:
    QObject m_context;
    QSemaphore m_entered;
    QSemaphore m_leave;
    QSemaphore m_left;
};

/// What a server does in one turn of its thread, with requests of several peers ready at once.
class TestServerTurns : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 1 };

    /// A server, and peers that have had an exchange each.
    struct Setting {
        Setting(IoThreads& threads, int count)
            : server(threads, watched.capture)
        {
            QVERIFY(startAndWait(server, testOptions(true)));
            const ExchangeVector& vector = vectors().constFirst();
            for (int i = 0; i < count; ++i) {
                Peer& peer = peers.emplace_back(server.address());
                peer.send(vector.request);
                QCOMPARE(peer.readMessage(), vector.reply);
            }
            QTRY_COMPARE(chunks().count('<'), count);
            before = watched.witness->all().size();
        }
        /// The chunks of the turn: "1>" for bytes of the first peer, "<1" for bytes to it.
        [[nodiscard]] QByteArray chunks() const
        {
            QByteArrayList text;
            for (const Seen& event : watched.witness->all().sliced(before)) {
                if (event.kind == EventKind::Chunk) {
                    const QByteArray id = QByteArray::number(event.connection);
                    text.push_back(event.direction == Direction::In ? QByteArray(id + '>') : QByteArray('<' + id));
                }
            }
            return text.join(' ');
        }
        Watched watched;
        Server server;
        std::vector<Peer> peers;
        qsizetype before = 0;
    };

    [[nodiscard]] static QByteArray binaryRequest(qsizetype size)
    {
        QByteArray request;
        appendMessage(request, "binary/custom-client-binary-type", "binary", ByteOrder::Little, QByteArray(size, 'x'));
        return request;
    }

private Q_SLOTS:
    void writesWhenAllIsRead()
    {
        Setting setting(m_threads, 3);
        const ExchangeVector& vector = vectors().constFirst();
        {
            const Hold hold(m_threads.thread(0));
            for (const Peer& peer : setting.peers) {
                peer.send(vector.request);
            }
        }
        for (Peer& peer : setting.peers) {
            QCOMPARE(peer.readMessage(), vector.reply);
        }
        QTRY_COMPARE(setting.chunks(), QByteArray("1> 2> 3> <1 <2 <3"));
    }

    void doesNotKeepRepliesForALongJob()
    {
        Setting setting(m_threads, 3);
        const ExchangeVector& vector = vectors().constFirst();
        const QByteArray large = binaryRequest(40'000);
        {
            const Hold hold(m_threads.thread(0));
            setting.peers[0].send(vector.request);
            setting.peers[1].send(large);
            setting.peers[2].send(vector.request);
        }
        for (Peer& peer : setting.peers) {
            QVERIFY(!peer.readMessage().isEmpty());
        }
        QTRY_COMPARE(setting.chunks(), QByteArray("1> 2> <1 3> <2 <3"));
    }

    void holdsNoMoreThanABit()
    {
        constexpr int peers = 30;
        Setting setting(m_threads, peers);
        const ExchangeVector& vector = vectors().constFirst();
        const qsizetype requests = Outbox::maxReply / vector.reply.size();
        {
            const Hold hold(m_threads.thread(0));
            for (const Peer& peer : setting.peers) {
                peer.send(vector.request.repeated(requests));
            }
        }
        for (Peer& peer : setting.peers) {
            QCOMPARE(peer.read(vector.reply.size() * requests), vector.reply.repeated(requests));
        }
        // Replies went out before the last requests were read, but not after each.
        QTRY_COMPARE(setting.chunks().count('<'), peers);
        const QByteArray chunks = setting.chunks();
        QVERIFY2(chunks.indexOf('<') < chunks.lastIndexOf('>'), chunks.constData());
        QVERIFY2(chunks.indexOf('<') > chunks.indexOf("5>"), chunks.constData());
    }

    void onePeerIsGone()
    {
        Setting setting(m_threads, 3);
        const ExchangeVector& vector = vectors().constFirst();
        {
            const Hold hold(m_threads.thread(0));
            for (const Peer& peer : setting.peers) {
                peer.send(vector.request);
            }
            setting.peers[0].reset();
        }
        QCOMPARE(setting.peers[1].readMessage(), vector.reply);
        QCOMPARE(setting.peers[2].readMessage(), vector.reply);
        QTRY_VERIFY(setting.watched.witness->hasClosed(1));
        QCOMPARE(setting.watched.witness->of(EventKind::Closed, 1).constFirst().closeKind,
            can().tellsReset ? CloseKind::ResetByPeer : CloseKind::Failed); // else its reply is owed
        QVERIFY(!setting.watched.witness->hasClosed(2));
    }

    void stopsWithRepliesHeld_data()
    {
        QTest::addColumn<bool>("now");
        QTest::newRow("asked to end") << false;
        QTest::newRow("gone at once") << true;
    }

    void stopsWithRepliesHeld()
    {
        QFETCH(const bool, now);
        auto setting = std::make_unique<Setting>(m_threads, 3);
        const ExchangeVector& vector = vectors().constFirst();
        std::vector<Peer> peers = std::move(setting->peers);
        {
            const Hold hold(m_threads.thread(0));
            for (const Peer& peer : peers) {
                peer.send(vector.request.repeated(2));
            }
            if (!now) {
                setting->server.stop();
            }
        }
        if (now) {
            setting.reset();
        }
        for (Peer& peer : peers) {
            const QByteArray replies = peer.readToEnd();
            // Who cannot end one direction alone may close before it has read the requests, which resets the
            // connection.
            const bool mayReset = !can().halfClose && replies.isEmpty();
            QVERIFY(peer.end() == Peer::End::EndOfStream || (mayReset && peer.end() == Peer::End::Reset));
            QVERIFY(replies.isEmpty() || replies == vector.reply.repeated(2));
        }
    }
};

} // namespace

SOCKEYE_TEST(TestServerTurns)
#include "tst_server_turns.moc"
