// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/values/value_readings.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

class TestValueReadings : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void readings_data();
    void readings();
    void noBytesNoReadings();
    void looksAtFewBytesOnly();
    void whatFitsComesFirst_data();
    void whatFitsComesFirst();
};

namespace {

QByteArray hex(const char* digits)
{
    return QByteArray::fromHex(digits);
}

const ValueReading* find(const std::vector<ValueReading>& readings, const QString& name)
{
    for (const ValueReading& reading : readings) {
        if (reading.name == name) {
            return &reading;
        }
    }
    return nullptr;
}

} // namespace

void TestValueReadings::readings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qint64>("selected");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("little");
    QTest::addColumn<QString>("big");
    QTest::addColumn<bool>("available");

    const auto row = [](const char* tag, const QByteArray& bytes, const char* name, const QString& little,
                         const QString& big, bool available = true, qint64 selected = 1) {
        QTest::newRow(tag) << bytes << selected << QString::fromUtf8(name) << little << big << available;
    };
    const auto u = [](const char* text) { return QString::fromUtf8(text); };
    row("uint8", hex("ff"), "uint8", u("255"), {});
    row("int8", hex("ff"), "int8", u("-1"), {});
    row("uint16", hex("0067"), "uint16", u("26368"), u("103"));
    row("int16", hex("ff80"), "int16", u("-32513"), u("-128"));
    row("uint32", hex("0074cbb1"), "uint32", u("2982900736"), u("7654321"));
    row("int32", hex("ff8b344f"), "int32", u("1328843775"), u("-7654321"));
    row("uint64", hex("00000000000000ff"), "uint64", u("18374686479671623680"), u("255"));
    row("int64", hex("ffffffffffffff80"), "int64", u("-9151314442816847873"), u("-128"));
    row("float16", hex("3c00"), "float16", u("3.5763e-06"), u("1"));
    row("float32", hex("3f800000"), "float32", u("4.60060299e-41"), u("1"));
    row("float32, infinite", hex("0000807f"), "float32", u("∞"), u("4.6095713e-41"));
    row("float32, not a number", hex("7fc000007fc00000"), "float32", u("6.9054587e-41"), u("NaN"));
    row("float64", hex("3ff0000000000000"), "float64", u("3.0386519416174186e-319"), u("1"));
    row("too few for 16", hex("01"), "uint16", u("needs 2 bytes"), u("needs 2 bytes"), false);
    row("too few for 32", hex("010203"), "int32", u("needs 4 bytes"), u("needs 4 bytes"), false);
    row("too few for 64", hex("01020304050607"), "float64", u("needs 8 bytes"), u("needs 8 bytes"), false);
    row("hex of the selected", hex("0067ff"), "hex", u("00 67"), {}, true, 2);
    row("hex, many", QByteArray(20, 'a'), "hex", u("61 61 61 61 61 61 61 61 …"), {}, true, 20);
    row("bits", hex("0067"), "bits", u("0000 0000  0110 0111"), {}, true, 2);
    row("UTF-8", "caf\xc3\xa9!", "UTF-8", u("café"), {}, true, 5);
    row("UTF-8, on from the cursor", "morpheus", "UTF-8", u("morpheus"), {});
    row("UTF-8, up to what is invalid", "ab\xff\x63", "UTF-8", u("ab"), {});
    row("UTF-8, invalid", "\xff", "UTF-8", u("not valid UTF-8 here"), {}, false);
    row("UTF-8, control characters", "a\nb", "UTF-8", u("a\\nb"), {});
    row("UTF-8, text that turns", "a\xe2\x80\xae\x62", "UTF-8", u("a\\u202eb"), {});
    row("UTF-8, cut character", "a\xf0\x9f", "UTF-8", u("a"), {});
    row("Latin-1", "caf\xe9", "Latin-1", u("café"), {});
    row("UTF-16", QByteArray("h\0i\0", 4), "UTF-16", u("hi"), u("栀椀"));
    row("seconds, 32 bit", hex("6553f100"), "UTC s, 32-bit", u("–"), u("2023-11-14 22:13:20"));
    row("seconds, little-endian", hex("00f15365"), "UTC s, 32-bit", u("2023-11-14 22:13:20"), u("–"));
    row("seconds, 64 bit", hex("000000006553f100"), "UTC s, 64-bit", u("–"), u("2023-11-14 22:13:20"));
    row("milliseconds", hex("0000018bcfe5687b"), "UTC ms, 64-bit", u("–"), u("2023-11-14 22:13:20.123"));
    row("microseconds", hex("00060a24181e4000"), "UTC µs, 64-bit", u("–"), u("2023-11-14 22:13:20.000000"));
    row("nanoseconds", hex("17979cfe362a0000"), "UTC ns, 64-bit", u("–"), u("2023-11-14 22:13:20.000000000"));
    row("NTP", hex("e8fe6f8080000000"), "NTP", u("–"), u("2023-11-14 22:13:20.500000"));
    row("FILETIME", hex("87d67fc64717da01"), "FILETIME", u("2023-11-14 22:13:20.1234567"), u("–"));
    row("three bytes", hex("ff0180"), "uint24", u("8389119"), u("16712064"));
    row("three bytes, signed", hex("ff0180"), "int24", u("-8388097"), u("-65152"));
    row("six bytes", hex("010000000080"), "int48", u("-140737488355327"), u("1099511627904"), true, 6);
    row("bfloat16", hex("3f80"), "bfloat16", u("-5.786e-39"), u("1"));
    row("LEB128", hex("e58e26"), "LEB128", u("624485"), {});
    row("LEB128, signed", hex("c0bb78"), "signed LEB128", u("-123456"), {});
    row("LEB128, largest", hex("ffffffffffffffffff01"), "LEB128", u("18446744073709551615"), {});
    row("LEB128, too large", hex("ffffffffffffffffff02"), "LEB128", u("does not end here"), {}, false);
    row("LEB128, smallest", hex("8080808080808080807f"), "signed LEB128", u("-9223372036854775808"), {});
    row("LEB128, cut", hex("80"), "LEB128", u("does not end here"), {}, false);
    row("LEB128, endless", QByteArray(40, '\x80'), "signed LEB128", u("does not end here"), {}, false);
    row("zigzag", hex("03"), "zigzag", u("-2"), {});
    row("VLQ", hex("8148"), "VLQ", u("200"), {});
    row("VLQ, too large", hex("ffffffffffffffffff7f"), "VLQ", u("does not end here"), {}, false);
    row("IPv4", hex("c0a80001"), "IPv4", u("1.0.168.192"), u("192.168.0.1"));
    row("IPv6", hex("20010db8000000000000000000000001"), "IPv6", u("2001:db8::1"), {});
    row("IPv6, none", QByteArray(16, '\0'), "IPv6", u("::"), {});
    row("IPv6, one zero group", hex("20010db8000000010001000100010001"), "IPv6", u("2001:db8:0:1:1:1:1:1"), {});
    row("IPv6, the first of two runs", hex("20010000000000010000000000020003"), "IPv6", u("2001::1:0:0:2:3"), {});
    row("IPv6, a run at the end", hex("fe800000000000000000000000000000"), "IPv6", u("fe80::"), {});
    row("MAC", hex("0242ac110002"), "MAC", u("02:42:ac:11:00:02"), {});
    row("UUID", hex("00112233445566778899aabbccddeeff"), "UUID", u("33221100-5544-7766-8899-aabbccddeeff"),
        u("00112233-4455-6677-8899-aabbccddeeff"));
    row("UUID, too few", hex("00112233"), "UUID", u("needs 16 bytes"), u("needs 16 bytes"), false);
    row("GB 18030", hex("c4e3bac3"), "GB 18030", u("你好"), {}, true, 4);
    row("Big5", hex("a741a66e"), "Big5", u("你好"), {}, true, 4);
    row("Shift-JIS", hex("93fa967b"), "Shift-JIS", u("日本"), {}, true, 4);
    row("EUC-KR", hex("c7d1b1b9"), "EUC-KR", u("한국"), {}, true, 4);
    row("windows-1251", hex("cfd0"), "windows-1251", u("ПР"), {}, true, 2);
    row("UTF-32", hex("0001f430"), "UTF-32", u("not valid"), u("🐰"), true, 4);
    row("the largest number is no time", hex("7fffffffffffffff"), "UTC ms, 64-bit", u("–"), u("–"));
}

