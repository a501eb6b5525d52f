// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lanes/lane_words.h"
#include "app/lanes/lanes_reader.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QRegularExpression>
#include <QTest>

#include <memory>

using namespace sockeye;

namespace {

/// A connection as a test writes it.
struct LanesOfCapture {
    explicit LanesOfCapture(Transport transport = Transport::Tcp)
        : capture(Capture::create({}))
        , writer(std::make_unique<CaptureWriter>(capture))
    {
        writer->opened(1, factsFor(40'000, transport));
    }
    void settle()
    {
        writer->flush();
        capture->waitUntilIdle();
    }
    [[nodiscard]] LanesPicture picture(LaneAxis axis = LaneAxis::Offset, int width = 1200) const
    {
        LanesRequest request;
        request.axis = axis;
        request.scale.width = width;
        LanesReader reader(capture, 1);
        return reader.picture(request);
    }

    std::shared_ptr<Capture> capture;
    std::unique_ptr<CaptureWriter> writer;
};

QStringList sentences(const LanesPicture& picture, LaneKind kind, Direction direction)
{
    QStringList told;
    for (const LaneBox& box : picture.of(direction).of(kind)) {
        told += laneSentence(box, kind, direction, picture.startTime);
    }
    return told;
}

} // namespace

class TestLanesReader : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void cutAtEveryByte();
    void tellsGluedReads();
    void tellsStraddlingMessages();
    void tellsOverTime();
    void tellsWhatIsNotWholeYet();
    void tellsBadMessages();
    void tellsBothDirections();
    void tellsDatagrams();
    void hasFields();
    void marksWhatWasStruck();
    void findsTheSelected();
    void takesAnyRequest_data();
    void takesAnyRequest();
    void grows();
    void byteByByte();
};

/// Two messages, cut in two at every place: how each came, and what each read carried.
void TestLanesReader::cutAtEveryByte()
{
    const QByteArray first = jsonMessage(R"({"action": "search", "value": "morpheus"})");
    const QByteArray second = binaryMessage("abc");
    const QByteArray stream = first + second;
    for (qsizetype cut = 1; cut < stream.size(); ++cut) {
        LanesOfCapture lanes;
        lanes.writer->chunk(1, Direction::In, stream.first(cut));
        lanes.writer->chunk(1, Direction::In, stream.sliced(cut));
        lanes.settle();
        const LanesPicture picture = lanes.picture();
        const auto& messages = picture.of(Direction::In).of(LaneKind::Messages);
        const auto& calls = picture.of(Direction::In).of(LaneKind::Calls);
        QCOMPARE(messages.size(), std::size_t { 2 });
        QCOMPARE(calls.size(), std::size_t { 2 });
        const bool inFirst = cut < first.size();
        const bool inSecond = cut > first.size();
        QCOMPARE(messages[0].message.calls, inFirst ? 2 : 1);
        QCOMPARE(messages[1].message.calls, inSecond ? 2 : 1);
        QCOMPARE(messages[0].message.sharesFirst, false);
        QCOMPARE(messages[0].message.sharesLast, inFirst || inSecond);
        QCOMPARE(messages[1].message.sharesFirst, inFirst || inSecond);
        QCOMPARE(messages[1].message.sharesLast, false);
        QCOMPARE(calls[0].call.whole, inFirst ? 0 : 1);
        QCOMPARE(calls[1].call.whole, inSecond ? 0 : 1);
        QCOMPARE(calls[0].call.isPart, inFirst);
        QCOMPARE(calls[1].call.isPart, inSecond);
        QCOMPARE(calls[0].call.beginsOne, inFirst || inSecond);
        QCOMPARE(calls[1].call.endsOne, inFirst || inSecond);
        QCOMPARE(messages[1].offset, first.size());
        QCOMPARE(calls[1].offset, cut);
        QCOMPARE(picture.extent.end, stream.size());
    }
}

void TestLanesReader::tellsGluedReads()
{
    LanesOfCapture lanes;
    const QByteArray message = jsonMessage("[1]");
    lanes.writer->chunk(1, Direction::In, QByteArray(message + message));
    lanes.settle();
    const LanesPicture picture = lanes.picture();
    QCOMPARE(sentences(picture, LaneKind::Messages, Direction::In),
        QStringList({ QStringLiteral("2 messages came in one read. This is number 1 of them."),
            QStringLiteral("2 messages came in one read. This is number 2 of them.") }));
    QVERIFY(sentences(picture, LaneKind::Calls, Direction::In)
                .constFirst()
                .startsWith(QStringLiteral("2 messages came in one read. ")));
    QVERIFY(picture.of(Direction::In)
                .of(LaneKind::Calls)
                .front()
                .texts.constFirst()
                .startsWith(QStringLiteral("2 messages in one read")));
}

void TestLanesReader::tellsStraddlingMessages()
{
    LanesOfCapture lanes;
    const QByteArray message = jsonMessage("[1]");
    lanes.writer->chunk(1, Direction::In, message.first(5));
    lanes.writer->chunk(1, Direction::In, message.sliced(5, 10));
    lanes.writer->chunk(1, Direction::In, message.sliced(15));
    lanes.settle();
    const QStringList told = sentences(lanes.picture(), LaneKind::Messages, Direction::In);
    QCOMPARE(told.size(), 1);
    static const QRegularExpression words(
        QStringLiteral("^This message came in 3 reads, \\S+ \\S+( to \\S+ \\S+)? apart\\.$"));
    QVERIFY2(words.match(told.constFirst()).hasMatch(), qPrintable(told.constFirst()));
}

void TestLanesReader::tellsOverTime()
{
    LanesOfCapture lanes;
    const QByteArray message = jsonMessage("[1]");
    lanes.writer->chunk(1, Direction::In, QByteArray(message + message));
    lanes.settle();
    const LanesPicture picture = lanes.picture(LaneAxis::Time);
    const auto& calls = picture.of(Direction::In).of(LaneKind::Calls);
    QCOMPARE(calls.size(), std::size_t { 1 });
    QCOMPARE(calls.front().begin, calls.front().end); // a read takes no time
    QCOMPARE(calls.front().begin, lanes.capture->message(0).time - lanes.capture->startTime());
    QCOMPARE(sentences(picture, LaneKind::Messages, Direction::In),
        QStringList({ QStringLiteral("2 messages came in one read.") }));
    QVERIFY(picture.extent.begin < calls.front().begin && picture.extent.end > calls.front().end);
}

void TestLanesReader::tellsWhatIsNotWholeYet()
{
    LanesOfCapture lanes;
    const QByteArray message = jsonMessage("[1]");
    lanes.writer->chunk(1, Direction::In, QByteArray(message + message.first(7)));
    lanes.settle();
    const LanesPicture picture = lanes.picture();
    QCOMPARE(sentences(picture, LaneKind::Messages, Direction::In).last(),
        QStringLiteral("7 bytes have come that are no whole message yet."));
    QVERIFY(sentences(picture, LaneKind::Calls, Direction::In)
                .constFirst()
                .startsWith(QStringLiteral("This read carried a whole message and the beginning of another.")));
}

void TestLanesReader::tellsBadMessages()
{
    LanesOfCapture lanes;
    lanes.writer->chunk(1, Direction::In, QByteArrayLiteral("\x00\x05hello and more"));
    lanes.settle();
    const LanesPicture picture = lanes.picture();
    const auto& messages = picture.of(Direction::In).of(LaneKind::Messages);
    QVERIFY(!messages.empty());
    QVERIFY(messages.front().isBad);
    QVERIFY(sentences(picture, LaneKind::Messages, Direction::In)
                .constFirst()
                .contains(lanes.capture->text(lanes.capture->message(0).text)));
}

void TestLanesReader::tellsBothDirections()
{
    LanesOfCapture lanes;
    const QByteArray message = jsonMessage("[1]");
    lanes.writer->chunk(1, Direction::In, message);
    lanes.writer->chunk(1, Direction::Out, message.first(4));
    lanes.writer->chunk(1, Direction::Out, message.sliced(4));
    lanes.writer->opened(2, factsFor(40'001));
    lanes.writer->chunk(2, Direction::In, QByteArray(message + message));
    lanes.settle();
    const LanesPicture picture = lanes.picture();
    QCOMPARE(sentences(picture, LaneKind::Messages, Direction::In),
        QStringList { QStringLiteral("This message came in one read of its own.") });
    QVERIFY(sentences(picture, LaneKind::Messages, Direction::Out)
                .constFirst()
                .startsWith(QStringLiteral("This message went out in 2 writes, ")));
    QCOMPARE(picture.of(Direction::In).messages, 1); // those of the other connection are not among them
    QCOMPARE(picture.of(Direction::Out).size, message.size());
}

void TestLanesReader::tellsDatagrams()
{
    LanesOfCapture lanes(Transport::Udp);
    lanes.writer->chunk(1, Direction::In, "one");
    lanes.writer->chunk(1, Direction::In, {});
    lanes.writer->chunk(1, Direction::In, "three");
    lanes.settle();
    const LanesPicture picture = lanes.picture();
    QCOMPARE(picture.of(Direction::In).messages, 3);
    QCOMPARE(sentences(picture, LaneKind::Messages, Direction::In).constFirst(),
        QStringLiteral("This message came in one read of its own."));
    QCOMPARE(picture.of(Direction::In).of(LaneKind::Calls).size(), std::size_t { 2 });
}

void TestLanesReader::marksWhatWasStruck()
{
    const QByteArray message = jsonMessage(R"({"action": "search", "value": "morpheus"})");
    LanesOfCapture lanes;
    lanes.writer->chunk(1, Direction::In, message);
    lanes.writer->chunk(1, Direction::In, message);
    lanes.writer->struck(1, Direction::In, message.size(), message.size(), QStringLiteral("set"));
    lanes.writer->struck(1, Direction::In, message.size() + 2, 1, QStringLiteral("corrupt"));
    lanes.settle();
    const LanesPicture picture = lanes.picture();
    const std::vector<LaneStrike>& strikes = picture.of(Direction::In).strikes;
    QCOMPARE(strikes.size(), std::size_t { 2 });
    QCOMPARE(strikes[0].name, QStringLiteral("set"));
    QCOMPARE(strikes[0].begin, message.size());
    QCOMPARE(strikes[0].end, 2 * message.size());
    QCOMPARE(strikes[1].begin, message.size() + 2);
    QVERIFY(picture.of(Direction::Out).strikes.empty());
    for (const LaneKind kind : { LaneKind::Messages, LaneKind::Calls }) {
        const QStringList told = sentences(picture, kind, Direction::In);
        QVERIFY2(!told[0].contains(u"Faults"), qPrintable(told[0]));
        QVERIFY2(told[1].endsWith(u"Faults have struck it: set, corrupt."), qPrintable(told[1]));
    }
    const LanesPicture overTime = lanes.picture(LaneAxis::Time);
    const std::vector<LaneStrike>& timed = overTime.of(Direction::In).strikes;
    QCOMPARE(timed.size(), std::size_t { 2 });
    QCOMPARE(timed[1].begin, timed[0].begin); // both are in the second read
    QVERIFY(timed[0].begin > overTime.extent.begin && timed[0].begin < overTime.extent.end);
    LanesRequest first;
    first.all = false;
    first.scale = { 0, message.size() / 2, 800 };
    QVERIFY(LanesReader(lanes.capture, 1).picture(first).of(Direction::In).strikes.empty());
}

void TestLanesReader::hasFields()
{
    LanesOfCapture lanes;
    const QByteArray message = jsonMessage("[1]");
    lanes.writer->chunk(1, Direction::In, message);
    lanes.settle();
    const LanesPicture picture = lanes.picture();
    const auto& fields = picture.of(Direction::In).of(LaneKind::Fields);
    QVERIFY(fields.size() > 3);
    qint64 end = 0;
    for (const LaneBox& field : fields) {
        QCOMPARE(field.begin, end); // they cover each byte once
        QCOMPARE(field.row, 0);
        end = field.end;
    }
    QCOMPARE(end, message.size());
    QCOMPARE(fields.front().texts.isEmpty(), false);
    QVERIFY(!lanes.picture(LaneAxis::Time).of(Direction::In).of(LaneKind::Fields).empty());
    // A picture of one pixel has no room for any.
    QVERIFY(lanes.picture(LaneAxis::Offset, 1).of(Direction::In).of(LaneKind::Fields).empty());
}

void TestLanesReader::findsTheSelected()
{
    LanesOfCapture lanes;
    const QByteArray message = jsonMessage("[1]");
    lanes.writer->chunk(1, Direction::In, message);
    lanes.writer->chunk(1, Direction::Out, message);
    lanes.settle();
    LanesReader reader(lanes.capture, 1);
    LanesRequest request;
    request.scale = { 0, 4, 100 };
    request.all = false;
    request.selected = 1;
    const LanesPicture picture = reader.picture(request);
    QVERIFY(picture.selected);
    QCOMPARE(picture.selectedDirection, Direction::Out);
    QCOMPARE(picture.selected->end, message.size());
    for (const qsizetype none : { qsizetype { -1 }, qsizetype { 77 } }) {
        request.selected = none;
        QVERIFY(!reader.picture(request).selected);
    }
}

void TestLanesReader::takesAnyRequest_data()
{
    QTest::addColumn<LaneScale>("scale");
    QTest::addColumn<bool>("all");
    QTest::addRow("wrong way round") << LaneScale { 50, 2, 100 } << false;
    QTest::addRow("no width") << LaneScale { 0, 50, 0 } << false;
    QTest::addRow("negative width") << LaneScale { 0, 50, -7 } << true;
    QTest::addRow("far behind the end") << LaneScale { qint64 { 1 } << 61, (qint64 { 1 } << 61) + 10, 100 } << false;
    QTest::addRow("before the beginning") << LaneScale { -1000, -900, 100 } << false;
}

void TestLanesReader::takesAnyRequest()
{
    QFETCH(const LaneScale, scale);
    QFETCH(const bool, all);
    LanesOfCapture lanes;
    LanesReader reader(lanes.capture, 1);
    LanesReader ofAny(lanes.capture, 0);
    for (int round = 0; round < 2; ++round) { // of an empty capture first
        for (const LaneAxis axis : { LaneAxis::Offset, LaneAxis::Time }) {
            LanesRequest request;
            request.axis = axis;
            request.scale = scale;
            request.all = all;
            const LanesPicture picture = reader.picture(request);
            QVERIFY(picture.scale.to > picture.scale.from);
            QVERIFY(picture.scale.width >= 1);
            QCOMPARE(ofAny.picture(request).connection, round == 0 ? 0U : 1U);
        }
        lanes.writer->chunk(1, Direction::In, jsonMessage("[1]"));
        lanes.settle();
    }
}

void TestLanesReader::grows()
{
    LanesOfCapture lanes;
    LanesReader reader(lanes.capture, 0);
    LanesRequest request;
    request.scale.width = 800;
    QCOMPARE(reader.picture(request).connection, 0U);
    const QByteArray message = jsonMessage("[1]");
    for (int count = 1; count <= 50; ++count) {
        lanes.writer->chunk(1, Direction::In, message);
        lanes.settle();
        const LanesPicture picture = reader.picture(request);
        QCOMPARE(picture.of(Direction::In).messages, count);
        QCOMPARE(picture.extent.end, message.size() * count);
        QCOMPARE(picture.progress, 1.0);
    }
}

/// A large message in a read for each of its bytes.
void TestLanesReader::byteByByte()
{
    LanesOfCapture lanes;
    const QByteArray message = binaryMessage(noise(20'000));
    for (const char byte : message) {
        lanes.writer->chunk(1, Direction::In, { &byte, 1 });
    }
    lanes.settle();
    const LanesPicture picture = lanes.picture();
    const auto& messages = picture.of(Direction::In).of(LaneKind::Messages);
    QCOMPARE(messages.size(), std::size_t { 1 });
    QCOMPARE(messages.front().message.calls, message.size());
    QVERIFY(sentences(picture, LaneKind::Messages, Direction::In).constFirst().contains(QStringLiteral(", within ")));
    qsizetype calls = 0;
    for (const LaneBox& box : picture.of(Direction::In).of(LaneKind::Calls)) {
        calls += box.count;
    }
    QCOMPARE(calls, message.size());
}

SOCKEYE_TEST(TestLanesReader)
#include "tst_lanes_reader.moc"
