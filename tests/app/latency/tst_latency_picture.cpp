// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/latency/latency_reader.h"
#include "app/latency/latency_words.h"
#include "app/words/latency_text.h"
#include "tests/app/reading/capture_help.h"
#include "tests/app/reading/wait_until_idle.h"
#include "tests/testcase.h"

#include <QTest>

#include <random>

namespace sockeye {

namespace {

constexpr qint64 oneMillisecond = 1'000'000;

bool yes()
{
    return true;
}

/// The replies of a capture, found as slowly as one likes: the n-th message of each connection's server answers the
/// n-th of its client.
std::vector<LatencyPoint> repliesOf(const Capture& capture, quint32 connection)
{
    std::map<quint32, QList<qint64>> waiting;
    std::vector<LatencyPoint> replies;
    for (qsizetype row = 0; row < capture.messageCount(); ++row) {
        const MessageRecord record = capture.message(row);
        if (record.kind != RecordKind::Message || (connection != 0 && record.connection != connection)) {
            continue;
        }
        if (record.direction == Direction::In) {
            waiting[record.connection].append(record.time);
        } else if (!waiting[record.connection].isEmpty()) {
            replies.push_back({ record.time, record.time - waiting[record.connection].takeFirst(), row });
        }
    }
    return replies;
}

} // namespace

class TestLatencyPicture : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void findsSilences_data();
    void findsSilences();
    void keepsTheLongestSilences();
    void drawsEachReply();
    void drawsWhatIsSeen();
    void drawsOneConnection();
    void drawsErrors();
    void livesWithNothing();
    void givesUpItsPicture();
    void saysWhatItComesTo_data();
    void saysWhatItComesTo();

private:
    std::shared_ptr<Capture> exchanges(int count, int connections);
};

