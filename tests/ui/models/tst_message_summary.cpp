// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/testcase.h"
#include "tests/ui/models/capture_fixture.h"
#include "ui/messages/message_summary.h"

#include <QTest>

namespace sockeye {

class TestMessageSummary : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void ofBytes_data();
    void ofBytes();
    void readsOnlyTheBeginning();
    void readsALongHeaderWhole();
    void everyCutOfAMessageIsFine();
};

void TestMessageSummary::ofBytes_data()
{
    QTest::addColumn<ProtocolPtr>("protocol");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<MessageKind>("kind");
    QTest::addColumn<QString>("holds");

    QByteArray text;
    appendMessage(text, "text/plain", "utf-8", ByteOrder::Big, "two\nlines");
    using enum MessageKind;
    QTest::newRow("search") << appProtocol() << CaptureFixture::search(QStringLiteral("🐶")) << Json
                            << QStringLiteral("🐶");
    QTest::newRow("binary") << appProtocol() << CaptureFixture::binary("\x01\x02") << Binary
                            << QStringLiteral("binary");
    QTest::newRow("text content") << appProtocol() << text << Text << QString();
    QTest::newRow("not a message") << appProtocol() << QByteArray("\0\0", 2) << Binary << QStringLiteral("00 00");
    QTest::newRow("no bytes") << appProtocol() << QByteArray() << Binary << QStringLiteral("empty");
    QTest::newRow("raw text") << rawProtocol() << QByteArray("a\tb\x7f") << Text << QStringLiteral("a\\tb\\x7f");
    QTest::newRow("raw cut character") << rawProtocol() << QByteArray("ab\xe2\x82") << Text << QStringLiteral("ab");
    QTest::newRow("raw bytes") << rawProtocol() << QByteArray("\xff\x00", 2) << Binary << QStringLiteral("ff 00");
    QTest::newRow("line") << linesProtocol() << QByteArray("hello\r\n") << Text << QStringLiteral("hello");
    QTest::newRow("empty line") << linesProtocol() << QByteArray("\n") << Text << QStringLiteral("empty line");
    QTest::newRow("text that turns") << rawProtocol() << QStringLiteral("a\u202eb").toUtf8() << Text
                                     << QStringLiteral("a\\u202eb");
}

void TestMessageSummary::ofBytes()
{
    QFETCH(ProtocolPtr, protocol);
    QFETCH(QByteArray, bytes);
    QFETCH(MessageKind, kind);
    QFETCH(QString, holds);
    const MessageSummary summary = protocol->summary(bytes, bytes.size());
    QCOMPARE(summary.kind, kind);
    QVERIFY2(summary.text.contains(holds), qPrintable(summary.text));
    for (const QChar c : summary.text) {
        QVERIFY(c.unicode() >= 0x20);
    }
}

void TestMessageSummary::readsOnlyTheBeginning()
{
    CaptureFixture fixture;
    fixture.open(1);
    fixture.in(1, CaptureFixture::search(QString(1'000'000, u'x')));
    fixture.in(1, CaptureFixture::binary(QByteArray(1'000'000, '\1')));
    fixture.settle();
    const MessageSummary json = summarize(*fixture.capture, fixture.capture->message(0));
    QCOMPARE(json.kind, MessageKind::Json);
    QVERIFY2(json.text.startsWith(QStringLiteral("JSON 1,000,0")), qPrintable(json.text));
    QVERIFY(json.text.contains(QStringLiteral("xxx")));
    QVERIFY(json.text.size() < 300);
    const MessageSummary binary = summarize(*fixture.capture, fixture.capture->message(1));
    QCOMPARE(binary.kind, MessageKind::Binary);
    QVERIFY2(binary.text.contains(QStringLiteral("1,000,000 bytes: 01 01")), qPrintable(binary.text));
}

void TestMessageSummary::readsALongHeaderWhole()
{
    QByteArray header = encodeHeader("text/json", "utf-8", ByteOrder::Little, 17);
    header.insert(header.size() - 1, ", \"more\": \"" + QByteArray(5000, 'm') + "\"");
    QByteArray message;
    message.append(char(header.size() >> 8)).append(char(header.size() & 0xff)).append(header);
    message.append("{\"result\": \"yes\"}");
    CaptureFixture fixture;
    fixture.open(1);
    fixture.in(1, message);
    fixture.settle();
    QCOMPARE(fixture.capture->message(0).kind, RecordKind::Message);
    const MessageSummary summary = summarize(*fixture.capture, fixture.capture->message(0));
    QCOMPARE(summary.kind, MessageKind::Json);
    QVERIFY2(summary.text.contains(QStringLiteral("yes")), qPrintable(summary.text));
}

void TestMessageSummary::everyCutOfAMessageIsFine()
{
    const QByteArray whole = CaptureFixture::search(QStringLiteral("Straße 🐰"));
    for (qsizetype size = 0; size <= whole.size(); ++size) {
        for (const ProtocolPtr& protocol : { appProtocol(), rawProtocol(), linesProtocol() }) {
            QVERIFY(!protocol->summary(whole.first(size), whole.size()).text.isNull());
        }
    }
}

SOCKEYE_TEST(TestMessageSummary)

} // namespace sockeye

#include "tst_message_summary.moc"
