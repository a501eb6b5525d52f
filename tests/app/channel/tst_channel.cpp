// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/channel/channel.h"
#include "app/net/engines/engines.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/app/net/engine_rows.h"
#include "tests/app/net/refusing_port.h"
#include "tests/testcase.h"

#include <QTest>

#include <array>
#include <functional>
#include <optional>

using namespace sockeye;

namespace {

constexpr qsizetype much = 16 * 1024 * 1024; ///< more than the system's buffers of both sides take

/// A channel, and what it told.
struct Told final : Channel::Owner {
    explicit Told(Recorder& recorder)
        : channel(*this, recorder, 1)
    {
    }

    void connected(FailureCode result) override { connectResult = result; }
    std::span<char> room() override { return memory; }
    void received(QByteArrayView bytes) override
    {
        in += bytes;
        if (onReceived) {
            onReceived();
        }
    }
    void drained() override { ++drainedTimes; }
    void peerFinished() override { ++ends; }
    void writable() override
    {
        ++writableTimes;
        if (onWritable) {
            onWritable();
        }
    }
    void finished() override { ++finishes; }
    void draining() override { ++drainings; }
    void lost(TransferStatus status) override { lostBy = status; }
    void ended(CloseKind kind) override { how.append(kind); }

    std::array<char, 64 * 1024> memory {};
    QByteArray in;
    std::optional<FailureCode> connectResult;
    std::optional<TransferStatus> lostBy;
    QList<CloseKind> how; ///< once at most
    int ends = 0;
    int finishes = 0;
    int drainings = 0;
    int drainedTimes = 0;
    int writableTimes = 0;
    std::function<void()> onReceived;
    std::function<void()> onWritable;
    Channel channel;
};

class TestChannel : public TestCase {
    Q_OBJECT

    /// Both ends of a connection: the channel's owner and a peer.
    struct Setting {
        Setting()
            : recorder(watched.capture)
            , told(recorder)
            , peer(connect(told, listener))
        {
            told.channel.open(true);
            told.channel.setReading(true);
        }
        static Peer connect(Told& told, const PlainListener& listener)
        {
            if (told.channel.connectTo(defaultEngine(), listener.address()) != FailureCode::None
                || !QTest::qWaitFor([&] { return told.connectResult == FailureCode::None; })) {
                qFatal("no connection to a listener of our own");
            }
            return listener.accept();
        }
        [[nodiscard]] QList<CloseKind> recordedEnds()
        {
            recorder.flush();
            watched.capture->waitUntilIdle();
            QList<CloseKind> kinds;
            for (const Seen& seen : watched.witness->of(EventKind::Closed, 1)) {
                kinds.append(seen.closeKind);
            }
            return kinds;
        }
        [[nodiscard]] bool recordedFinish(Direction direction)
        {
            recorder.flush();
            watched.capture->waitUntilIdle();
            const QList<Seen> all = watched.witness->of(EventKind::Finished, 1);
            return std::ranges::count(all, direction, &Seen::direction) == 1;
        }

        Watched watched { rawProtocol() };
        Recorder recorder;
        PlainListener listener;
        Told told;
        Peer peer;
    };

