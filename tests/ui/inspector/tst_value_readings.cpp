// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/inspector/value_readings.h"

#include <QTest>

using namespace sockeye;

class TestValueReadings : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void readings_data();
    void readings();
    void noBytesNoReadings();
    void looksAtFewBytesOnly();
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
        QTest::newRow(tag) << bytes << selected << QString::fromLatin1(name) << little << big << available;
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

SOCKEYE_TEST(TestValueReadings)
#include "tst_value_readings.moc"