/// Requests and replies on as many connections.
std::shared_ptr<Capture> TestLatencyPicture::exchanges(int count, int connections)
{
    std::shared_ptr<Capture> capture = Capture::create({});
    CaptureWriter writer(capture);
    for (int i = 1; i <= connections; ++i) {
        writer.opened(static_cast<quint32>(i), factsFor(static_cast<quint16>(40'000 + i)));
    }
    for (int i = 0; i < count; ++i) {
        const auto connection = static_cast<quint32>(i % connections + 1);
        writer.chunk(connection, Direction::In, jsonMessage("[1]"));
        writer.chunk(connection, Direction::Out, jsonMessage("[2]"));
    }
    writer.flush();
    waitUntilIdle(*capture);
    return capture;
}

void TestLatencyPicture::findsSilences_data()
{
    QTest::addColumn<QList<qint64>>("times"); // milliseconds
    QTest::addColumn<double>("factor");
    QTest::addColumn<QList<qint64>>("gaps"); // begin and end of each
    QTest::newRow("nothing") << QList<qint64>() << 20.0 << QList<qint64>();
    QTest::newRow("one") << QList<qint64> { 5 } << 20.0 << QList<qint64>();
    QTest::newRow("even") << QList<qint64> { 0, 20, 40, 60 } << 20.0 << QList<qint64>();
    QTest::newRow("one silence") << QList<qint64> { 0, 1, 2, 3, 103, 104 } << 20.0 << QList<qint64> { 3, 103 };
    QTest::newRow("not long enough") << QList<qint64> { 0, 1, 2, 3, 103, 104 } << 200.0 << QList<qint64>();
    QTest::newRow("too short to be one") << QList<qint64> { 0, 0, 0, 0, 9, 9 } << 20.0 << QList<qint64>();
    QTest::newRow("two") << QList<qint64> { 0, 1, 2, 52, 53, 54, 154, 155 } << 20.0 << QList<qint64> { 2, 52, 54, 154 };
    QTest::newRow("a clock that was set back")
        << QList<qint64> { 0, 1, 2, 3, 2, 1, 4, 5, 105 } << 20.0 << QList<qint64> { 5, 105 };
}

void TestLatencyPicture::findsSilences()
{
    QFETCH(QList<qint64>, times);
    QFETCH(double, factor);
    QFETCH(QList<qint64>, gaps);
    IdleGapFinder finder;
    for (const qint64 time : times) {
        finder.add(time * oneMillisecond);
    }
    QList<qint64> found;
    for (const IdleGap& gap : finder.find(factor, 0, 1000 * oneMillisecond).gaps) {
        found += { gap.begin / oneMillisecond, gap.end / oneMillisecond };
    }
    QCOMPARE(found, gaps);
}

void TestLatencyPicture::keepsTheLongestSilences()
{
    IdleGapFinder finder;
    std::mt19937 random(1);
    std::vector<qint64> lengths;
    qint64 time = 0;
    for (int i = 0; i < 5000; ++i) {
        for (int k = 0; k < 2; ++k) {
            finder.add(time += 1000);
        }
        lengths.push_back(20 * oneMillisecond + static_cast<qint64>(random() % 1'000'000'000));
        finder.add(time += lengths.back());
    }
    const IdleGaps idle = finder.find(2, 0, time);
    QCOMPARE(idle.gaps.size(), mostIdleGaps);
    QVERIFY(idle.hasMore);
    std::sort(lengths.rbegin(), lengths.rend());
    std::vector<qint64> kept;
    for (std::size_t i = 0; i < idle.gaps.size(); ++i) {
        kept.push_back(idle.gaps[i].length());
        QVERIFY(i == 0 || idle.gaps[i - 1].end <= idle.gaps[i].begin);
    }
    std::sort(kept.rbegin(), kept.rend());
    lengths.resize(kept.size());
    QVERIFY(kept == lengths);
    QVERIFY(finder.find(2, 0, 1).gaps.size() <= 1); // only what touches it
}

void TestLatencyPicture::drawsEachReply()
{
    const std::shared_ptr<Capture> capture = exchanges(500, 3);
    LatencyReader reader(capture);
    LatencyRequest request;
    for (const int columns : { 1, 7, 100, 100'000 }) {
        request.columns = columns;
        const auto picture = reader.picture(request, yes);
        QVERIFY(picture);
        const std::vector<LatencyPoint> replies = repliesOf(*capture, 0);
        QCOMPARE(replies.size(), 500U);
        QCOMPARE(picture->latencies.count(), 500U);
        QVERIFY(picture->columns.size() <= static_cast<std::size_t>(columns));
        QCOMPARE(picture->rows, 1000);
        qint64 count = 0;
        const double span = std::max<double>(1, static_cast<double>(picture->end - picture->begin));
        for (const LatencyColumn& column : picture->columns) {
            count += column.count;
            // All of those in the same column of pixels.
            const auto placeOf = [&](qint64 time) {
                return std::min(
                    columns - 1, static_cast<int>(static_cast<double>(time - picture->begin) / span * columns));
            };
            qint64 shortest = -1;
            qint64 longest = -1;
            for (const LatencyPoint& reply : replies) {
                if (placeOf(reply.time) == placeOf(column.longest.time)) {
                    shortest = shortest < 0 ? reply.latency : std::min(shortest, reply.latency);
                    longest = std::max(longest, reply.latency);
                }
            }
            QCOMPARE(column.shortest.latency, shortest);
            QCOMPARE(column.longest.latency, longest);
            QCOMPARE(capture->message(column.longest.row).time, column.longest.time);
            QCOMPARE(reader.latency(column.longest.row), std::optional(longest));
        }
        QCOMPARE(count, 500);
    }
}

void TestLatencyPicture::drawsWhatIsSeen()
{
    const std::shared_ptr<Capture> capture = exchanges(200, 1);
    LatencyReader reader(capture);
    LatencyRequest request;
    request.columns = 50;
    request.begin = capture->message(101).time;
    request.end = capture->message(200).time;
    const auto picture = reader.picture(request, yes);
    QVERIFY(picture);
    QCOMPARE(picture->first, capture->message(0).time);
    QCOMPARE(picture->last, capture->message(399).time);
    QCOMPARE(picture->begin, request.begin);
    const std::vector<LatencyPoint> replies = repliesOf(*capture, 0);
    QCOMPARE(static_cast<std::ptrdiff_t>(picture->latencies.count()),
        std::count_if(replies.begin(), replies.end(),
            [&](const LatencyPoint& reply) { return reply.time >= request.begin && reply.time <= request.end; }));
}

void TestLatencyPicture::drawsOneConnection()
{
    const std::shared_ptr<Capture> capture = exchanges(90, 3);
    LatencyReader reader(capture);
    LatencyRequest request;
    request.connection = 2;
    const auto picture = reader.picture(request, yes);
    QVERIFY(picture);
    QCOMPARE(picture->latencies.count(), 30U);
    QCOMPARE(picture->connection, 2U);
    QCOMPARE(capture->message(picture->columns.front().longest.row).connection, 2U);
    QCOMPARE(picture->first, capture->message(2).time);
}

void TestLatencyPicture::drawsErrors()
{
    const std::shared_ptr<Capture> capture = exchanges(3, 1);
    CaptureWriter writer(capture);
    writer.note(1, QStringLiteral("nothing happened"));
    writer.error(1, QLatin1StringView("timed-out"), QStringLiteral("No reply."));
    writer.flush();
    waitUntilIdle(*capture);
    LatencyReader reader(capture);
    const auto picture = reader.picture({}, yes);
    QVERIFY(picture);
    QCOMPARE(picture->errorCount, 1);
    QCOMPARE(picture->errors.size(), 1U);
    QCOMPARE(capture->message(picture->errors.front().row).kind, RecordKind::Error);
    QVERIFY(latencySentence(*picture).contains(u"of 3 replies. One error."));
}

void TestLatencyPicture::livesWithNothing()
{
    LatencyReader reader(Capture::create({}));
    const auto picture = reader.picture({}, yes);
    QVERIFY(picture);
    QVERIFY(picture->last < picture->first);
    QVERIFY(picture->columns.empty());
    QCOMPARE(latencySentence(*picture), QStringLiteral("No reply is seen."));
}

void TestLatencyPicture::givesUpItsPicture()
{
    LatencyReader reader(exchanges(10, 1));
    QVERIFY(!reader.picture({}, [] { return false; }));
}

void TestLatencyPicture::saysWhatItComesTo_data()
{
    QTest::addColumn<int>("replies");
    QTest::addColumn<int>("errors");
    QTest::addColumn<int>("gaps");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("one reply") << 1 << 0 << 0 << QStringLiteral("One reply, after 1.00 ms.");
    QTest::newRow("replies and errors") << 1001 << 2 << 0
                                        << QStringLiteral("Median %1, 95th percentile %2, longest 1.00 s of 1,001 "
                                                          "replies. 2 errors.");
    QTest::newRow("a silence") << 1 << 0 << 1
                               << QStringLiteral("One reply, after 1.00 ms. One silence of 2.00 s; usual are 50.0 ms "
                                                 "from one to the next.");
    QTest::newRow("silences") << 1 << 1 << 2
                              << QStringLiteral("One reply, after 1.00 ms. One error. 2 silences of over 1.00 s, the "
                                                "longest 3.00 s; usual are 50.0 ms from one to the next.");
}

void TestLatencyPicture::saysWhatItComesTo()
{
    QFETCH(int, replies);
    QFETCH(int, errors);
    QFETCH(int, gaps);
    QFETCH(QString, sentence);
    LatencyPicture picture;
    for (int i = 0; i < replies; ++i) {
        picture.latencies.add(i == 0 ? oneMillisecond : i * oneMillisecond);
    }
    picture.errorCount = errors;
    picture.idle.usual = 50 * oneMillisecond;
    picture.idle.threshold = 1000 * oneMillisecond;
    for (int i = 0; i < gaps; ++i) {
        picture.idle.gaps.push_back({ 0, (2000 + 1000 * i) * oneMillisecond });
    }
    if (sentence.contains(u"%1")) {
        sentence = sentence.arg(
            latencyText(picture.latencies.percentile(0.5)), latencyText(picture.latencies.percentile(0.95)));
    }
    QCOMPARE(latencySentence(picture), sentence);
}

SOCKEYE_TEST(TestLatencyPicture)

} // namespace sockeye

#include "tst_latency_picture.moc"
