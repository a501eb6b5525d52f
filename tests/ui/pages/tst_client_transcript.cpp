// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/raw/raw_protocol.h"
#include "protocol/protocols/resp/resp_protocol.h"
#include "tests/testcase.h"
#include "tests/ui/pages/client_fixture.h"

#include <QAbstractItemModelTester>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

namespace sockeye {

namespace {

TranscriptEntry replyEntry(int number)
{
    TranscriptEntry entry;
    entry.kind = TranscriptEntry::Kind::Reply;
    entry.exchange = static_cast<quint64>(number);
    entry.text = QStringLiteral("Follow the white rabbit. 🐰 日本語 %1").arg(number);
    entry.detail = QStringLiteral("148 bytes");
    entry.steps.durations = { 10'000, 20'000, -1, 5'000, 295'000, 1'000 };
    return entry;
}

} // namespace

class TestClientTranscript : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void bounded();
    void requestChangesInPlace();
    void followsUntilScrolled();
    void paintsEveryKind();
    void saysWhatWasSent();
    void steps_data();
    void steps();
};

void TestClientTranscript::bounded()
{
    TranscriptModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy appended(&model, &TranscriptModel::appended);
    for (int i = 0; i < 10; ++i) {
        model.append(replyEntry(i));
    }
    QTRY_COMPARE(model.rowCount(), 10);
    QCOMPARE(appended.size(), 1); // one batch, not ten
    QVERIFY(!model.hasDropped());
    for (int i = 10; i < 5'010; ++i) {
        model.append(replyEntry(i));
    }
    QTRY_COMPARE(model.rowCount(), static_cast<int>(TranscriptModel::maxEntries));
    QVERIFY(model.hasDropped());
    QCOMPARE(model.entry(model.rowCount() - 1).exchange, quint64(5'009));
    QCOMPARE(model.entry(0).exchange, quint64(4'010));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.hasDropped());
}

void TestClientTranscript::requestChangesInPlace()
{
    TranscriptModel model;
    auto sent = std::make_shared<SentRequest>();
    sent->request.bytes = "hello\n";
    sent->request.protocol = rawProtocol();
    sent->size = 6;
    model.append(requestEntry(1, sent, 0));
    const auto change = [](TranscriptEntry& entry) { entry.detail = QStringLiteral("changed"); };
    model.changeRequest(1, change); // not visible yet
    model.changeRequest(2, change); // nobody there
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.entry(0).text, QStringLiteral("hello"));
    QCOMPARE(model.entry(0).detail, QStringLiteral("changed"));
    QSignalSpy changed(&model, &TranscriptModel::dataChanged);
    model.changeRequest(1, [](TranscriptEntry& entry) { entry.detail.clear(); });
    QCOMPARE(changed.size(), 1);
}

void TestClientTranscript::followsUntilScrolled()
{
    TranscriptModel model;
    TranscriptView view(model);
    view.resize(400, 300);
    view.show();
    for (int i = 0; i < 50; ++i) {
        model.append(replyEntry(i));
    }
    QTRY_COMPARE(view.currentIndex().row(), 49);
    QScrollBar* bar = view.verticalScrollBar();
    QCOMPARE(bar->value(), bar->maximum());
    bar->setValue(100);
    model.append(replyEntry(50));
    QTRY_COMPARE(model.rowCount(), 51);
    QCOMPARE(bar->value(), 100);
    QCOMPARE(view.currentIndex().row(), 49);
    bar->setValue(bar->maximum());
    model.append(replyEntry(51));
    QTRY_COMPARE(model.rowCount(), 52);
    QCOMPARE(bar->value(), bar->maximum());
    QCOMPARE(view.currentIndex().row(), 51);
}

void TestClientTranscript::paintsEveryKind()
{
    TranscriptModel model;
    TranscriptView view(model);
    view.resize(400, 600);
    view.show();
    const QImage empty = view.grab().toImage();
    auto sent = std::make_shared<SentRequest>();
    sent->request.bytes = QByteArray(3000, 'x');
    sent->size = 3000;
    model.append(requestEntry(1, sent, 1));
    model.append(replyEntry(1));
    model.append(failureEntry(makeFailure(FailureCode::Refused, QStringLiteral("127.0.0.1 port 1"))));
    QTRY_COMPARE(model.rowCount(), 3);
    QVERIFY(view.grab().toImage() != empty);
    int heights = 0;
    for (int row = 0; row < 3; ++row) {
        const QRect rect = view.visualRect(model.index(row));
        QVERIFY(rect.height() > view.fontMetrics().height());
        heights += rect.height();
    }
    // A long text is cut to some lines: the rest is for the inspector.
    QVERIFY(heights < 600);
    view.resize(250, 600);
    QVERIFY(view.visualRect(model.index(1)).width() <= 250);
}

/// And not the action of a form that this protocol has not, also where it is no message.
void TestClientTranscript::saysWhatWasSent()
{
    ClientFixture fixture;
    fixture.page.setProtocol(respProtocol());
    fixture.part<QPlainTextEdit>(QStringLiteral("Text"))->setPlainText(QStringLiteral("$no length"));
    fixture.page.send();
    QTRY_VERIFY(fixture.transcript().rowCount() > 0);
    QCOMPARE(fixture.transcript().entry(0).text, QStringLiteral("$no length"));
}

void TestClientTranscript::steps_data()
{
    QTest::addColumn<Exchange>("exchange");
    QTest::addColumn<QString>("text");
    Exchange whole;
    whole.resolved = 100'000;
    whole.connected = 300'000;
    whole.sent = 350'000;
    whole.firstByte = 800'000;
    whole.whole = 1'800'000;
    QTest::newRow("whole") << whole
                           << QStringLiteral("resolve 0.10 ms · connect 0.20 ms · request 0.05 ms · "
                                             "wait 0.45 ms · reply 1.00 ms · total 1.80 ms");
    Exchange kept = whole;
    kept.reused = true;
    kept.resolved = -1;
    kept.connected = -1;
    QTest::newRow("kept") << kept << QStringLiteral("request 0.35 ms · wait 0.45 ms · reply 1.00 ms · total 1.80 ms");
    Exchange secured = whole;
    secured.secured = 320'000;
    QTest::newRow("TLS") << secured
                         << QStringLiteral("resolve 0.10 ms · connect 0.20 ms · TLS 0.02 ms · request 0.03 ms · "
                                           "wait 0.45 ms · reply 1.00 ms · total 1.80 ms");
    Exchange early = kept;
    early.sent = 1'000'000;
    QTest::newRow("a reply that does not wait for all of the request")
        << early << QStringLiteral("request 0.80 ms · wait 0.00 ms · reply 1.00 ms · total 1.80 ms");
    Exchange silent = kept;
    silent.firstByte = -1;
    silent.whole = -1;
    QTest::newRow("no reply") << silent << QStringLiteral("request 0.35 ms");
    Exchange refused;
    refused.resolved = 2'000'000;
    QTest::newRow("refused") << refused << QStringLiteral("resolve 2.00 ms");
    QTest::newRow("nothing") << Exchange() << QString();
}

void TestClientTranscript::steps()
{
    QFETCH(Exchange, exchange);
    QFETCH(QString, text);
    QCOMPARE(ExchangeSteps::of(exchange).text(), text);
}

SOCKEYE_TEST(TestClientTranscript)

} // namespace sockeye

#include "tst_client_transcript.moc"
