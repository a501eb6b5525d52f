// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kaitai/kaitai_help.h"
#include "protocol/composer/fields_draft.h"
#include "protocol/protocols/described/described_protocol.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

/// A message of a described protocol while it is being written, field by field.
class TestFieldsDraft : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void beginsWithAMessage();
    void computes();
    void lies();
    void repeats();
    void followsTheSwitch();
    void takesAMessage_data();
    void takesAMessage();
    void refusesWhatIsNone();
    void saysWhatIsWrong();
};

namespace {

const char* const letter = R"(
meta: {id: letter, endian: be}
seq:
  - {id: kind, type: u1, enum: kinds}
  - {id: urgent, type: b1}
  - {id: level, type: b7}
  - {id: count, type: u1}
  - {id: items, type: item, repeat: expr, repeat-expr: count}
  - id: body
    type:
      switch-on: kind
      cases:
        kinds::text: text
        kinds::point: point
  - {id: sum, type: u1, -checksum: {algorithm: sum-8, from: kind, to: body}}
types:
  item:
    seq:
      - {id: size, type: u1}
      - {id: data, size: size}
  text:
    seq:
      - {id: length, type: u2}
      - {id: words, type: str, size: length, encoding: UTF-8}
  point:
    seq:
      - {id: x, type: s2}
      - {id: y, type: s2}
enums:
  kinds: {1: text, 2: point}
)";

FieldsDraft draft()
{
    const auto description = kaitai::loaded(letter);
    return FieldsDraft(std::make_shared<const DescribedProtocol>(u"letter.ksy"_qs, description), Sender::Client);
}

QByteArrayList paths(const FieldsDraft& draft)
{
    QByteArrayList out;
    for (const FieldsDraft::Row& row : draft.rows()) {
        out.append(row.path);
    }
    return out;
}

QString valueAt(const FieldsDraft& draft, const QByteArray& path)
{
    for (const FieldsDraft::Row& row : draft.rows()) {
        if (row.path == path) {
            return row.value;
        }
    }
    return u"(none)"_qs;
}

QByteArray made(const FieldsDraft& draft)
{
    return draft.bytes() ? draft.bytes()->toHex(' ') : QByteArray("! " + draft.bytes().error().toUtf8());
}

} // namespace

/// Nothing was typed yet, and there is something to send.
void TestFieldsDraft::beginsWithAMessage()
{
    const FieldsDraft empty = draft();
    QCOMPARE(paths(empty),
        (QByteArrayList { "kind", "urgent", "level", "count", "items", "body", "body.length", "body.words", "sum" }));
    QCOMPARE(made(empty), "01 00 00 00 00 01");
    QCOMPARE(valueAt(empty, "kind"), u"text"_qs);
    QCOMPARE(valueAt(empty, "sum"), u"1"_qs);
}

void TestFieldsDraft::computes()
{
    FieldsDraft message = draft();
    message.set("body.words", u"hé"_qs);
    message.set("urgent", u"true"_qs);
    QCOMPARE(made(message), "01 80 00 00 03 68 c3 a9 58");
    QCOMPARE(valueAt(message, "body.length"), u"3"_qs);
    message.unset("body.words");
    QCOMPARE(made(message), "01 80 00 00 00 81");
}

/// What is set goes out, right or wrong.
void TestFieldsDraft::lies()
{
    FieldsDraft message = draft();
    message.set("sum", u"0x55"_qs);
    QCOMPARE(made(message), "01 00 00 00 00 55");
    QVERIFY(std::any_of(message.rows().cbegin(), message.rows().cend(),
        [](const FieldsDraft::Row& row) { return row.path == "sum" && row.isSet; }));
    message.unset("sum");
    QCOMPARE(made(message), "01 00 00 00 00 01");
}

void TestFieldsDraft::repeats()
{
    FieldsDraft message = draft();
    message.set("items", u"2"_qs);
    message.set("items[1].data", u"aa bb"_qs);
    QCOMPARE(made(message), "01 00 02 00 02 aa bb 00 00 6a");
    QCOMPARE(valueAt(message, "count"), u"2"_qs);
    QCOMPARE(valueAt(message, "items[1].size"), u"2"_qs);
    message.set("items", u"1"_qs);
    QCOMPARE(made(message), "01 00 01 00 00 00 02");
    message.set("items", u"2"_qs); // what was set of it is gone
    QCOMPARE(made(message), "01 00 02 00 00 00 00 03");
    message.set("items", u"-5"_qs);
    QCOMPARE(valueAt(message, "items"), u"0"_qs);
}

void TestFieldsDraft::followsTheSwitch()
{
    FieldsDraft message = draft();
    for (const QString& kind : { u"point"_qs, u"2"_qs, u"0x02"_qs }) {
        message.set("kind", kind);
        QVERIFY(paths(message).contains("body.x"));
        QVERIFY(!paths(message).contains("body.words"));
    }
    message.set("body.y", u"-1"_qs);
    QCOMPARE(made(message), "02 00 00 00 00 ff ff 00");
    message.set("kind", u"text"_qs);
    QVERIFY(paths(message).contains("body.words"));
    QCOMPARE(made(message), "01 00 00 00 00 01");
}

void TestFieldsDraft::takesAMessage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray::fromHex("01 80 00 0003 68c3a9 58");
    QTest::newRow("elements") << QByteArray::fromHex("01 00 02 00 02aabb 0000 6a");
    QTest::newRow("the other kind") << QByteArray::fromHex("02 05 00 0001 ffff 06");
    QTest::newRow("a checksum that lies") << QByteArray::fromHex("02 05 00 0001 ffff 99");
}

void TestFieldsDraft::takesAMessage()
{
    QFETCH(QByteArray, bytes);
    FieldsDraft message = draft();
    QVERIFY(message.take(bytes));
    QCOMPARE(made(message), bytes.toHex(' '));
    // And goes on from there.
    message.set("level", u"7"_qs);
    QVERIFY(message.bytes());
    QVERIFY(*message.bytes() != bytes);
}

void TestFieldsDraft::refusesWhatIsNone()
{
    FieldsDraft message = draft();
    message.set("level", u"9"_qs);
    const QByteArray before = made(message);
    for (const QByteArray& bytes :
        { QByteArray(), QByteArray("x"), QByteArray(100, '\x01'), QByteArray(1 << 20, 'x') }) {
        QVERIFY(!message.take(bytes));
        QCOMPARE(made(message), before);
    }
}

void TestFieldsDraft::saysWhatIsWrong()
{
    FieldsDraft message = draft();
    message.set("level", u"many"_qs);
    QVERIFY(!message.bytes());
    QVERIFY2(message.bytes().error().contains(u"“level” must be a whole number"), qPrintable(message.bytes().error()));
    QCOMPARE(valueAt(message, "level"), u"many"_qs); // it stays to be mended
}

SOCKEYE_TEST(TestFieldsDraft)
#include "tst_fields_draft.moc"
