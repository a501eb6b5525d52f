// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/native/native_engine.h"
#include "tests/testcase.h"

#include <QTest>

#include <array>
#include <memory>
#include <vector>

#include <sys/resource.h>

using namespace sockeye;

namespace {

class Nobody : public Stream::Owner {
public:
    void readable() override { }
    void writable() override { ++writables; }
    int writables = 0;
};

class Gate : public Acceptor::Owner {
public:
    void accepted(std::unique_ptr<Stream> stream) override { streams.push_back(std::move(stream)); }
    void cannotAccept(FailureCode) override { }
    std::vector<std::unique_ptr<Stream>> streams;
};

/// While it lives no descriptor can be had.
class NoDescriptors {
public:
    NoDescriptors()
    {
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        const rlimit none { 0, m_before.rlim_max };
        ::setrlimit(RLIMIT_NOFILE, &none);
    }
    ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &m_before); }
    NoDescriptors(const NoDescriptors&) = delete;
    NoDescriptors& operator=(const NoDescriptors&) = delete;

private:
    rlimit m_before {};
};

/// Two connections, between whose near ends bytes pass: sender → source, sink → receiver.
class TestPasser : public TestCase {
    Q_OBJECT

    void connectBoth(std::unique_ptr<Stream>& client, std::unique_ptr<Stream>& server)
    {
        Gate gate;
        const std::unique_ptr<Acceptor> acceptor = nativeEngine().newAcceptor(gate);
        QCOMPARE(acceptor->listen({ QHostAddress(QHostAddress::LocalHost), 0 }, 50, {}), FailureCode::None);
        client = nativeEngine().newStream(&m_owner);
        QCOMPARE(client->connectTo(acceptor->address(), {}), FailureCode::None);
        client->setWriting(true);
        const int before = m_owner.writables;
        QTRY_VERIFY(m_owner.writables > before);
        client->setWriting(false);
        QTRY_COMPARE(gate.streams.size(), std::size_t(1));
        server = std::move(gate.streams.front());
        server->setOwner(m_owner);
    }

    Passed passWhatComes()
    {
        Passed passed;
        (void)QTest::qWaitFor([&] {
            passed = m_passer->pass(*m_source, *m_sink, m_left);
            return passed.taken.status != TransferStatus::WouldBlock;
        });
        return passed;
    }

    QByteArray received(qsizetype size)
    {
        QByteArray all;
        (void)QTest::qWaitFor([&] {
            std::array<char, 65536> buffer {};
            const Transfer transfer = m_receiver->read(buffer.data(), buffer.size());
            all.append(buffer.data(), transfer.size);
            return all.size() >= size;
        });
        return all;
    }

private Q_SLOTS:
    void init() override
    {
        TestCase::init();
        m_passer = nativeEngine().newPasser();
        connectBoth(m_sender, m_source);
        connectBoth(m_sink, m_receiver);
        QVERIFY(m_passer->canPass(*m_source, *m_sink));
    }

    void bytesPass()
    {
        QCOMPARE(m_sender->write("words").size, 5);
        const Passed passed = passWhatComes();
        QCOMPARE(passed.taken.size, 5);
        QCOMPARE(passed.given.size, 5);
        QCOMPARE(received(5), "words");
        QCOMPARE(m_passer->pass(*m_source, *m_sink, m_left).taken.status, TransferStatus::WouldBlock);
    }

    /// They are given back, in order, and the next call begins anew.
    void whatThereIsNoRoomForIsLeft()
    {
        QByteArray went;
        qsizetype taken = 0;
        Passed passed;
        for (int i = 0; passed.taken.size == passed.given.size; ++i) {
            QVERIFY(i < 10'000);
            const QByteArray block(50'000, static_cast<char>('a' + i % 26));
            QCOMPARE(m_sender->write(block).size, block.size());
            went += block;
            passed = passWhatComes();
            QCOMPARE(passed.taken.status, TransferStatus::Ok);
            taken += passed.taken.size;
        }
        const qsizetype left = passed.taken.size - passed.given.size;
        QVERIFY(received(taken - left) + QByteArray(m_left.data(), left) == went.first(taken));
        QCOMPARE(m_sender->write("more").size, 4);
        went = went.sliced(taken) + "more";
        while (!went.isEmpty()) {
            passed = passWhatComes();
            QCOMPARE(passed.given.size, passed.taken.size);
            QVERIFY(received(passed.given.size) == went.first(passed.given.size));
            went = went.sliced(passed.given.size);
        }
    }

    void anEndIsTold()
    {
        m_sender->shutdownWrite();
        QCOMPARE(passWhatComes().taken.status, TransferStatus::EndOfStream);
    }

    void aResetIsTold()
    {
        m_sender->reset();
        QCOMPARE(passWhatComes().taken.status, TransferStatus::Reset);
    }

    /// As a write of it would be told: no signal comes.
    void aSinkThatIsGoneIsTold()
    {
        m_receiver->reset();
        QTRY_VERIFY(m_sink->peerIsGone());
        for (const auto& words : { "first", "again" }) {
            QCOMPARE(m_sender->write(words).size, 5);
            const Passed passed = passWhatComes();
            QCOMPARE(passed.taken.size, 5);
            QCOMPARE(passed.given.status, TransferStatus::Reset);
            QCOMPARE(passed.given.size, 0);
            QCOMPARE(QByteArray(m_left.data(), 5), words);
        }
    }

    void withoutDescriptorsNothingPasses()
    {
        const std::unique_ptr<Passer> another = nativeEngine().newPasser();
        {
            const NoDescriptors none;
            QVERIFY(!another->canPass(*m_source, *m_sink));
        }
        QVERIFY(another->canPass(*m_source, *m_sink));
    }

    void closedOnesAreNotPassedBetween()
    {
        m_sink->close();
        QVERIFY(!m_passer->canPass(*m_source, *m_sink));
    }

private:
    Nobody m_owner;
    std::unique_ptr<Passer> m_passer;
    std::unique_ptr<Stream> m_sender;
    std::unique_ptr<Stream> m_source;
    std::unique_ptr<Stream> m_sink;
    std::unique_ptr<Stream> m_receiver;
    std::vector<char> m_left = std::vector<char>(65536);
};

} // namespace

SOCKEYE_TEST(TestPasser)
#include "tst_passer.moc"
