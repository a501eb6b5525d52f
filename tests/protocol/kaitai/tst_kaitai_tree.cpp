// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kaitai_help.h"
#include "tests/testcase.h"

using namespace sockeye;
using namespace sockeye::kaitai;

/// Trees point at names of their descriptions, and those of records of plain numbers are made in one go.
class TestTree : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void plainRecord_data();
    void plainRecord();
    void outlivesDescriptionAndMessage();
    void plainElements_data();
    void plainElements();
};

namespace {

/// All that an item says, in one line.
QByteArray lineOf(const Tree& tree, int place)
{
    const TreeItem& item = tree.items[static_cast<std::size_t>(place)];
    QByteArrayList parts { tree.pathOf(place), item.typeName(), item.show(), scalarText(item) };
    for (const qint64 number : { qint64(item.kind), qint64(item.role), qint64(item.isNegative), qint64(item.isPartial),
             qint64(item.parent), qint64(item.end), qint64(item.index), item.offset, item.size }) {
        parts.append(QByteArray::number(number));
    }
    return parts.join('|');
}

QByteArray linesOf(const Tree& tree)
{
    QByteArrayList lines { QByteArray::number(tree.size) };
    for (std::size_t i = 0; i < tree.items.size(); ++i) {
        lines.append(lineOf(tree, static_cast<int>(i)));
    }
    for (const TreeFault& fault : tree.faults) {
        lines.append(describe(fault).toUtf8());
    }
    return lines.join('\n');
}

constexpr char numbers[] =
    "meta: {id: m, endian: be}\n-show: hex\nenums: {e: {1: one, -2: two}}\n"
    "seq: [{id: a, type: u1, enum: e}, {id: b, type: s2le, enum: e}, {id: c, type: u4, -show: time}, "
    "{id: d, type: s8}, {id: f, type: f4}, {id: g, type: f8le}, {id: h, type: s1";

} // namespace

void TestTree::plainRecord_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("small") << QByteArray("01 feff 00000001 0000000000000001 3fc00000 000000000000e03f 7f");
    QTest::newRow("negative") << QByteArray("02 0080 ffffffff ffffffffffffffff bfc00000 000000000000e0bf 80");
    QTest::newRow("no numbers") << QByteArray("ff ffff 80000000 8000000000000000 7fc00001 000000000000f0ff ff");
    QTest::newRow("more bytes") << QByteArray("01 feff 00000001 0000000000000001 3fc00000 000000000000e03f 7f aabb");
    QTest::newRow("too short") << QByteArray("01 feff 00000001 0000000000000001 3fc00000 000000000000e03f");
    QTest::newRow("nothing") << QByteArray();
}

/// The same as of a type that must be looked at field by field, because one of them is checked.
void TestTree::plainRecord()
{
    QFETCH(QByteArray, hex);
    const QByteArray message = QByteArray::fromHex(hex);
    const auto plain = loaded(numbers + QByteArray("}]"));
    const auto checked = loaded(numbers + QByteArray(", valid: {min: -128}}]"));
    QVERIFY(plain && checked);
    QCOMPARE(linesOf(plain->decode(message)), linesOf(checked->decode(message)));
    qint64 size = -1;
    qint64 checkedSize = -1;
    const auto fault = plain->faultOf(message, {}, Sender::Either, &size);
    const auto checkedFault = checked->faultOf(message, {}, Sender::Either, &checkedSize);
    QCOMPARE(fault ? describe(*fault) : QString(), checkedFault ? describe(*checkedFault) : QString());
    QCOMPARE(size, checkedSize);
}

void TestTree::outlivesDescriptionAndMessage()
{
    Tree copy;
    {
        auto description = loaded("meta: {id: m, encoding: UTF-8}\nenums: {e: {1: one}}\n"
                                  "seq: [{id: kind, type: u1, enum: e}, {id: name, type: strz}, {id: data, size: 2},\n"
                                  "  {id: hidden, size: 2, process: xor(1)}]");
        QVERIFY(description);
        QByteArray message = QByteArray::fromHex("01 616200 0102 0304");
        const Tree tree = description->decode(message);
        message.fill('z');
        copy = tree;
    }
    QCOMPARE(toJson(copy), QByteArray(R"({"kind": "one", "name": "ab", "data": "0102", "hidden": "0205"})"));
}

void TestTree::plainElements_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("all") << QByteArray("03 0001 fffe 0003 07") << QByteArray(R"({"n": 3, "a": [1, -2, 3], "z": 7})");
    QTest::newRow("none") << QByteArray("00 07") << QByteArray(R"({"n": 0, "a": [], "z": 7})");
    QTest::newRow("cut in an element") << QByteArray(
        "03 0001 ff") << QByteArray(R"({"n": 3, "a": [1]} ! a[1], byte 3: It ends too soon: there are 1 of 2 bytes.)");
}

/// An array of plain numbers, whose elements are read without asking for each.
void TestTree::plainElements()
{
    QFETCH(QByteArray, hex);
    QFETCH(QByteArray, expected);
    const auto description =
        loaded("meta: {id: m, endian: be}\nseq: [{id: n, type: u1}, {id: a, type: s2, repeat: expr, "
               "repeat-expr: n}, {id: z, type: u1}]");
    QVERIFY(description);
    QCOMPARE(decoded(*description, QByteArray::fromHex(hex)), expected);
}

SOCKEYE_TEST(TestTree)
#include "tst_kaitai_tree.moc"
