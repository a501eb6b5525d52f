// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/capture_row.h"
#include "app/filtering/event_fields.h"
#include "protocol/filter/filter.h"
#include "protocol/protocols/registry.h"
#include "tests/testcase.h"
#include "tests/ui/models/capture_fixture.h"
#include "ui/filter/field_terms.h"
#include "ui/messages/message_terms.h"

#include <QTest>

namespace sockeye {

class TestFieldTerms : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void namesFields_data();
    void namesFields();
    void everyFieldOfAMessageIsTrueOfIt_data();
    void everyFieldOfAMessageIsTrueOfIt();
    void cells();
};

namespace {

InspectedMessagePtr termMessage(const ProtocolPtr& protocol, const QByteArray& bytes)
{
    auto message = std::make_shared<InspectedMessage>();
    message->annotation = annotate(protocol, bytes);
    message->protocol = protocol;
    return message;
}

ProtocolPtr termProtocol(const char* name)
{
    const auto named = protocolFromName(QString::fromLatin1(name));
    return named ? *named : nullptr;
}

} // namespace

void TestFieldTerms::namesFields_data()
{
    QTest::addColumn<QByteArray>("protocol");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("term");
    const QByteArray search = CaptureFixture::search(QStringLiteral("say \"hi\""));
    const auto row = [](const char* name, const char* protocol, const QByteArray& message, const QString& path,
                         const QString& term) {
        QTest::newRow(name) << QByteArray(protocol) << message << path << term;
    };
    row("length", "app", search, QStringLiteral("fixed header"),
        QStringLiteral("bytes[0:2] == 00:%1").arg(QString::number(static_cast<uint>(search[1]), 16)));
    row("header", "app", search, QStringLiteral("content-type"),
        QStringLiteral("header.content-type == \"text/json\""));
    row("content", "app", search, QStringLiteral("value"), QStringLiteral("json.value == \"say \\\"hi\\\"\""));
}

void TestFieldTerms::namesFields()
{
    QFETCH(QByteArray, protocol);
    QFETCH(QByteArray, message);
    QFETCH(QString, path);
    const InspectedMessagePtr shown = termMessage(termProtocol(protocol.constData()), message);
    for (int field = 0; field < static_cast<int>(shown->annotation.fields().size()); ++field) {
        // A value is called "value", as a member may be.
        const FieldKind kind = shown->annotation.fields().at(static_cast<std::size_t>(field)).kind;
        const bool isNamed = kind != FieldKind::String && kind != FieldKind::Number;
        if (isNamed && shown->annotation.label(field) == path) {
            const auto term = termOfField(*shown, field);
            QVERIFY(term);
            QTEST(QString(term->field + u" == " + term->value), "term");
            return;
        }
    }
    QFAIL("there is no such field");
}

void TestFieldTerms::everyFieldOfAMessageIsTrueOfIt_data()
{
    QTest::addColumn<QByteArray>("protocol");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("app") << QByteArray("app") << CaptureFixture::search(QStringLiteral("a\tb\\c"));
    QTest::newRow("app, binary") << QByteArray("app") << CaptureFixture::binary(QByteArray("\x00\x01\xff", 3));
    QTest::newRow("http") << QByteArray("http") << QByteArray("GET /a?b=c HTTP/1.1\r\nHost: example.org\r\n\r\n");
    QTest::newRow("resp") << QByteArray("resp") << QByteArray("*2\r\n$3\r\nGET\r\n$1\r\na\r\n");
    QTest::newRow("jsonl") << QByteArray("jsonl") << QByteArray("{\"a\": [1, {\"b c\": null}], \"d\": 1.5e3}\n");
}

void TestFieldTerms::everyFieldOfAMessageIsTrueOfIt()
{
    QFETCH(QByteArray, protocol);
    QFETCH(QByteArray, message);
    const ProtocolPtr spoken = termProtocol(protocol.constData());
    QVERIFY(spoken);
    CaptureFixture fixture(spoken);
    fixture.open(1);
    fixture.in(1, message);
    fixture.settle();
    QCOMPARE(fixture.capture->messageCount(), 1);
    CaptureRow row(*fixture.capture);
    row.setRow(0, fixture.capture->message(0));
    filter::Run run;
    const InspectedMessagePtr shown = termMessage(spokenBy(spoken, Sender::Client), message);
    int terms = 0;
    for (int field = 0; field < static_cast<int>(shown->annotation.fields().size()); ++field) {
        const auto term = termOfField(*shown, field);
        if (!term) {
            continue;
        }
        ++terms;
        const QString text = term->field + u" == " + term->value;
        const auto filter = filter::Filter::compile(text, eventSchema(*spoken));
        QVERIFY2(filter.has_value(), qPrintable(filter ? QString() : text + u": " + filter.error().text));
        QVERIFY2(filter->matches(row, run), qPrintable(text));
    }
    QVERIFY(terms >= 3);
}

void TestFieldTerms::cells()
{
    CaptureFixture fixture;
    fixture.open(3);
    fixture.in(3, CaptureFixture::search(QStringLiteral("a")));
    fixture.writer->error(3, QLatin1StringView("reset"), QStringLiteral("Reset."));
    fixture.settle();
    const auto term = [&fixture](qsizetype row, MessageColumn column) {
        const auto found = termOfCell({ fixture.capture, row, fixture.capture->message(row) }, column);
        return found ? QString(found->field + u" == " + found->value) : QString();
    };
    QCOMPARE(term(0, MessageColumn::Connection), QStringLiteral("conn == 3"));
    QCOMPARE(term(0, MessageColumn::Direction), QStringLiteral("dir == in"));
    QCOMPARE(term(0, MessageColumn::Kind), QStringLiteral("kind == \"message\""));
    QCOMPARE(term(0, MessageColumn::Summary), QString());
    QCOMPARE(term(1, MessageColumn::Summary), QStringLiteral("error == \"reset\""));
    QCOMPARE(term(1, MessageColumn::Direction), QString());
    QVERIFY(term(0, MessageColumn::Time).startsWith(QStringLiteral("time == ")));
}

SOCKEYE_TEST(TestFieldTerms)

} // namespace sockeye

#include "tst_field_terms.moc"
