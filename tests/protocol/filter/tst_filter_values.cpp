// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/address.h"
#include "protocol/filter/nearest.h"
#include "protocol/filter/value.h"
#include "tests/testcase.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace sockeye;
using filter::Order;
using filter::Value;

Q_DECLARE_METATYPE(filter::Value)
Q_DECLARE_METATYPE(filter::Order)

namespace {

class TestFilterValues : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void orders_data()
    {
        QTest::addColumn<Value>("left");
        QTest::addColumn<Value>("right");
        QTest::addColumn<Order>("expected");
        const auto row = [](const char* name, Value left, Value right, Order expected) {
            QTest::newRow(name) << left << right << expected;
        };
        constexpr qint64 least = std::numeric_limits<qint64>::min();
        constexpr qint64 most = std::numeric_limits<qint64>::max();
        row("whole", Value::number(1), Value::number(2), Order::Less);
        row("signs", Value::number(-1), Value::unsignedNumber(1), Order::Less);
        row("beyond 63 bits", Value::number(most), Value::unsignedNumber(quint64(most) + 1), Order::Less);
        row("both beyond", Value::unsignedNumber(~quint64(0)), Value::unsignedNumber(quint64(1) << 63), Order::Greater);
        row("negative and beyond", Value::number(-1), Value::unsignedNumber(~quint64(0)), Order::Less);
        row("real", Value::realNumber(0.5), Value::realNumber(0.25), Order::Greater);
        row("whole and real", Value::number(1), Value::realNumber(1.0), Order::Equal);
        row("with a fraction", Value::number(1), Value::realNumber(1.5), Order::Less);
        row("with a negative fraction", Value::number(-1), Value::realNumber(-1.5), Order::Greater);
        row("real first", Value::realNumber(1.5), Value::number(1), Order::Greater);
        row("not exact in a double", Value::number((qint64(1) << 53) + 1), Value::realNumber(std::pow(2.0, 53)),
            Order::Greater);
        row("2^63", Value::number(most), Value::realNumber(std::pow(2.0, 63)), Order::Less);
        row("-2^63", Value::number(least), Value::realNumber(-std::pow(2.0, 63)), Order::Equal);
        row("2^63 beyond", Value::unsignedNumber(quint64(1) << 63), Value::realNumber(std::pow(2.0, 63)), Order::Equal);
        row("2^64", Value::unsignedNumber(~quint64(0)), Value::realNumber(std::pow(2.0, 64)), Order::Less);
        row("beyond and small", Value::unsignedNumber(~quint64(0)), Value::realNumber(3.5), Order::Greater);
        row("infinite", Value::number(most), Value::realNumber(std::numeric_limits<double>::infinity()), Order::Less);
        row("no number", Value::number(1), Value::realNumber(std::nan("")), Order::Different);
        row("no numbers", Value::realNumber(std::nan("")), Value::realNumber(std::nan("")), Order::Different);
        row("times", Value::time(1), Value::time(2), Order::Less);
        row("time and seconds", Value::time(2'000'000'000), Value::number(2), Order::Equal);
        row("seconds and time", Value::realNumber(0.1), Value::time(100'000'000), Order::Equal);
        row("time and too many seconds", Value::time(most), Value::number(most), Order::Less);
        row("time and very negative seconds", Value::time(least), Value::realNumber(-1e300), Order::Greater);
        row("time and no number", Value::time(0), Value::realNumber(std::nan("")), Order::Different);
        row("text", Value::text("a"), Value::text("b"), Order::Less);
        row("text, shorter", Value::text("a"), Value::text("ab"), Order::Less);
        row("text, empty", Value::text(""), Value::text(""), Order::Equal);
        row("text and bytes", Value::text("a"), Value::bytes("a"), Order::Equal);
        row("bytes are not signed", Value::bytes("\x7f"), Value::bytes("\x80"), Order::Less);
        row("text and number", Value::text("1"), Value::number(1), Order::Different);
        row("truth", Value::boolean(true), Value::boolean(false), Order::Different);
        row("truth and number", Value::boolean(true), Value::number(1), Order::Different);
        row("null", Value::null(), Value::null(), Order::Equal);
        row("null and number", Value::null(), Value::number(0), Order::Different);
        row("nothing", Value(), Value(), Order::Different);
        row("lists", Value::list(1), Value::list(1), Order::Different);
        row("addresses", Value::address("\1\2\3\4"), Value::address("\1\2\3\5"), Order::Less);
        row("addresses of two families", Value::address("\1\2\3\4"), Value::address("0123456789abcdef"),
            Order::Different);
        Value network = Value::address("\x0a\x80\0\0");
        network.view = QByteArrayView("\x0a\x80\0\0", 4);
        network.bits = 9;
        row("in a network", Value::address(QByteArrayView("\x0a\xff\1\1", 4)), network, Order::Equal);
        row("in another network", Value::address(QByteArrayView("\x0a\x7f\1\1", 4)), network, Order::Less);
        row("address and text", Value::address("\1\2\3\4"), Value::text("1.2.3.4"), Order::Equal);
        row("text and address", Value::text("1.2.3.5"), Value::address("\1\2\3\4"), Order::Greater);
        row("address and other text", Value::address("\1\2\3\4"), Value::text("x"), Order::Different);
        Value named = Value::number(3);
        named.view = "three";
        row("a number's name", named, Value::text("three"), Order::Equal);
        row("a number that has a name", named, Value::number(3), Order::Equal);
        row("another name", named, Value::text("four"), Order::Greater);
    }
    void orders()
    {
        QFETCH(Value, left);
        QFETCH(Value, right);
        QFETCH(Order, expected);
        QCOMPARE(filter::order(left, right), expected);
        const Order reversed = expected == Order::Less ? Order::Greater
            : expected == Order::Greater               ? Order::Less
                                                       : expected;
        QCOMPARE(filter::order(right, left), reversed);
    }

    void addresses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QByteArray>("again");
        const auto row = [](const char* text, const char* hex, const char* again) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(hex) << QByteArray(again);
        };
        row("1.2.3.4", "01020304", "1.2.3.4");
        row("255.0.0.255", "ff0000ff", "255.0.0.255");
        row("::", "00000000000000000000000000000000", "::");
        row("::1", "00000000000000000000000000000001", "::1");
        row("1::", "00010000000000000000000000000000", "1::");
        row("fe80::1%eth0", "fe800000000000000000000000000001", "fe80::1");
        row("2001:db8::a:0:0:b", "20010db800000000000a00000000000b", "2001:db8::a:0:0:b");
        row("1:2:3:4:5:6:7:8", "00010002000300040005000600070008", "1:2:3:4:5:6:7:8");
        row("1:0:3:4:5:6:7:8", "00010000000300040005000600070008", "1:0:3:4:5:6:7:8");
        row("::ffff:1.2.3.4", "01020304", "1.2.3.4");
        row("64:ff9b::1.2.3.4", "0064ff9b000000000000000001020304", "64:ff9b::102:304");
        row("ABCD:ef::", "abcd00ef000000000000000000000000", "abcd:ef::");
        for (const char* const text : { "", ".", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.", "1..2.3",
                 "1.2.3.4 ", ":", ":::", "1:", ":1", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
                 "12345::", "g::", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", "1::2:3:4:5:6:7:8" }) {
            QTest::addRow("none: %s", text) << QByteArray(text) << QByteArray() << QByteArray();
        }
    }
    void addresses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, hex);
        QFETCH(QByteArray, again);
        const auto address = filter::addressFrom(text);
        QCOMPARE(address ? address->view().toByteArray().toHex() : QByteArray(), hex);
        if (address) {
            QCOMPARE(filter::addressText(address->view()), again);
        }
    }

    void nearestNames_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("expected");
        QTest::newRow("left out") << QStringLiteral("heder") << QStringLiteral("header");
        QTest::newRow("put in") << QStringLiteral("sizze") << QStringLiteral("size");
        QTest::newRow("changed") << QStringLiteral("sise") << QStringLiteral("size");
        QTest::newRow("swapped") << QStringLiteral("szie") << QStringLiteral("size");
        QTest::newRow("case") << QStringLiteral("Size") << QStringLiteral("size");
        QTest::newRow("the nearer one") << QStringLiteral("tims") << QStringLiteral("time");
        QTest::newRow("the beginning of it") << QStringLiteral("trans") << QStringLiteral("transport");
        QTest::newRow("far") << QStringLiteral("elephant") << QString();
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("very long") << QString(100'000, u'x') << QString();
    }
    void nearestNames()
    {
        QFETCH(QString, word);
        QFETCH(QString, expected);
        QCOMPARE(filter::nearest(word,
                     { QStringLiteral("time"), QStringLiteral("size"), QStringLiteral("header"),
                         QStringLiteral("transport") }),
            expected);
    }
};

} // namespace

SOCKEYE_TEST(TestFilterValues)
#include "tst_filter_values.moc"
