// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/export.h"
#include "app/recording/rule_hits.h"
#include "app/recording/strike_book.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "tests/app/export/export_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

/// What a relay did to messages, in exports of some of them.
class TestExportStruck : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void pcapngKeepsRulesAndFaults();
};

void TestExportStruck::pcapngKeepsRulesAndFaults()
{
    CaptureOptions options;
    options.protocol = linesProtocol();
    const auto capture = Capture::create(options);
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40000));
    writer.chunk(1, Direction::In, "first\nsecond\nthird\n");
    writer.met(1, Direction::In, 6, QStringLiteral("the rule"));
    writer.struck(1, Direction::In, 3, 5, QStringLiteral("over the edge"));
    writer.struck(1, Direction::In, 14, 2, QStringLiteral("inside"));
    writer.closed(1, CloseKind::Orderly);
    writer.flush();
    capture->waitUntilIdle();
    ExportControl control;
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("struck.pcapng"));
    const ExportResult result =
        exportMessages({ capture, { { { 1, 3 } }, nullptr }, ExportFormat::Pcapng, file, {} }, control);
    QVERIFY2(!result.failure, qPrintable(result.failure.oneLine()));
    const auto again = Capture::open(file, options);
    again->waitUntilIdle();
    QCOMPARE(streamBytes(*again, 1, Direction::In), QByteArray("second\nthird\n"));
    QCOMPARE(again->ruleHits().find(1, Direction::In, 0), QStringLiteral("the rule"));
    QCOMPARE(again->strikes().find(1, Direction::In, 0, 2), QStringLiteral("over the edge"));
    QCOMPARE(again->strikes().find(1, Direction::In, 2, 5), QString());
    QCOMPARE(again->strikes().find(1, Direction::In, 8, 2), QStringLiteral("inside"));
}

SOCKEYE_TEST(TestExportStruck)
#include "tst_export_struck.moc"
