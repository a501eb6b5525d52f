// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/capture_scan.h"
#include "app/filtering/event_fields.h"
#include "app/filtering/field_sample.h"
#include "app/marks/mark_book.h"
#include "tests/testcase.h"
#include "tests/ui/models/capture_fixture.h"

#include <QTest>

#include <algorithm>

using namespace sockeye;

namespace {

using ScannedRows = std::vector<quint32>;

filter::Filter scanFilter(const QString& text)
{
    filter::Schema schema = eventSchema(*appProtocol());
    schema.hasSelection = true;
    const auto filter = filter::Filter::compile(text, schema);
    return filter ? *filter : filter::Filter();
}

class TestCaptureScan : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QString>("where");
        QTest::addColumn<ScannedRows>("rows");
        QTest::addColumn<qsizetype>("lacking");
        const auto row = [](const char* where, ScannedRows rows, qsizetype lacking = 0) {
            QTest::addRow("%s", where) << QString::fromUtf8(where) << std::move(rows) << lacking;
        };
        // 0: a search by 1, 1: its reply, binary; 2 and 3: two searches by 2 in one read; 4: an error; 5: a note;
        // 6: bytes that are no message
        row("conn == 1", { 0, 1, 4, 5 });
        row("dir == out", { 1 }, 2);
        row("kind == \"message\" && dir == in", { 0, 2, 3 });
        row("number in {1, 3..4}", { 0, 2, 3 });
        row("kind == \"error\"", { 4, 6 });
        row("error == \"reset\"", { 4 }, 5);
        row("kind == \"note\" && text contains \"Worth\"", { 5 });
        row("json.value == \"morpheus\"", { 0 }, 4);
        row("header.content-type contains \"binary\"", { 1 }, 3);
        row("content == 00:01", { 1 }, 3);
        row("bytes contains \"three\"", { 3 }, 2);
        row("glued", { 2, 3 }, 3);
        row("reads == 1", { 0, 2, 3 }, 4);
        row("peer.port == 40002", { 2, 3, 6 });
        row("peer in {127.0.0.0/8}", { 0, 1, 2, 3, 4, 5, 6 });
        row("latency >= 0", { 1 }, 6);
        row("gap >= 0", { 3 }, 6);
        row("conn == $conn && size == $size", { 2 });
        row("endpoint == \"test\"", { 0, 1, 2, 3, 4, 5, 6 });
        row("marked || note || rule || fault", {}, 7);
    }
    void finds()
    {
        QFETCH(QString, where);
        QFETCH(ScannedRows, rows);
        CaptureFixture fixture;
        fillMixed(fixture);
        const filter::Filter filter = scanFilter(where);
        QVERIFY(!filter.isEmpty());
        constexpr qsizetype selected = 2;
        CaptureScan scan(fixture.capture, filter, selected, {});
        const CaptureScan::Found found = scan.scan(fixture.capture->messageCount(), [] { return false; });
        QCOMPARE(found.rows, rows);
        QCOMPARE(found.looked, fixture.capture->messageCount());
        QTEST(found.lacking, "lacking");
        if (!asksForTimes(filter)) {
            CaptureMatcher matcher(fixture.capture, filter, selected);
            ScannedRows matched;
            for (qsizetype row = fixture.capture->messageCount() - 1; row >= 0; --row) {
                if (matcher.matches(row)) {
                    matched.insert(matched.begin(), static_cast<quint32>(row));
                }
            }
            QCOMPARE(matched, rows);
        }
    }

    void findsMarks_data()
    {
        QTest::addColumn<QString>("where");
        QTest::addColumn<ScannedRows>("rows");
        QTest::newRow("marked") << QStringLiteral("marked") << ScannedRows { 0, 3 };
        QTest::newRow("not marked") << QStringLiteral("!marked && conn == 1") << ScannedRows { 1, 4, 5 };
        QTest::newRow("note") << QStringLiteral("note") << ScannedRows { 3 };
        QTest::newRow("what it says") << QStringLiteral("note contains \"沉默\"") << ScannedRows { 3 };
    }
    void findsMarks()
    {
        QFETCH(QString, where);
        CaptureFixture fixture;
        fillMixed(fixture);
        for (const qsizetype row : { 0, 3 }) {
            const MessageRecord record = fixture.capture->message(row);
            fixture.capture->marks().set({ { record.connection, record.direction, record.offset }, record.time,
                MarkColour::Red, row == 3 ? QStringLiteral("So: 沉默.") : QString() });
        }
        CaptureScan scan(fixture.capture, scanFilter(where), -1, {});
        QTEST(scan.scan(fixture.capture->messageCount(), [] { return false; }).rows, "rows");
    }

    void piecesAreTheWhole()
    {
        CaptureFixture fixture;
        fixture.open(1);
        for (int i = 0; i < 20'000; ++i) {
            fixture.in(1, CaptureFixture::search(QString::number(i % 7)));
        }
        fixture.settle();
        const filter::Filter filter = scanFilter(QStringLiteral("json.value == \"3\" && gap >= 0"));
        CaptureScan whole(fixture.capture, filter, -1, {});
        const ScannedRows all = whole.scan(20'000, [] { return false; }).rows;
        QCOMPARE(all.size(), std::size_t(2'857));
        CaptureScan inPieces(fixture.capture, filter, -1, {});
        ScannedRows gathered;
        int pieces = 0;
        while (inPieces.looked() < 20'000) {
            std::atomic<int> left { 3 };
            const CaptureScan::Found found = inPieces.scan(20'000, [&left] { return left.fetch_sub(1) <= 0; });
            gathered.insert(gathered.end(), found.rows.cbegin(), found.rows.cend());
            QCOMPARE(found.looked, inPieces.looked());
            ++pieces;
        }
        QVERIFY(pieces > 5);
        QCOMPARE(gathered, all);
    }

    void goesOnAsTheCaptureGrows()
    {
        CaptureFixture fixture;
        fixture.open(1, true);
        fixture.out(1, CaptureFixture::search(QStringLiteral("first")));
        fixture.settle();
        CaptureScan scan(fixture.capture, scanFilter(QStringLiteral("latency >= 0")), -1, {});
        QVERIFY(scan.scan(1, [] { return false; }).rows.empty());
        fixture.in(1, CaptureFixture::binary("reply"));
        fixture.settle();
        QCOMPARE(scan.scan(2, [] { return false; }).rows, ScannedRows { 1 }); // the request is remembered
    }

    void acceptsFirst()
    {
        CaptureFixture fixture;
        fillMixed(fixture);
        CaptureScan scan(fixture.capture, scanFilter(QStringLiteral("size > 0")), -1,
            [](const MessageRecord& record) { return record.connection == 2; });
        QCOMPARE(scan.scan(7, [] { return false; }).rows, (ScannedRows { 2, 3, 6 }));
    }

    void findsWhatWasStruck()
    {
        CaptureFixture fixture;
        fixture.open(1);
        const QByteArray message = CaptureFixture::search(QStringLiteral("morpheus"));
        for (int i = 0; i < 3; ++i) {
            fixture.in(1, message);
            fixture.writer->struck(
                1, Direction::In, i * message.size(), i, QStringLiteral("cut")); // the first: no byte
        }
        fixture.writer->struck(1, Direction::In, 2 * message.size(), message.size(), QStringLiteral("latency"));
        fixture.settle();
        const auto found = [&fixture](const QString& where) {
            return CaptureScan(fixture.capture, scanFilter(where), -1, {}).scan(3, [] { return false; }).rows;
        };
        QCOMPARE(found(QStringLiteral("fault")), (ScannedRows { 1, 2 }));
        QCOMPARE(found(QStringLiteral("fault == \"cut\"")), ScannedRows { 1 });
        QCOMPARE(found(QStringLiteral("fault contains \"latency\"")), ScannedRows { 2 });
        const FieldSample sample = sampleFields(*fixture.capture, [] { return false; });
        const auto field = std::ranges::find(sample.fields, QStringLiteral("fault"), &filter::OccurringField::path);
        QVERIFY(field != sample.fields.end());
        QCOMPARE(field->values, (QStringList { QStringLiteral("\"cut\""), QStringLiteral("\"cut, latency\"") }));
    }

    void samplesWhatOccurs()
    {
        CaptureFixture fixture;
        fillMixed(fixture);
        const FieldSample sample = sampleFields(*fixture.capture, [] { return false; });
        QVERIFY(sample.isWhole);
        const auto valuesOf = [&sample](const QString& path) {
            for (const filter::OccurringField& field : sample.fields) {
                if (field.path == path) {
                    return field.values;
                }
            }
            return QStringList { QStringLiteral("none") };
        };
        QCOMPARE(valuesOf(QStringLiteral("json.value")),
            (QStringList { QStringLiteral("\"morpheus\""), QStringLiteral("\"two\""), QStringLiteral("\"three\"") }));
        QCOMPARE(
            valuesOf(QStringLiteral("peer.port")), (QStringList { QStringLiteral("40001"), QStringLiteral("40002") }));
        QVERIFY(valuesOf(QStringLiteral("header.content-type")).size() >= 2);
        QCOMPARE(valuesOf(QStringLiteral("json.nothing")), QStringList { QStringLiteral("none") });
    }

private:
    static void fillMixed(CaptureFixture& fixture)
    {
        fixture.open(1);
        fixture.open(2);
        fixture.in(1, CaptureFixture::search(QStringLiteral("morpheus")));
        fixture.out(1, CaptureFixture::binary(QByteArray("\x00\x01", 2)));
        fixture.in(2, CaptureFixture::search(QStringLiteral("two")) + CaptureFixture::search(QStringLiteral("three")));
        fixture.writer->error(1, QLatin1StringView("reset"), QStringLiteral("Reset."));
        fixture.writer->note(1, QStringLiteral("Worth knowing."));
        fixture.in(2, QByteArray("\0\0bad", 5));
        fixture.settle();
    }
};

} // namespace

SOCKEYE_TEST(TestCaptureScan)
#include "tst_capture_scan.moc"
