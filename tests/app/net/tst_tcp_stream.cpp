// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/tcp_stream.h"
#include "tests/testcase.h"

#include <QTcpServer>
#include <QTest>

#include <memory>

using namespace sockeye;

namespace {

class Counter : public TcpStream::Owner {
public:
    void readable() override { ++reads; }
    void writable() override { ++writes; }
    int reads = 0;
    int writes = 0;
};

/// Hands out the descriptors of what it accepts.
class Acceptor : public QTcpServer {
public:
    int descriptor = -1;

protected:
    void incomingConnection(qintptr accepted) override { descriptor = static_cast<int>(accepted); }
};

/// Both ends of one connection.
class TestTcpStream : public TestCase {
    Q_OBJECT

    /// A new connection for each test.
    void connectBoth()
    {
        m_near = std::make_unique<Counter>();
        m_far = std::make_unique<Counter>();
        m_client = std::make_unique<TcpStream>(*m_near);
        m_server = std::make_unique<TcpStream>(*m_far);
        Acceptor acceptor;
        QVERIFY(acceptor.listen(QHostAddress::LocalHost));
        m_address = { acceptor.serverAddress(), acceptor.serverPort() };
        QCOMPARE(m_client->connectTo(m_address), FailureCode::None);
        m_client->setWriting(true);
        QTRY_COMPARE(m_near->writes > 0, true);
        m_client->setWriting(false);
        QCOMPARE(m_client->connectResult(), FailureCode::None);
        QTRY_VERIFY(acceptor.descriptor >= 0);
        m_server->adopt(acceptor.descriptor);
    }

    TcpStream::Transfer readFrom(TcpStream& stream)
    {
        m_buffer.resize(65536);
        const TcpStream::Transfer transfer = stream.read(m_buffer.data(), m_buffer.size());
        m_buffer.resize(transfer.size);
        return transfer;
    }

    /// The first thing that there is to be read.
    TcpStream::Status nextFrom(TcpStream& stream)
    {
        TcpStream::Status status = TcpStream::Status::WouldBlock;
        (void)QTest::qWaitFor([&] { return (status = readFrom(stream).status) != TcpStream::Status::WouldBlock; });
        return status;
    }

private Q_SLOTS:
    void knowsItsAddresses()
    {
        connectBoth();
        QCOMPARE(m_client->peer(), m_address);
        QCOMPARE(m_server->local(), m_address);
        QCOMPARE(m_server->peer(), m_client->local());
    }

    void nothingToRead()
    {
        connectBoth();
        QCOMPARE(readFrom(*m_server).status, TcpStream::Status::WouldBlock);
    }

    void bothDirectionsEndSeparately()
    {
        connectBoth();
        QCOMPARE(m_client->write("ask").size, 3);
        m_client->shutdownWrite();
        m_server->setReading(true);
        QTRY_VERIFY(m_far->reads > 0);
        QCOMPARE(readFrom(*m_server).status, TcpStream::Status::Ok);
        QCOMPARE(m_buffer, QByteArray("ask"));
        QCOMPARE(nextFrom(*m_server), TcpStream::Status::EndOfStream);
        // What is owed to a peer that half-closed still gets there.
        QCOMPARE(m_server->write("answer").size, 6);
        QCOMPARE(nextFrom(*m_client), TcpStream::Status::Ok);
        QCOMPARE(m_buffer, QByteArray("answer"));
    }

    void resetIsNoEndOfStream()
    {
        connectBoth();
        m_client->reset();
        QVERIFY(!m_client->isOpen());
        QCOMPARE(nextFrom(*m_server), TcpStream::Status::Reset);
    }

    void writingToTheDeadIsNoSignal()
    {
        connectBoth();
        m_client->reset();
        QTRY_VERIFY(m_server->peerIsGone());
        QCOMPARE(m_server->write("x").status, TcpStream::Status::Reset);
        QCOMPARE(m_server->write("x").status, TcpStream::Status::Reset); // EPIPE, and no SIGPIPE
    }

    void fullMeansWouldBlock()
    {
        connectBoth();
        const QByteArray much(1024 * 1024, 'x');
        qint64 written = 0;
        TcpStream::Transfer transfer;
        do {
            transfer = m_client->write(much);
            written += transfer.size;
        } while (transfer.status == TcpStream::Status::Ok && written < 1024 * 1024 * 1024);
        QCOMPARE(transfer.status, TcpStream::Status::WouldBlock);
        // There is room again once the peer reads.
        const int before = m_near->writes;
        m_client->setWriting(true);
        while (m_near->writes == before) {
            (void)readFrom(*m_server);
            QCoreApplication::processEvents();
        }
    }

    void noticesThatThePeerIsGone()
    {
        connectBoth();
        QVERIFY(!m_server->peerIsGone());
        QCOMPARE(m_client->write("unread").size, 6);
        m_client->close();
        QTRY_VERIFY(m_server->peerIsGone());
    }

    void refused()
    {
        connectBoth();
        m_client->close();
        QTcpServer gone;
        QVERIFY(gone.listen(QHostAddress::LocalHost));
        const SocketAddress address { gone.serverAddress(), gone.serverPort() };
        gone.close();
        const int before = m_near->writes;
        FailureCode code = m_client->connectTo(address);
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
    std::unique_ptr<TcpStream> m_client;
    std::unique_ptr<TcpStream> m_server;
    SocketAddress m_address;
    QByteArray m_buffer;
};

} // namespace

SOCKEYE_TEST(TestTcpStream)
#include "tst_tcp_stream.moc"