void TestValueReadings::readings()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const qint64, selected);
    QFETCH(const QString, name);
    QFETCH(const QString, little);
    QFETCH(const QString, big);
    QFETCH(const bool, available);
    const auto readings = valueReadings(bytes, selected);
    const ValueReading* reading = find(readings, name);
    QVERIFY(reading != nullptr);
    QCOMPARE(reading->little, little);
    QCOMPARE(reading->big, big);
    QCOMPARE(reading->available, available);
}

void TestValueReadings::noBytesNoReadings()
{
    QVERIFY(valueReadings({}, 1).empty());
}

void TestValueReadings::looksAtFewBytesOnly()
{
    const QByteArray large(1 << 20, 'x');
    for (const ValueReading& reading : valueReadings(large, large.size())) {
        QVERIFY2(reading.little.size() <= 256, qPrintable(reading.name));
    }
}

void TestValueReadings::whatFitsComesFirst_data()
{
    QTest::addColumn<qint64>("selected");
    QTest::addColumn<QString>("first");
    const auto row = [](const char* tag, qint64 selected, const char* first) {
        QTest::newRow(tag) << selected << QString::fromLatin1(first);
    };
    row("one", 1, "uint8; int8; uint16");
    row("two", 2, "uint16; int16; float16; bfloat16; uint8");
    row("four", 4, "uint32; int32; float32; UTC s, 32-bit; IPv4; uint8");
    row("five", 5, "uint40; int40; uint8");
    row("six", 6, "uint48; int48; MAC; uint8");
    row("sixteen", 16, "IPv6; UUID; uint8");
}

void TestValueReadings::whatFitsComesFirst()
{
    QFETCH(const qint64, selected);
    QFETCH(const QString, first);
    QStringList names;
    for (const ValueReading& reading : valueReadings(QByteArray(32, 'x'), selected)) {
        names.append(reading.name);
    }
    QCOMPARE(names.mid(0, first.count(u';') + 1).join(QStringLiteral("; ")), first);
}

SOCKEYE_TEST(TestValueReadings)
#include "tst_value_readings.moc"
