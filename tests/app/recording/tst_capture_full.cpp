// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/reading/capture_help.h"
#include "tests/app/recording/full_capture.h"
#include "tests/testcase.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <sys/mman.h>

using namespace sockeye;

namespace {

/// All rows but those of the connection that filled the capture.
QStringList linesOf(const Capture& capture, bool withTimes = false)
{
    return messageLines(capture, withTimes).filter(QRegularExpression(QStringLiteral("#[^09]")));
}

QStringList linesOf(FullCapture& full, bool withTimes = false)
{
    full.finish();
    return linesOf(*full.capture, withTimes);
}

QString gapLine(QByteArrayView where, qint64 bytes)
{
    return QStringLiteral("error #1 %1+0 \"gap: %2 byte(s) left out here: they came faster than the capture could be "
                          "written.\"")
        .arg(QLatin1StringView(where), QString::number(bytes));
}

/// Bytes left out where they come faster than the capture can be written.
class TestCaptureFull : public TestCase {
    Q_OBJECT

    QTemporaryDir m_folder;
    [[nodiscard]] QString file() const
    {
        return m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction()) + QStringLiteral(".pcapng"));
    }
    [[nodiscard]] static QStringList reopened(const QString& file, bool withTimes)
    {
        const auto again = Capture::open(file);
        again->waitUntilIdle();
        return linesOf(*again, withTimes);
    }

