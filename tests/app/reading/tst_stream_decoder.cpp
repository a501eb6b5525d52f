// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/stream_decoder.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

class TestStreamDecoder : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void beginning_data();
    void beginning();
    void gaps_data();
    void gaps();
    void longSearchIsTold();
    void otherFramings();
};

namespace {

/// A message of 100 bytes: headers up to 92, eight bytes of content.
QByteArray message()
{
    QByteArray header = R"({"byteorder": "big", "content-type": "a", "content-encoding": "b", "content-length": 8)";
    header = header.leftJustified(89) + "}";
    return QByteArray(1, '\0') + static_cast<char>(header.size()) + header + "contents";
}

/// What the decoder makes of it, in the order of rows. Positive numbers in `steps` are bytes fed at once, negative ones
/// bytes that are missing.
QString decode(StreamDecoder& decoder, const QByteArray& stream, const QList<int>& steps)
{
    QStringList rows;
    Frames frames;
    const auto tellBad = [&rows](const std::optional<StreamDecoder::Bad>& bad) {
        if (bad) {
            const QString why = bad->error ? QString(codeName(bad->error->code)) : QStringLiteral("rest");
            rows.append(QStringLiteral("%1%2 %3+%4")
                            .arg(why, bad->gap ? QStringLiteral(" at gap") : QString(), QString::number(bad->offset),
                                QString::number(bad->size)));
        }
    };
    const auto tellFrames = [&] {
        for (const Frame& frame : std::exchange(frames, {})) {
            rows.append(
                QStringLiteral("message %1+%2").arg(QString::number(frame.offset), QString::number(frame.size)));
        }
    };
    qsizetype at = 0;
    for (const int step : steps) {
        if (step < 0) {
            const auto bad = decoder.gap(-step, frames);
            tellFrames();
            tellBad(bad);
        } else {
            const auto bad = decoder.feed(stream.sliced(at, step), frames);
            tellBad(decoder.takeSkipped());
            tellFrames();
            tellBad(bad);
        }
        at += qAbs(step);
    }
    const auto bad = decoder.finish(frames);
    tellFrames();
    tellBad(bad);
    return rows.join(QStringLiteral(", "));
}

} // namespace

void TestStreamDecoder::beginning_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("may");
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("a length alone") << QByteArray("\0\x02", 2) << false;
    QTest::newRow("shortest object") << QByteArray("\0\x02{}", 4) << true;
    QTest::newRow("cut") << QByteArray("\0\x60{", 3) << true;
    QTest::newRow("space around") << QByteArray("\0\x05 {}\r\nmore", 11) << true;
    QTest::newRow("length too small") << QByteArray("\0\x01{}", 4) << false;
    QTest::newRow("no brace") << QByteArray("\0\x04[{}]", 6) << false;
    QTest::newRow("does not close") << QByteArray("\0\x03{}xy", 6) << false;
    QTest::newRow("only space") << QByteArray("\0\x03   ", 5) << false;
    QTest::newRow("text") << QByteArray("GET / HTTP/1.1") << false;
    QTest::newRow("whole message") << message() << true;
}

void TestStreamDecoder::beginning()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, may);
    QCOMPARE(appProtocol()->mayBegin(bytes), may);
    QVERIFY(rawProtocol()->mayBegin(bytes));
}

void TestStreamDecoder::gaps_data()
{
    QTest::addColumn<bool>("midway");
    QTest::addColumn<QList<int>>("steps");
    QTest::addColumn<QString>("rows");
    const auto row = [](const char* name, bool midway, const QList<int>& steps, const char* rows) {
        QTest::newRow(name) << midway << steps << QString::fromLatin1(rows);
    };
    row("none", false, { 250, 150 }, "message 0+100, message 100+100, message 200+100, message 300+100");
    row("inside a content", false, { 195, -3, 202 },
        "message 0+100, truncated at gap 100+95, rest at gap 198+2, message 200+100, message 300+100");
    row("the end of a content", false, { 195, -5, 200 },
        "message 0+100, truncated at gap 100+95, message 200+100, message 300+100");
    row("twice in one content", false, { 93, -1, 1, -1, 304 },
        "truncated at gap 0+93, rest at gap 94+1, rest at gap 96+4, message 100+100, message 200+100, message 300+100");
    row("past a content", false, { 195, -10, 95, 100 },
        "message 0+100, truncated at gap 100+95, rest at gap 205+95, message 300+100");
    row("inside a header", false, { 110, -50, 40, 100, 100 },
        "message 0+100, truncated at gap 100+10, rest at gap 160+40, message 200+100, message 300+100");
    row("between messages", false, { 100, -100, 100, 100 }, "message 0+100, message 200+100, message 300+100");
    row("to the end", false, { 110, -290 }, "message 0+100, truncated at gap 100+10");
    row("never found again", false, { 110, -50, 40, 50 },
        "message 0+100, truncated at gap 100+10, rest at gap 160+40, truncated 200+50");
    row("begins midway", true, { -50, 50, 100, 200 },
        "rest at gap 50+50, message 100+100, message 200+100, message 300+100");
    row("begins with a message", true, { 400 }, "message 0+100, message 100+100, message 200+100, message 300+100");
}

void TestStreamDecoder::gaps()
{
    QFETCH(bool, midway);
    QFETCH(QList<int>, steps);
    QFETCH(QString, rows);
    QCOMPARE(message().size(), 100);
    const auto start = midway ? StreamDecoder::Start::Midway : StreamDecoder::Start::Seen;
    StreamDecoder decoder(appProtocol(), {}, start);
    QCOMPARE(decode(decoder, message().repeated(4), steps), rows);
}

void TestStreamDecoder::longSearchIsTold()
{
    StreamDecoder decoder(appProtocol(), {}, StreamDecoder::Start::Midway);
    // What only looks like a beginning is passed over with the rest.
    const QByteArray junk = QByteArray("\0\x03{x}", 5) + QByteArray(40'000, 'x');
    QCOMPARE(decode(decoder, junk + junk + junk + message(), { 40'005, 40'005, 40'005, 100 }),
        QStringLiteral("rest at gap 0+40005, rest at gap 40005+40005, rest at gap 80010+40005, message 120015+100"));
}

void TestStreamDecoder::otherFramings()
{
    StreamDecoder lines(linesProtocol(), {});
    QCOMPARE(decode(lines, "one\ntwo\nthree\n", { 6, -1, 7 }),
        QStringLiteral("message 0+4, message 4+2, message 7+1, message 8+6"));
    StreamDecoder raw(rawProtocol(), {}, StreamDecoder::Start::Midway);
    QCOMPARE(decode(raw, "abcdef", { 2, -2, 2 }), QStringLiteral("message 0+2, message 4+2"));
}

SOCKEYE_TEST(TestStreamDecoder)
#include "tst_stream_decoder.moc"
