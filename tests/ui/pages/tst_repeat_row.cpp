// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/words/english_plurals.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/net/refusing_port.h"
#include "tests/app/reading/wait_until_idle.h"
#include "tests/testcase.h"
#include "tests/ui/pages/client_fixture.h"
#include "tests/ui/window/heartbeat.h"
#include "ui/sending/repeat_row.h"
#include "ui/widgets/elided_label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>

namespace sockeye {

/// The same request again and again, from the client page.
class TestRepeatRow : public TestCase {
    Q_OBJECT
    EnglishPlurals m_plurals;
private Q_SLOTS:
    void initTestCase() { QCoreApplication::installTranslator(&m_plurals); }
    void isOutOfSightUntilWanted();
    void soManyTimes();
    void untilAReplyMatches();
    void stop();
    void cancel();
    void mistakeInTheFilter();
    void failuresAreCounted();
    void datagrams();
    void rawBytes();
    void otherRequestsGoBetween();
    void windowAnswersAtOneMillisecond();
    void stateComesBack();
};

namespace {

ServerOptions repeatingServer(const QString& service = QStringLiteral("app"))
{
    ServerOptions options;
    options.service = service;
    options.serviceOptions.persistent = true;
    return options;
}

void keepConnection(const ClientFixture& fixture)
{
    for (QCheckBox* const box : fixture.page.findChildren<QCheckBox*>()) {
        if (box->text() == u"&Keep connection") {
            box->setChecked(true);
        }
    }
}

/// The row of a client, set and watched.
struct Row {
    explicit Row(ClientFixture& fixture, int every = 1, int times = 0)
        : client(fixture)
    {
        fixture.part<QToolButton>(QStringLiteral("Repeat"))->setChecked(true);
        fixture.part<QLineEdit>(QStringLiteral("Value"))->setText(QStringLiteral("morpheus"));
        fixture.part<QSpinBox>(QStringLiteral("Repeat every"))->setValue(every);
        fixture.part<QSpinBox>(QStringLiteral("Repeat how often"))->setValue(times);
    }
    [[nodiscard]] QPushButton* start() const { return client.part<QPushButton>(QStringLiteral("Start repeating")); }
    [[nodiscard]] QPushButton* stop() const { return client.part<QPushButton>(QStringLiteral("Stop repeating")); }
    [[nodiscard]] QLineEdit* until() const { return client.part<QLineEdit>(QStringLiteral("Repeat until")); }
    [[nodiscard]] QString said() const
    {
        return client.page.findChild<ElidedLabel*>(QStringLiteral("repeatCounts"))->fullText();
    }
    [[nodiscard]] QString spread() const
    {
        return client.page.findChild<ElidedLabel*>(QStringLiteral("repeatSpreads"))->fullText();
    }
    const ClientFixture& client;
};

} // namespace

void TestRepeatRow::isOutOfSightUntilWanted()
{
    ClientFixture fixture;
    auto* const row = fixture.page.findChild<RepeatRow*>();
    QVERIFY(!row->isVisible());
    QTest::mouseClick(fixture.part<QToolButton>(QStringLiteral("Repeat")), Qt::LeftButton);
    QVERIFY(row->isVisible());
    QVERIFY(fixture.part<QPushButton>(QStringLiteral("Start repeating"))->isVisible());
    QVERIFY(!fixture.part<QPushButton>(QStringLiteral("Stop repeating"))->isVisible());
}

void TestRepeatRow::soManyTimes()
{
    ClientFixture fixture(repeatingServer());
    keepConnection(fixture);
    const Row row(fixture, 1, 50);
    QTest::mouseClick(row.start(), Qt::LeftButton);
    QVERIFY(!row.start()->isEnabled());
    QVERIFY(row.stop()->isVisible());
    QTRY_COMPARE(row.said(), QStringLiteral("Done. Sent 50 times: 50 answered, 0 failed."));
    QVERIFY2(row.spread().startsWith(QStringLiteral("From one to the next: ")), qPrintable(row.spread()));
    QVERIFY2(row.spread().contains(QStringLiteral("From request to reply: ")), qPrintable(row.spread()));
    QVERIFY(row.start()->isEnabled());
    waitUntilIdle(*fixture.page.capture());
    // All of them are in the table, and some of them in the transcript.
    QTRY_COMPARE(fixture.part<QTableView>(QStringLiteral("Messages"))->model()->rowCount(), 100);
    QCOMPARE(fixture.page.capture()->message(99).connection, fixture.page.capture()->message(0).connection);
    QTRY_VERIFY(fixture.transcript().rowCount() >= 2);
    QVERIFY(fixture.transcript().rowCount() < 100);
    QCOMPARE(fixture.last().text, QStringLiteral("Follow the white rabbit. 🐰"));
}

void TestRepeatRow::untilAReplyMatches()
{
    ClientFixture fixture;
    const Row row(fixture);
    row.until()->setText(QStringLiteral("json.result contains \"rabbit\""));
    QTest::mouseClick(row.start(), Qt::LeftButton);
    QTRY_COMPARE(row.said(), QStringLiteral("A reply matched. Sent 1 time: 1 answered, 0 failed."));
}

void TestRepeatRow::stop()
{
    ClientFixture fixture;
    const Row row(fixture);
    row.until()->setText(QStringLiteral("json.result == \"nothing\""));
    QTest::mouseClick(row.start(), Qt::LeftButton);
    QTRY_VERIFY(row.said().contains(QStringLiteral("answered")) && !row.said().startsWith(QStringLiteral("Sent 0")));
    QTest::mouseClick(row.stop(), Qt::LeftButton);
    QTRY_VERIFY2(row.said().startsWith(QStringLiteral("Stopped. Sent ")), qPrintable(row.said()));
    QVERIFY(row.start()->isEnabled());
    QVERIFY(!row.stop()->isVisible());
    QVERIFY(!fixture.part<QPushButton>(QStringLiteral("Cancel"))->isEnabled());
}

void TestRepeatRow::cancel()
{
    ServerOptions options;
    options.service = QStringLiteral("stall");
    ClientFixture fixture(options);
    const Row row(fixture);
    QTest::mouseClick(row.start(), Qt::LeftButton);
    auto* const cancel = fixture.part<QPushButton>(QStringLiteral("Cancel"));
    QVERIFY(cancel->isEnabled());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QTRY_VERIFY2(row.said().startsWith(QStringLiteral("Stopped.")), qPrintable(row.said()));
    QVERIFY2(row.said().endsWith(QStringLiteral("0 failed.")), qPrintable(row.said()));
    QVERIFY(!cancel->isEnabled());
}

void TestRepeatRow::mistakeInTheFilter()
{
    ClientFixture fixture;
    const Row row(fixture);
    row.until()->setText(QStringLiteral("size contains 3"));
    QVERIFY(!row.start()->isEnabled());
    fixture.page.repeat();
    QVERIFY(!row.stop()->isVisible());
    row.until()->setText(QStringLiteral("size > 3"));
    QVERIFY(row.start()->isEnabled());
}

void TestRepeatRow::failuresAreCounted()
{
    ClientFixture fixture;
    const RefusingPort nobody;
    fixture.page.setTarget(QStringLiteral("127.0.0.1"), nobody.address().port);
    const Row row(fixture, 1, 5);
    QTest::mouseClick(row.start(), Qt::LeftButton);
    QTRY_VERIFY2(row.said().startsWith(QStringLiteral("Done. Sent 0 times: 0 answered, 5 failed. The last failure: ")),
        qPrintable(row.said()));
    QTRY_VERIFY(fixture.transcript().rowCount() >= 2);
    QCOMPARE(fixture.last().kind, TranscriptEntry::Kind::Failed);
}

void TestRepeatRow::datagrams()
{
    ClientFixture fixture(repeatingServer(QStringLiteral("echo-udp")));
    fixture.page.setProtocol(rawProtocol());
    fixture.part<QComboBox>(QStringLiteral("Transport"))->setCurrentText(QStringLiteral("UDP"));
    const Row row(fixture, 1, 20);
    QTest::mouseClick(row.start(), Qt::LeftButton);
    QTRY_COMPARE(row.said(), QStringLiteral("Done. Sent 20 times: 20 answered, 0 failed."));
}

void TestRepeatRow::rawBytes()
{
    ClientFixture fixture(repeatingServer(QStringLiteral("echo")));
    fixture.page.setProtocol(rawProtocol());
    const Row row(fixture, 1, 20);
    row.until()->setText(QStringLiteral("bytes[0:2] == 6d:6f"));
    QTest::mouseClick(row.start(), Qt::LeftButton);
    QTRY_COMPARE(row.said(), QStringLiteral("A reply matched. Sent 1 time: 1 answered, 0 failed."));
}

void TestRepeatRow::otherRequestsGoBetween()
{
    ClientFixture fixture(repeatingServer());
    keepConnection(fixture);
    const Row row(fixture, 5, 40);
    QTest::mouseClick(row.start(), Qt::LeftButton);
    fixture.page.sendRequest(QStringLiteral("search"), QStringLiteral("ring"));
    QTRY_COMPARE(row.said(), QStringLiteral("Done. Sent 40 times: 40 answered, 0 failed."));
    const TranscriptModel& transcript = fixture.transcript();
    QStringList texts;
    QTRY_VERIFY(transcript.rowCount() >= 4);
    for (int i = 0; i < transcript.rowCount(); ++i) {
        texts.append(transcript.entry(i).text);
    }
    QVERIFY2(!texts.filter(QStringLiteral("ring")).isEmpty(), qPrintable(texts.join(u'\n')));
}

void TestRepeatRow::windowAnswersAtOneMillisecond()
{
#ifdef SOCKEYE_SANITIZED
    constexpr qint64 longestStall = 250;
#else
    constexpr qint64 longestStall = 50;
#endif
    const int seconds = qEnvironmentVariableIntValue("SOCKEYE_REPEAT_SECONDS") > 0
        ? qEnvironmentVariableIntValue("SOCKEYE_REPEAT_SECONDS")
        : 3;
    ClientFixture fixture(repeatingServer());
    keepConnection(fixture);
    const Row row(fixture, 1, seconds * 1000);
    const Heartbeat heartbeat;
    QTest::mouseClick(row.start(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(row.start()->isEnabled(), seconds * 10'000);
    QVERIFY(row.said().contains(QStringLiteral(" 0 failed.")));
    qInfo("%s %s The window stood still for %lld ms at most.", qPrintable(row.said()), qPrintable(row.spread()),
        static_cast<long long>(heartbeat.longestGapMs()));
    QVERIFY2(heartbeat.longestGapMs() <= longestStall, qPrintable(QString::number(heartbeat.longestGapMs())));
}

void TestRepeatRow::stateComesBack()
{
    QJsonObject state;
    {
        ClientFixture fixture;
        const Row row(fixture, 7, 8);
        row.until()->setText(QStringLiteral("size > 9"));
        state = fixture.page.saveState();
    }
    ClientFixture fixture;
    fixture.page.restore(state);
    QVERIFY(fixture.part<QToolButton>(QStringLiteral("Repeat"))->isChecked());
    QCOMPARE(fixture.part<QSpinBox>(QStringLiteral("Repeat every"))->value(), 7);
    QCOMPARE(fixture.part<QSpinBox>(QStringLiteral("Repeat how often"))->value(), 8);
    QCOMPARE(fixture.part<QLineEdit>(QStringLiteral("Repeat until"))->text(), QStringLiteral("size > 9"));
}

} // namespace sockeye

using sockeye::TestRepeatRow;
SOCKEYE_TEST(TestRepeatRow)
#include "tst_repeat_row.moc"