    /// What the peer reads, so many bytes or to the end, while our side is served by this thread's event loop.
    static QByteArray readAside(Peer& peer, qsizetype size = -1)
    {
        QByteArray read;
        const std::unique_ptr<QThread> reader(
            QThread::create([&] { read = size < 0 ? peer.readToEnd() : peer.read(size); }));
        reader->start();
        if (!QTest::qWaitFor([&] { return reader->isFinished(); }, 20'000)) {
            qFatal("the peer has not come to an end");
        }
        return read;
    }

    static QByteArray pattern(qsizetype size)
    {
        QByteArray bytes(size, Qt::Uninitialized);
        for (qsizetype i = 0; i < size; ++i) {
            bytes[i] = static_cast<char>(i * 31 + i / 4096);
        }
        return bytes;
    }

private Q_SLOTS:
    void carriesBothWays()
    {
        Setting setting;
        setting.peer.send("hello");
        QTRY_COMPARE(setting.told.in, QByteArray("hello"));
        setting.told.channel.send("world");
        QCOMPARE(setting.peer.read(5), QByteArray("world"));
        QCOMPARE(setting.told.channel.unsent(), 0);
        setting.recorder.flush();
        setting.watched.capture->waitUntilIdle();
        QCOMPARE(setting.watched.witness->stream(1, Direction::In), QByteArray("hello"));
        QCOMPARE(setting.watched.witness->stream(1, Direction::Out), QByteArray("world"));
    }

    /// What there is no room for waits; meanwhile nothing is read, so that a peer that only asks does not fill us up.
    void readsNothingWhileTooMuchIsUnsent()
    {
        Setting setting;
        const QByteArray bytes = pattern(much);
        setting.told.channel.send(bytes);
        QVERIFY(setting.told.channel.unsent() > Channel::highWater);
        setting.peer.send("asks");
        QTest::qWait(50);
        QVERIFY(setting.told.in.isEmpty());
        QCOMPARE(setting.peer.read(1), bytes.first(1));
        QCOMPARE(readAside(setting.peer, bytes.size() - 1), bytes.sliced(1));
        QTRY_COMPARE(setting.told.in, QByteArray("asks"));
    }

    void pausesReadingAsAsked()
    {
        Setting setting;
        setting.told.channel.setReading(false);
        setting.peer.send("x");
        QTest::qWait(20);
        QVERIFY(setting.told.in.isEmpty());
        setting.told.channel.setReading(true);
        QTRY_COMPARE(setting.told.in, QByteArray("x"));
    }

    void callsWhenThereIsRoomForMore()
    {
        Setting setting;
        setting.told.channel.send(pattern(much));
        setting.told.channel.callWhenWritable();
        QTest::qWait(20);
        QCOMPARE(setting.told.writableTimes, 0);
        qsizetype unsentThen = -1;
        setting.told.onWritable = [&] {
            unsentThen = setting.told.channel.unsent();
            setting.told.channel.closeOrderly();
        };
        QCOMPARE(readAside(setting.peer).size(), much);
        QCOMPARE(setting.told.writableTimes, 1);
        QVERIFY(unsentThen >= 0 && unsentThen <= Channel::lowWater);
    }

    /// The other way to send: what there is no room for stays with the owner.
    void leavesTheRestToItsOwner()
    {
        Setting setting;
        const QByteArray bytes = pattern(much);
        qsizetype done = 0;
        setting.told.onWritable = [&] {
            while (done < bytes.size()) {
                const qsizetype sent = setting.told.channel.write(QByteArrayView(bytes).sliced(done));
                QVERIFY(sent >= 0);
                if (sent == 0) {
                    return;
                }
                done += sent;
            }
            setting.told.channel.closeOrderly();
        };
        setting.told.onWritable();
        QVERIFY(done > 0 && done < bytes.size());
        QCOMPARE(setting.told.channel.unsent(), 0);
        QCOMPARE(readAside(setting.peer), bytes);
    }

    void finishesAfterWhatIsQueued_data()
    {
        addAbilityRow(
            can().halfClose, "the peer's direction goes on", "no half-close: nothing ends, and a note says so");
    }
    void finishesAfterWhatIsQueued()
    {
        QFETCH(const bool, able);
        Setting setting;
        const QByteArray bytes = pattern(much);
        setting.told.channel.send(bytes);
        setting.told.channel.finish();
        setting.told.channel.send("too late");
        QCOMPARE(setting.told.finishes, 0);
        if (!able) {
            setting.recorder.flush();
            setting.watched.capture->waitUntilIdle();
            QCOMPARE(setting.watched.witness->of(EventKind::Note, 1).size(), 1);
            setting.told.channel.drain(); // then both directions may end
            setting.told.channel.finish();
            QCOMPARE(readAside(setting.peer), QByteArray(bytes + "too late"));
            QCOMPARE(setting.told.finishes, 1);
            return;
        }
        QCOMPARE(readAside(setting.peer), bytes);
        QCOMPARE(setting.peer.end(), Peer::End::EndOfStream);
        QCOMPARE(setting.told.finishes, 1);
        QVERIFY(setting.recordedFinish(Direction::Out));
        // The other direction goes on.
        setting.peer.send("still");
        QTRY_COMPARE(setting.told.in, QByteArray("still"));
        QVERIFY(setting.told.how.isEmpty());
    }

    void sendsToAPeerThatHasFinished_data()
    {
        addAbilityRow(
            can().halfClose, "the answer gets there", "no half-close: the answer is lost, and the failure says why");
    }
    void sendsToAPeerThatHasFinished()
    {
        QFETCH(const bool, able);
        Setting setting;
        setting.peer.send("last");
        setting.peer.finish();
        QTRY_COMPARE(setting.told.ends, 1);
        QCOMPARE(setting.told.in, QByteArray("last"));
        QVERIFY(setting.recordedFinish(Direction::In));
        setting.told.channel.send("answer");
        setting.told.channel.closeOrderly();
        if (!able) {
            QCOMPARE(setting.told.how, QList { CloseKind::Failed });
            QCOMPARE(setting.told.channel.stream().lastFailure(), FailureCode::HalfCloseUnknown);
            return;
        }
        QCOMPARE(setting.told.how, QList { CloseKind::Orderly });
        QCOMPARE(setting.peer.readToEnd(), QByteArray("answer"));
        QCOMPARE(setting.peer.end(), Peer::End::EndOfStream);
        QCOMPARE(setting.recordedEnds(), QList { CloseKind::Orderly });
    }

    /// After our last word, what the peer still sends is recorded, and its end of stream is the end.
    void drains_data()
    {
        addAbilityRow(can().halfClose, "what still comes is recorded", "no half-close: our last word is the end");
    }
    void drains()
    {
        QFETCH(const bool, able);
        Setting setting;
        setting.told.channel.send("last words");
        setting.told.channel.closeOrderly();
        QCOMPARE(setting.told.drainings, 1);
        if (!able) {
            QTRY_COMPARE(setting.told.how, QList { CloseKind::Orderly });
            QCOMPARE(setting.peer.readToEnd(), QByteArray("last words"));
            return;
        }
        setting.peer.send("still here");
        QTRY_COMPARE(setting.told.drainedTimes, 1);
        QVERIFY(setting.told.in.isEmpty());
        QVERIFY(setting.told.how.isEmpty());
        QCOMPARE(setting.peer.readToEnd(), QByteArray("last words"));
        setting.peer.close();
        QTRY_COMPARE(setting.told.how, QList { CloseKind::Orderly });
        QCOMPARE(setting.recordedEnds(), QList { CloseKind::Orderly });
        QCOMPARE(setting.watched.witness->stream(1, Direction::In), QByteArray("still here"));
    }

    void drainsOnlySoMuch_data()
    {
        addAbilityRow(can().halfClose, "16 MiB and then a reset", "no half-close: nothing is drained");
    }
    void drainsOnlySoMuch()
    {
        QFETCH(const bool, able);
        Setting setting;
        setting.told.channel.closeOrderly();
        const QByteArray bytes(1024 * 1024, 'x');
        qint64 sent = 0;
        while (setting.told.how.isEmpty() && sent < 4 * Channel::maxDrained) {
            sent += setting.peer.sendWhatFits(bytes);
            QCoreApplication::processEvents();
        }
        if (!able) {
            QCOMPARE(setting.told.how, QList { CloseKind::Orderly });
            return;
        }
        QCOMPARE(setting.told.how, QList { CloseKind::ResetByUs });
        QVERIFY(sent >= Channel::maxDrained);
        (void)setting.peer.readToEnd();
        QCOMPARE(setting.recordedEnds(), QList { CloseKind::ResetByUs });
    }

    void isResetByThePeer_data() { addAbilityRow(can().tellsReset, "told as a reset", "looks like an end of stream"); }
    void isResetByThePeer()
    {
        QFETCH(const bool, able);
        Setting setting;
        setting.peer.reset();
        if (!able) {
            QTRY_COMPARE(setting.told.ends, 1);
            setting.told.channel.closeOrderly();
            QCOMPARE(setting.told.how, QList { CloseKind::Orderly });
            return;
        }
        QTRY_COMPARE(setting.told.how, QList { CloseKind::ResetByPeer });
        QCOMPARE(setting.told.lostBy, TransferStatus::Reset);
        QCOMPARE(setting.recordedEnds(), QList { CloseKind::ResetByPeer });
        setting.told.channel.send("nobody hears it");
        setting.told.channel.closeOrderly();
        setting.told.channel.reset();
        QCOMPARE(setting.told.how.size(), 1);
    }

    /// Nothing is lost when the peer throws the connection away after our last word.
    void isResetWhileItDrains_data()
    {
        addAbilityRow(can().tellsReset, "told as a reset", "looks like an end of stream");
    }
    void isResetWhileItDrains()
    {
        QFETCH(const bool, able);
        Setting setting;
        setting.told.channel.closeOrderly();
        setting.peer.reset();
        QTRY_COMPARE(setting.told.how, QList { able ? CloseKind::ResetByPeer : CloseKind::Orderly });
        QVERIFY(!setting.told.lostBy);
    }

    void isResetWithBytesQueued_data()
    {
        addAbilityRow(can().tellsReset, "told as a reset", "told as a failure: the bytes are lost");
    }
    void isResetWithBytesQueued()
    {
        QFETCH(const bool, able);
        Setting setting;
        setting.told.channel.send(pattern(much));
        setting.told.channel.finish();
        setting.peer.reset();
        QTRY_COMPARE(setting.told.how, QList { able ? CloseKind::ResetByPeer : CloseKind::Failed });
        QCOMPARE(setting.told.finishes, 0);
        QCOMPARE(setting.told.channel.unsent(), 0);
    }

    void resets_data() { addAbilityRow(can().sendsReset, "with a RST", "no RST: closed instead, and a note says so"); }
    void resets()
    {
        QFETCH(const bool, able);
        const CloseKind kind = able ? CloseKind::ResetByUs : CloseKind::Orderly;
        Setting setting;
        setting.told.channel.send("x");
        setting.told.channel.reset();
        QCOMPARE(setting.told.how, QList { kind });
        (void)setting.peer.readToEnd();
        QCOMPARE(setting.peer.end(), able ? Peer::End::Reset : Peer::End::EndOfStream);
        QCOMPARE(setting.recordedEnds(), QList { kind });
        QCOMPARE(setting.watched.witness->of(EventKind::Note, 1).size(), able ? 0 : 1);
    }

    /// Bytes that nobody has read would make the system send a reset.
    void readsWhatHadComeBeforeItCloses_data()
    {
        addAbilityRow(can().noticesGone, "so that no reset is sent", "as far as the engine had read by itself");
    }
    void readsWhatHadComeBeforeItCloses()
    {
        QFETCH(const bool, able);
        Setting setting;
        setting.told.channel.setReading(false);
        setting.told.channel.send("bye");
        setting.peer.send("unread");
        setting.told.channel.closeNow();
        QCOMPARE(setting.told.how, QList { CloseKind::Orderly });
        if (!able) {
            QCOMPARE(setting.peer.readToEnd(), QByteArray("bye"));
            return;
        }
        QCOMPARE(setting.peer.readToEnd(), QByteArray("bye"));
        QCOMPARE(setting.peer.end(), Peer::End::EndOfStream);
        QCOMPARE(setting.recordedEnds(), QList { CloseKind::Orderly });
        QCOMPARE(setting.watched.witness->stream(1, Direction::In), QByteArray("unread"));
    }

    void mayBeEndedInACallback()
    {
        Setting setting;
        setting.told.onReceived = [&] { setting.told.channel.reset(); };
        setting.peer.send("x");
        QTRY_COMPARE(setting.told.how, QList { can().sendsReset ? CloseKind::ResetByUs : CloseKind::Orderly });
    }

    void connects()
    {
        Recorder recorder(nullptr);
        const PlainListener listener;
        Told told(recorder);
        QCOMPARE(told.channel.connectTo(defaultEngine(), listener.address()), FailureCode::None);
        QTRY_VERIFY(told.connectResult);
        QCOMPARE(*told.connectResult, FailureCode::None);
        QVERIFY(told.channel.isOpen());
        Peer peer = listener.accept();
        told.channel.send("hello");
        QCOMPARE(peer.read(5), QByteArray("hello"));
    }

    void connectsToNobody()
    {
        Recorder recorder(nullptr);
        const RefusingPort taken;
        const SocketAddress nobody = taken.address();
        Told told(recorder);
        if (told.channel.connectTo(defaultEngine(), nobody) == FailureCode::None) {
            QTRY_VERIFY(told.connectResult);
            QCOMPARE(*told.connectResult, FailureCode::Refused);
        }
        QVERIFY(!told.channel.isOpen());
        QVERIFY(told.how.isEmpty());
    }

    void isRecordedToItsEndWhenItGoesAway()
    {
        std::shared_ptr<Witness> witness;
        {
            Setting setting;
            witness = setting.watched.witness;
            QVERIFY(setting.recordedEnds().isEmpty());
        }
        QTRY_VERIFY(witness->hasClosed(1));
    }
};

} // namespace

SOCKEYE_TEST(TestChannel)
#include "tst_channel.moc"