private Q_SLOTS:
    void leavesOut()
    {
        const QByteArray message = binaryMessage("0123456789");
        const qint64 size = message.size();
        FullCapture full(file());
        full.writer->opened(1, factsFor(40'000));
        full.writer->chunk(1, Direction::In, message);
        full.writer->chunk(1, Direction::In, message.first(size - 4));
        full.stop();
        full.writer->chunk(1, Direction::In, message.last(4)); // all of this is left out
        full.writer->chunk(1, Direction::In, message);
        full.writer->chunk(1, Direction::Out, message);
        QCOMPARE(full.capture->leftOut().chunks, 3);
        QCOMPARE(full.capture->leftOut().bytes, 4 + 2 * size);
        QVERIFY(full.writer->hasUntoldGaps());
        full.goOn();
        full.writer->chunk(1, Direction::In, message);
        QVERIFY(!full.writer->hasUntoldGaps());
        full.writer->chunk(1, Direction::Out, message);
        full.writer->finished(1, Direction::In);
        full.writer->closed(1, CloseKind::Orderly);

        const QByteArray in = "in " + QByteArray::number(2 * size - 4);
        const QStringList lines = linesOf(full, true);
        const QStringList expected { QStringLiteral("message #1 in 0+%1 \"\"").arg(size),
            QStringLiteral("bad #1 in %1+%2 \"Only 6 bytes of a 10-byte content are here, then comes a gap.\"")
                .arg(QString::number(size), QString::number(size - 4)),
            gapLine(in, 4 + size), gapLine("out 0", size),
            QStringLiteral("message #1 in %1+%2 \"\"").arg(QString::number(3 * size), QString::number(size)),
            QStringLiteral("message #1 out %1+%2 \"\"").arg(QString::number(size), QString::number(size)) };
        QCOMPARE(linesOf(*full.capture), expected);
        QCOMPARE(full.capture->read(1, Direction::In, 3 * size, size), message);
        QCOMPARE(full.capture->leftOut().chunks, 3);
        // And the file tells it the same way.
        QCOMPARE(reopened(file(), true), lines);
    }

    void whatElseHappensIsKept_data()
    {
        QTest::addColumn<CloseKind>("kind");
        QTest::addColumn<ConnectionState>("state");
        QTest::newRow("orderly") << CloseKind::Orderly << ConnectionState::Closed;
        QTest::newRow("reset") << CloseKind::ResetByPeer << ConnectionState::Reset;
    }

    void whatElseHappensIsKept()
    {
        QFETCH(const CloseKind, kind);
        QFETCH(const ConnectionState, state);
        FullCapture full(file());
        full.stop();
        full.writer->opened(1, factsFor(40'000));
        full.writer->chunk(1, Direction::In, binaryMessage("0123456789"));
        full.writer->error(1, QLatin1StringView("idle"), QStringLiteral("Silent."));
        full.writer->chunk(1, Direction::Out, binaryMessage("0123456789"));
        full.writer->closed(1, kind);
        QVERIFY(!full.writer->hasUntoldGaps());
        full.goOn();
        const qint64 size = binaryMessage("0123456789").size();
        QCOMPARE(linesOf(full),
            QStringList(
                { gapLine("in 0", size), QStringLiteral("error #1 in 0+0 \"Silent.\""), gapLine("out 0", size) }));
        QCOMPARE(full.capture->connection(1)->state, state);
        QCOMPARE(reopened(file(), false), linesOf(*full.capture));
    }

    void aQuietConnectionHasItsGapToo()
    {
        FullCapture full(file());
        full.writer->opened(1, factsFor(40'000));
        full.stop();
        full.writer->chunk(1, Direction::Out, "abc");
        full.writer->flush();
        QVERIFY(full.writer->hasUntoldGaps());
        full.goOn();
        full.writer->flush();
        QVERIFY(!full.writer->hasUntoldGaps());
        QCOMPARE(linesOf(full), QStringList(gapLine("out 0", 3)));
        QCOMPARE(reopened(file(), false), QStringList(gapLine("out 0", 3)));
    }

    void datagramsThatAreThereAreWhole()
    {
        FullCapture full(file());
        full.writer->opened(1, factsFor(40'000, Transport::Udp));
        full.writer->chunk(1, Direction::In, "one");
        full.stop();
        full.writer->chunk(1, Direction::In, "two!");
        full.goOn();
        full.writer->chunk(1, Direction::In, "three");
        const QStringList expected { QStringLiteral("message #1 in 0+3 \"\""), gapLine("in 0", 4),
            QStringLiteral("message #1 in 3+5 \"\"") };
        QCOMPARE(linesOf(full), expected);
        QCOMPARE(reopened(file(), false), expected);
    }

    void gapsLargerThanSequenceNumbers()
    {
        // Nobody looks at bytes that are left out: memory that is only reserved will do.
        constexpr qint64 size = qint64 { 5 } << 30;
        void* const reserved = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        QVERIFY(reserved != MAP_FAILED);
        const QByteArray message = binaryMessage("0123456789");
        FullCapture full(file());
        full.writer->opened(1, factsFor(40'000));
        full.writer->chunk(1, Direction::In, message);
        full.stop();
        full.writer->chunk(1, Direction::In, { static_cast<const char*>(reserved), size });
        ::munmap(reserved, size);
        full.goOn();
        full.writer->chunk(1, Direction::In, message);
        full.finish();
        QCOMPARE(linesOf(*full.capture).size(), 3);
        const auto again = Capture::open(file());
        again->waitUntilIdle();
        const QStringList lines = linesOf(*again);
        QCOMPARE(lines.constLast(), linesOf(*full.capture).constLast());
        const MessageRecord last = again->message(again->messageCount() - 1);
        QCOMPARE(last.offset, message.size() + size);
        QCOMPARE(again->read(1, Direction::In, last.offset, last.size), message);
    }

    void waitsUnlessToldOtherwise()
    {
        FullCapture full(file());
        full.writer->opened(1, factsFor(40'000));
        full.stop();
        full.capture->setOverloadPolicy(OverloadPolicy::Wait);
        full.writer->chunk(1, Direction::In, binaryMessage("0123456789"));
        full.goOn();
        QCOMPARE(linesOf(full).size(), 1);
        QCOMPARE(full.capture->leftOut().chunks, 0);
        QVERIFY(linesOf(*full.capture).constFirst().startsWith(QStringLiteral("message #1 in")));
    }

    /// It neither keeps leaving out when there is room, nor loses count under load.
    void allIsThereOrCounted()
    {
        constexpr qint64 count = 300'000;
        const QByteArray message = binaryMessage(noise(500));
        CaptureOptions options;
        options.file = file();
        const auto capture = Capture::create(options);
        capture->setOverloadPolicy(OverloadPolicy::LeaveOut);
        CaptureWriter writer(capture);
        writer.opened(1, factsFor(40'000));
        for (qint64 i = 0; i < count; ++i) {
            writer.chunk(1, Direction::In, message);
        }
        writer.closed(1, CloseKind::Orderly);
        writer.flush();
        capture->waitUntilIdle();
        const LeftOut leftOut = capture->leftOut();
        QCOMPARE(leftOut.bytes, leftOut.chunks * message.size());
        QCOMPARE(capture->connection(1)->messagesIn, count - leftOut.chunks);
        QCOMPARE(capture->byteCount(), (count - leftOut.chunks) * message.size());
        QVERIFY(leftOut.chunks < count);
    }
};

} // namespace

SOCKEYE_TEST(TestCaptureFull)
#include "tst_capture_full.moc"
