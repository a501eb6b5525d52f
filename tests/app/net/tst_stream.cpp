// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/net/engine_rows.h"
#include "tests/app/net/refusing_port.h"
#include "tests/testcase.h"

#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <vector>

using namespace sockeye;

namespace {

class Counter final : public Stream::Owner {
public:
    void readable() override { ++reads; }
    void writable() override { ++writes; }
    std::atomic<int> reads = 0; ///< one test looks at it from another thread
    int writes = 0;
};

class Door : public Acceptor::Owner {
public:
    void accepted(std::unique_ptr<Stream> stream) override { streams.push_back(std::move(stream)); }
    void cannotAccept(FailureCode) override { }
    std::vector<std::unique_ptr<Stream>> streams;
};

/// Both ends of one connection, of the engine of the row.
class TestStream : public TestCase {
    Q_OBJECT

    /// A new connection for each test.
    void connectBoth()
    {
        const Engine& engine = engineOfRow();
        m_near = std::make_unique<Counter>();
        m_far = std::make_unique<Counter>();
        m_client = engine.newStream(m_near.get());
        Door door;
        const std::unique_ptr<Acceptor> acceptor = engine.newAcceptor(door);
        QCOMPARE(acceptor->listen({ QHostAddress(QHostAddress::LocalHost), 0 }, 50, {}), FailureCode::None);
        m_address = acceptor->address();
        QCOMPARE(m_client->connectTo(m_address, {}), FailureCode::None);
        m_client->setWriting(true);
        QTRY_VERIFY(m_near->writes > 0);
        m_client->setWriting(false);
        QCOMPARE(m_client->connectResult(), FailureCode::None);
        QTRY_COMPARE(door.streams.size(), std::size_t(1));
        m_server = std::move(door.streams.front());
        m_server->setOwner(*m_far);
    }

    Stream::Transfer readFrom(Stream& stream)
    {
        m_buffer.resize(65536);
        const Stream::Transfer transfer = stream.read(m_buffer.data(), m_buffer.size());
        m_buffer.resize(transfer.size);
        return transfer;
    }

    /// The first thing that there is to be read.
    Stream::Status nextFrom(Stream& stream)
    {
        Stream::Status status = Stream::Status::WouldBlock;
        (void)QTest::qWaitFor([&] { return (status = readFrom(stream).status) != Stream::Status::WouldBlock; });
        return status;
    }

private Q_SLOTS:
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void knowsItsAddresses_data() { addEngineRows(); }
    void knowsItsAddresses()
    {
        connectBoth();
        QCOMPARE(m_client->peer(), m_address);
        QCOMPARE(m_server->local(), m_address);
        QCOMPARE(m_server->peer(), m_client->local());
        QVERIFY(m_client->isOpen());
        QVERIFY(m_server->isOpen());
    }

    void nothingToRead_data() { addEngineRows(); }
    void nothingToRead()
    {
        connectBoth();
        QCOMPARE(readFrom(*m_server).status, Stream::Status::WouldBlock);
    }

    /// Who reads less than there is, or wants to read later, is told all the same.
    void isReadableAsLongAsThereIsSomething_data() { addEngineRows(); }
    void isReadableAsLongAsThereIsSomething()
    {
        connectBoth();
        m_server->setReading(true);
        QCOMPARE(m_client->write("abc").size, 3);
        char byte = 0;
        for (const char expected : { 'a', 'b' }) {
            const int before = m_far->reads;
            QTRY_VERIFY(m_far->reads > before);
            QCOMPARE(m_server->read(&byte, 1).size, 1);
            QCOMPARE(byte, expected);
        }
        m_server->setReading(false);
        QCoreApplication::processEvents();
        const int before = m_far->reads;
        QCoreApplication::processEvents();
        QCOMPARE(m_far->reads.load(), before);
        m_server->setReading(true);
        QTRY_VERIFY(m_far->reads > before);
        QCOMPARE(m_server->read(&byte, 1).size, 1);
        QCOMPARE(byte, 'c');
    }

    void bothDirectionsEndSeparately_data()
    {
        QTest::addColumn<QString>("engine");
        QTest::addColumn<bool>("answerArrives");
        for (const Engine* const engine : engines()) {
            const bool halfClose = engine->capabilities().halfClose;
            QTest::addRow("%s: %s", engine->id().data(),
                halfClose ? "what is owed to a peer that half-closed gets there"
                          : "a half-close ends both directions, and nothing comes back")
                << QString(engine->id()) << halfClose;
        }
    }
    void bothDirectionsEndSeparately()
    {
        QFETCH(const bool, answerArrives);
        connectBoth();
        QCOMPARE(m_client->write("ask").size, 3);
        m_client->shutdownWrite();
        m_server->setReading(true);
        QTRY_VERIFY(m_far->reads > 0);
        QCOMPARE(nextFrom(*m_server), Stream::Status::Ok);
        QCOMPARE(m_buffer, QByteArray("ask"));
        QCOMPARE(nextFrom(*m_server), Stream::Status::EndOfStream);
        if (answerArrives) {
            QCOMPARE(m_server->write("answer").size, 6);
            QCOMPARE(nextFrom(*m_client), Stream::Status::Ok);
            QCOMPARE(m_buffer, QByteArray("answer"));
        } else {
            QCOMPARE(m_server->write("answer").status, Stream::Status::Failed);
            QVERIFY(m_server->failure(Stream::Status::Failed, QStringLiteral("The peer")));
            QCOMPARE(nextFrom(*m_client), Stream::Status::EndOfStream);
        }
    }

