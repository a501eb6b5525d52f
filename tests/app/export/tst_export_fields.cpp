// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/export.h"
#include "app/lines/chosen_fields.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

/// Fields that were named: a column each in a table, and nothing else in JSON Lines.
class TestExportFields : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void table();
    void lines();
    void paths();

private:
    QByteArray written(ExportFormat format, const QByteArrayList& fields);

    QTemporaryDir m_folder;
    std::shared_ptr<Capture> m_capture;
};

void TestExportFields::initTestCase()
{
    m_capture = Capture::create({});
    CaptureWriter writer(m_capture);
    writer.opened(1, factsFor(20'001));
    writer.chunk(1, Direction::In,
        jsonMessage("{\"action\": \"search\", \"value\": \"=1+1\", \"list\": [1, {\"a\": \"x,\\\"y\\\"\"}]}"));
    writer.chunk(1, Direction::Out, binaryMessage("bytes"));
    writer.note(1, u"A note"_qs);
    writer.flush();
    m_capture->waitUntilIdle();
    QCOMPARE(m_capture->messageCount(), 3);
}

QByteArray TestExportFields::written(ExportFormat format, const QByteArrayList& fields)
{
    ExportControl control;
    const QString file = m_folder.filePath(u"out"_qs);
    const RowChoice all { { { 0, m_capture->messageCount() } }, nullptr };
    const ExportResult result = exportMessages({ m_capture, all, format, file, {}, fields }, control);
    QFile out(file);
    return result.failure || !out.open(QIODevice::ReadOnly) ? QByteArray() : out.readAll();
}

void TestExportFields::table()
{
    const QByteArrayList rows =
        written(ExportFormat::Csv, { "header.content-type", "json.value", "json.list[1].a", "json.list[0]", "nothing" })
            .split('\n');
    QCOMPARE(rows.size(), 5);
    QVERIFY2(rows[0].endsWith("size,summary,\"header.content-type\",\"json.value\",\"json.list[1].a\",\"json.list[0]\","
                              "\"nothing\",hex\r"),
        rows[0].constData());
    // To a spreadsheet none of them is a formula; quotes are doubled.
    QVERIFY2(rows[1].contains("\",\"text/json\",\"'=1+1\",\"x,\"\"y\"\"\",\"1\",,00"), rows[1].constData());
    QVERIFY2(rows[2].contains("\",\"binary/"), rows[2].constData());
    QVERIFY2(rows[2].contains("\",,,,,00"), rows[2].constData());
    QVERIFY2(rows[3].endsWith("\"A note\",,,,,,\r"), rows[3].constData());
    QVERIFY(!written(ExportFormat::Csv, {}).contains("header.content-type"));
}

void TestExportFields::lines()
{
    const QByteArray found = written(ExportFormat::JsonLines, { "json.action", "json.list" });
    QVERIFY2(found.contains("\"fields\":{\"json.action\": \"search\", \"json.list\": [1, {\"a\": \"x,\\\"y\\\"\"}]}"),
        found.constData());
}

void TestExportFields::paths()
{
    QCOMPARE(pathsOf(u" a.b , c[0] "_qs).value_or(QByteArrayList()), QByteArrayList({ "a.b", "c[0]" }));
    QVERIFY(!pathsOf(u"a,,b"_qs));
    QVERIFY(!pathsOf(u"[0]"_qs));
}

SOCKEYE_TEST(TestExportFields)
#include "tst_export_fields.moc"