    void resetIsNoEndOfStream_data()
    {
        QTest::addColumn<QString>("engine");
        QTest::addColumn<Stream::Status>("told");
        for (const Engine* const engine : engines()) {
            const bool tells = engine->capabilities().tellsReset;
            QTest::addRow("%s: %s", engine->id().data(), tells ? "told as a reset" : "looks like an end of stream")
                << QString(engine->id()) << (tells ? Stream::Status::Reset : Stream::Status::EndOfStream);
        }
    }
    void resetIsNoEndOfStream()
    {
        QFETCH(const Stream::Status, told);
        connectBoth();
        m_client->reset();
        QVERIFY(!m_client->isOpen());
        QCOMPARE(nextFrom(*m_server), told);
    }

    void writingToTheDeadIsNoSignal_data() { addEngineRows(); }
    void writingToTheDeadIsNoSignal()
    {
        connectBoth();
        m_client->reset();
        QTRY_VERIFY(m_server->peerIsGone());
        const bool tells = engineOfRow().capabilities().tellsReset;
        const Stream::Status expected = tells ? Stream::Status::Reset : Stream::Status::Failed;
        QCOMPARE(m_server->write("x").status, expected);
        QCOMPARE(m_server->write("x").status, expected); // no SIGPIPE
    }

    void fullMeansWouldBlock_data() { addEngineRows(); }
    void fullMeansWouldBlock()
    {
        connectBoth();
        const QByteArray much(1024 * 1024, 'x');
        qint64 written = 0;
        Stream::Transfer transfer;
        do {
            transfer = m_client->write(much);
            written += transfer.size;
        } while (transfer.status == Stream::Status::Ok && written < 1024 * 1024 * 1024);
        QCOMPARE(transfer.status, Stream::Status::WouldBlock);
        // There is room again once the peer reads.
        const int before = m_near->writes;
        m_client->setWriting(true);
        while (m_near->writes == before) {
            (void)readFrom(*m_server);
            QCoreApplication::processEvents();
        }
    }

    /// Whatever the engine holds back, closing loses none of it.
    void closingLosesNothing_data() { addEngineRows(); }
    void closingLosesNothing()
    {
        connectBoth();
        const QByteArray much(4 * 1024 * 1024, 'x');
        qint64 written = 0;
        while (written < much.size()) {
            const Stream::Transfer transfer = m_client->write(QByteArrayView(much).sliced(written));
            if (transfer.status != Stream::Status::Ok) {
                break;
            }
            written += transfer.size;
        }
        m_client->close();
        m_client.reset();
        qint64 came = 0;
        while (nextFrom(*m_server) == Stream::Status::Ok) {
            came += m_buffer.size();
        }
        QCOMPARE(came, written);
    }

    void noticesThatThePeerIsGone_data() { addEngineRows(); }
    void noticesThatThePeerIsGone()
    {
        connectBoth();
        QVERIFY(!m_server->peerIsGone());
        QCOMPARE(m_client->write("unread").size, 6);
        m_client->close();
        const bool halfClose = m_server->capabilities().halfClose;
        // Where the other direction may go on, a peer that has finished is not gone.
        QTRY_VERIFY(halfClose ? m_server->peerHasFinished() : m_server->peerIsGone());
        QCOMPARE(m_server->peerIsGone(), !halfClose);
    }

    void isCalledLaterOnce_data() { addEngineRows(); }
    void isCalledLaterOnce()
    {
        connectBoth();
        m_server->callLater();
        m_server->callLater();
        QCOMPARE(m_far->reads.load(), 0);
        QTRY_COMPARE(m_far->reads.load(), 1);
        m_server->callLater();
        m_server->close();
        QCoreApplication::processEvents();
        QCOMPARE(m_far->reads.load(), 1);
    }

    void goesOnInAnotherThread_data() { addEngineRows(); }
    void goesOnInAnotherThread()
    {
        connectBoth();
        QCOMPARE(m_client->write("over there").size, 10);
        QThread thread;
        thread.start();
        QObject there;
        there.moveToThread(&thread);
        m_server->moveTo(&thread);
        QMetaObject::invokeMethod(&there, [&] { m_server->setReading(true); });
        QTRY_VERIFY(m_far->reads > 0);
        QByteArray came(16, Qt::Uninitialized);
        QMetaObject::invokeMethod(
            &there,
            [&] {
                came.resize(m_server->read(came.data(), came.size()).size);
                m_server.reset();
            },
            Qt::BlockingQueuedConnection);
        QCOMPARE(came, QByteArray("over there"));
        QMetaObject::invokeMethod(
            &there, [&] { there.moveToThread(QCoreApplication::instance()->thread()); }, Qt::BlockingQueuedConnection);
        thread.quit();
        thread.wait();
    }

    void refused_data() { addEngineRows(); }
    void refused()
    {
        connectBoth();
        m_client->close();
        const RefusingPort taken;
        const int before = m_near->writes;
        FailureCode code = m_client->connectTo(taken.address(), {});
        if (code == FailureCode::None) {
            m_client->setWriting(true);
            QTRY_VERIFY(m_near->writes > before);
            code = m_client->connectResult();
        }
        QCOMPARE(code, FailureCode::Refused);
    }

private:
    std::unique_ptr<Counter> m_near;
    std::unique_ptr<Counter> m_far;
    std::unique_ptr<Stream> m_client;
    std::unique_ptr<Stream> m_server;
    SocketAddress m_address;
    QByteArray m_buffer;
};

} // namespace

SOCKEYE_TEST(TestStream)
#include "tst_stream.moc"
