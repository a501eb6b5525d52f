// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/views/content_view.h"
#include "tests/testcase.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sockeye;

/// Contents as CBOR, MessagePack, text, …: right ones, broken ones, and those that announce what is not there.
class TestContentViews : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void values_data();
    void values();
    void broken_data();
    void broken();
    void hostile_data();
    void hostile();
    void texts_data();
    void texts();
    void lines_data();
    void lines();
    void types_data();
    void types();
    void looks_data();
    void looks();
    void times();
    void cutEverywhere_data();
    void cutEverywhere();
};

void TestContentViews::values_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* name, const char* view, const char* hex, const char* json) {
        QTest::newRow(name) << QString::fromLatin1(view) << QByteArray(hex) << QByteArray(json);
    };
    // The examples of RFC 8949, appendix A.
    row("cbor 0", "cbor", "00", "0");
    row("cbor 2^64-1", "cbor", "1bffffffffffffffff", "18446744073709551615");
    row("cbor -1", "cbor", "20", "-1");
    row("cbor -1000", "cbor", "3903e7", "-1000");
    row("cbor -2^64", "cbor", "3bffffffffffffffff", "-18446744073709551616");
    row("cbor -2^63", "cbor", "3b7fffffffffffffff", "-9223372036854775808");
    row("cbor 1.5", "cbor", "f93e00", "1.5");
    row("cbor 1.1", "cbor", "fb3ff199999999999a", "1.1");
    row("cbor infinity", "cbor", "f97c00", "\"Infinity\"");
    row("cbor nan", "cbor", "f97e00", "\"NaN\"");
    row("cbor words", "cbor", "84f4f5f6f7", "[false, true, null, \"undefined\"]");
    row("cbor simple", "cbor", "f0", "\"simple(16)\"");
    row("cbor tag", "cbor", "c11a514b67b0", "{\"-tag\": 1, \"value\": 1363896240}");
    row("cbor tag in array", "cbor", "82c10203", "[{\"-tag\": 1, \"value\": 2}, 3]");
    row("cbor bytes", "cbor", "4401020304", "\"01020304\"");
    row("cbor text", "cbor", "62c3bc", "\"ü\"");
    row("cbor no text", "cbor", "62ff41", "\"�A\"");
    row("cbor empty", "cbor", "82a080", "[{}, []]");
    row("cbor nested", "cbor", "8301820203820405", "[1, [2, 3], [4, 5]]");
    row("cbor map", "cbor", "a26161016162820203", "{\"a\": 1, \"b\": [2, 3]}");
    row("cbor keys", "cbor", "a301020304f5f6", "{\"1\": 2, \"3\": 4, \"true\": null}");
    row("cbor streamed", "cbor", "bf61610161629f0203ffff", "{\"a\": 1, \"b\": [2, 3]}");
    row("cbor streamed in counted", "cbor", "829f0102ff03", "[[1, 2], 3]");
    row("cbor counted in streamed", "cbor", "9f820102820304ff", "[[1, 2], [3, 4]]");
    row("cbor pieces", "cbor", "7f657374726561646d696e67ff", "\"streaming\"");
    row("msgpack 0", "msgpack", "00", "0");
    row("msgpack -1", "msgpack", "ff", "-1");
    row("msgpack -32768", "msgpack", "d18000", "-32768");
    row("msgpack 2^64-1", "msgpack", "cfffffffffffffffff", "18446744073709551615");
    row("msgpack -2^63", "msgpack", "d38000000000000000", "-9223372036854775808");
    row("msgpack 0.5", "msgpack", "ca3f000000", "0.5");
    row("msgpack 1.1", "msgpack", "cb3ff199999999999a", "1.1");
    row("msgpack words", "msgpack", "93c0c2c3", "[null, false, true]");
    row("msgpack text", "msgpack", "a2c3bc", "\"ü\"");
    row("msgpack str8", "msgpack", "d9026869", "\"hi\"");
    row("msgpack bytes", "msgpack", "c403010203", "\"010203\"");
    row("msgpack map", "msgpack", "82a7636f6d70616374c3a6736368656d6100", "{\"compact\": true, \"schema\": 0}");
    row("msgpack keys", "msgpack", "820102c0a161", "{\"1\": 2, \"null\": \"a\"}");
    row("msgpack nested", "msgpack", "93920102dc00020304de00010506", "[[1, 2], [3, 4], {\"5\": 6}]");
    row("msgpack extension", "msgpack", "d405aa", "{\"-type\": 5, \"value\": \"aa\"}");
    row("msgpack time", "msgpack", "d6ff514b67b0", "\"2013-03-21T20:04:00Z\"");
    row("msgpack time ns", "msgpack", "c70cff00000001ffffffffffffffff", "\"1969-12-31T23:59:59.000000001Z\"");
    row("json", "json", "7b2261223a317d", "{\"a\":1}");
}

void TestContentViews::values()
{
    QFETCH(QString, view);
    QFETCH(QByteArray, hex);
    QFETCH(QByteArray, json);
    const ShownContent shown = showContent(view, QByteArray::fromHex(hex));
    QCOMPARE(shown.problem, QString());
    QCOMPARE(shown.json, json);
    QVERIFY(!shown.text.isEmpty());
    QVERIFY(!shown.isCut);
}

void TestContentViews::broken_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char* name, const char* view, const char* hex, const char* json, const char* problem) {
        QTest::newRow(name) << QString::fromLatin1(view) << QByteArray(hex) << QByteArray(json)
                            << QString::fromUtf8(problem);
    };
    row("cbor nothing", "cbor", "", "", "It ends in the middle");
    row("cbor cut map", "cbor", "a26161", "", "It ends in the middle");
    row("cbor cut text", "cbor", "6361", "", "It ends in the middle");
    row("cbor cut array", "cbor", "8201", "[1]", "It ends in the middle");
    row("cbor streamed cut", "cbor", "9f01", "[1]", "It ends in the middle");
    row("cbor break", "cbor", "ff", "", "This is not CBOR");
    row("cbor reserved", "cbor", "1c", "", "This is not CBOR");
    row("cbor more", "cbor", "0102", "1", "After the value 1 byte more");
    row("msgpack nothing", "msgpack", "", "", "It ends in the middle");
    row("msgpack c1", "msgpack", "92c1c1", "[]", "no value begins with the byte c1");
    row("msgpack cut", "msgpack", "8281a16101", "{\"\": {\"a\": 1}}", "It ends in the middle");
    row("msgpack more", "msgpack", "c0c0c0", "null", "After the value 2 bytes more");
    row("json", "json", "7b2261", "", "This is not JSON");
    row("json no UTF-8", "json", "22ff22", "", "This is not JSON");
    row("time", "time", "0102", "", "4 or 8 bytes here, not 2");
    row("struct", "struct:>6si", "010203", "", "10 bytes, but 3 bytes are left");
    row("struct format", "struct:>6y", "010203", "", "is no format of Python's struct");
    row("encoding", "text:klingon", "41", "", "No encoding is called \"klingon\"");
}

void TestContentViews::broken()
{
    QFETCH(QString, view);
    QFETCH(QByteArray, hex);
    QFETCH(QByteArray, json);
    QFETCH(QString, problem);
    const ShownContent shown = showContent(view, QByteArray::fromHex(hex));
    QVERIFY2(shown.problem.contains(problem), qPrintable(shown.problem));
    QCOMPARE(shown.json, json);
    QVERIFY(shown.offset <= hex.size() / 2);
}

void TestContentViews::hostile_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<QByteArray>("content");
    const qsizetype many = 300'000;
    const auto repeated = [](const char* hex, qsizetype times) { return QByteArray::fromHex(hex).repeated(times); };
    QTest::newRow("cbor deep") << u"cbor"_qs << repeated("81", many);
    QTest::newRow("cbor deep streams") << u"cbor"_qs << repeated("9f", many);
    QTest::newRow("cbor tags") << u"cbor"_qs << repeated("c1", many);
    QTest::newRow("cbor huge array") << u"cbor"_qs << QByteArray::fromHex("9bffffffffffffffff");
    QTest::newRow("cbor huge map") << u"cbor"_qs << QByteArray::fromHex("bb7fffffffffffffff00");
    QTest::newRow("cbor huge text") << u"cbor"_qs << QByteArray::fromHex("7bffffffffffffffff61");
    QTest::newRow("cbor large bytes") << u"cbor"_qs << QByteArray::fromHex("5a7fffffff61");
    QTest::newRow("cbor pieces") << u"cbor"_qs << QByteArray(QByteArray::fromHex("7f") + repeated("60", many));
    QTest::newRow("cbor many") << u"cbor"_qs << QByteArray(QByteArray::fromHex("9f") + repeated("01", many));
    QTest::newRow("msgpack deep") << u"msgpack"_qs << repeated("91", many);
    QTest::newRow("msgpack deep maps") << u"msgpack"_qs << repeated("8100", many);
    QTest::newRow("msgpack maps as keys") << u"msgpack"_qs << repeated("81", many);
    QTest::newRow("msgpack huge") << u"msgpack"_qs << QByteArray::fromHex("ddffffffff");
    QTest::newRow("msgpack huge text") << u"msgpack"_qs << QByteArray::fromHex("dbffffffff61");
    QTest::newRow("msgpack extension") << u"msgpack"_qs << QByteArray::fromHex("c9ffffffff05");
    QTest::newRow("msgpack many") << u"msgpack"_qs
                                  << QByteArray(QByteArray::fromHex("dd0003f000") + repeated("01", many));
    QTest::newRow("json deep") << u"json"_qs << repeated("5b", many);
    QTest::newRow("struct repeats") << u"struct:999999999999s"_qs << QByteArray("abc");
    QTest::newRow("struct repeats within") << u"struct:16000000x16000000x"_qs << QByteArray("abc");
    QTest::newRow("struct nothing") << u"struct:0s"_qs << QByteArray("abc");
    QTest::newRow("struct long") << u"struct:%1"_qs.arg(QString(many, u'i')) << QByteArray("abc");
    QTest::newRow("struct many") << u"struct:b"_qs << QByteArray(many, '\x01');
    QTest::newRow("text") << u"text"_qs << QByteArray(8 * 1024 * 1024, '\xff');
    QTest::newRow("hex") << u"hex"_qs << QByteArray(8 * 1024 * 1024, '\xff');
}

void TestContentViews::hostile()
{
    QFETCH(QString, view);
    QFETCH(QByteArray, content);
    QElapsedTimer timer;
    timer.start();
    const ShownContent shown = showContent(view, content);
    QVERIFY(!shown.problem.isEmpty() || shown.isCut);
    QVERIFY(shown.text.size() <= 2 * ViewLimits().maxChars);
    QVERIFY(contentLine(view, content, 100).size() <= 100);
    (void)viewByLook(content);
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed()))); // a debug build on a busy machine
}

void TestContentViews::texts_data()
{
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QString>("text");
    QTest::newRow("UTF-8") << u"UTF-8"_qs << QByteArray("e4b8ade69687") << u"中文"_qs;
    QTest::newRow("none") << QString() << QByteArray("c3bc0a41") << u"ü\nA"_qs;
    QTest::newRow("GBK") << u"GBK"_qs << QByteArray("d6d0cec4") << u"中文"_qs;
    QTest::newRow("GB 18030") << u"GB18030"_qs << QByteArray("8139ee39d6d0") << u"\u3400中"_qs;
    QTest::newRow("Big5") << u"Big5"_qs << QByteArray("a4a4a4e5") << u"中文"_qs;
    QTest::newRow("Shift-JIS") << u"Shift_JIS"_qs << QByteArray("93fa967b8cea") << u"日本語"_qs;
    QTest::newRow("EUC-KR") << u"EUC-KR"_qs << QByteArray("c7d1b1b9") << u"한국"_qs;
    QTest::newRow("UTF-16LE") << u"UTF-16LE"_qs << QByteArray("2d4e8765") << u"中文"_qs;
    QTest::newRow("control characters") << u"UTF-8"_qs << QByteArray("411b5b31") << u"A\\x1b[1"_qs;
}

void TestContentViews::texts()
{
    QFETCH(QString, encoding);
    QFETCH(QByteArray, hex);
    QFETCH(QString, text);
    const QString view = encoding.isEmpty() ? u"text"_qs : QString(u"text:" % encoding);
    const ShownContent shown = showContent(view, QByteArray::fromHex(hex));
    QCOMPARE(shown.text, text);
    QCOMPARE(shown.problem, QString());
    // Of one of these a character begins, and nothing follows, or it is none.
    const QByteArray bytes = QByteArray::fromHex(hex);
    QVERIFY(!showContent(view, QByteArray(bytes + '\xc7')).problem.isEmpty()
        || !showContent(view, QByteArray(bytes + '\x81')).problem.isEmpty());
}

void TestContentViews::lines_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QString>("text");
    QTest::newRow("struct") << u"struct:>6si"_qs << QByteArray("736561726368ffffffeb")
                            << u"000000  6s    b'search'\n000006  i     -21"_qs;
    QTest::newRow("struct little") << u"struct:<HqB?"_qs << QByteArray("0100feffffffffffffff0501")
                                   << u"000000  H     1\n000002  q     -2\n00000a  B     5\n00000b  ?     True"_qs;
    QTest::newRow("struct records") << u"struct:>H"_qs << QByteArray("00010002")
                                    << u"000000  H     1\n000002  H     2"_qs;
    QTest::newRow("struct counts") << u"struct:<2h x f"_qs << QByteArray("0100ffff000000c03f")
                                   << u"000000  h     1\n000002  h     -1\n000005  f     1.5"_qs;
    QTest::newRow("struct native") << u"struct:bi"_qs << QByteArray("0100000002000000")
                                   << u"000000  b     1\n000004  i     2"_qs;
    QTest::newRow("struct pascal") << u"struct:4p"_qs << QByteArray("02616263") << u"000000  4p    b'ab'"_qs;
    QTest::newRow("hex") << u"hex"_qs << QByteArray("0041ff")
                         << u"00000000  00 41 ff                                          |.A.|"_qs;
    QTest::newRow("time") << u"time"_qs << QByteArray("65920080")
                          << u"2024-01-01 00:00:00 UTC  (seconds since 1970, big-endian)\n"
                             u"2038-01-19 13:38:45 UTC  (seconds since 1970, little-endian)"_qs;
    QTest::newRow("ntp") << u"time"_qs << QByteArray("e93c7f0080000000")
                         << u"2024-01-01 00:00:00.500000000 UTC  (NTP, big-endian)"_qs;
}

void TestContentViews::lines()
{
    QFETCH(QString, view);
    QFETCH(QByteArray, hex);
    QFETCH(QString, text);
    const ShownContent shown = showContent(view, QByteArray::fromHex(hex));
    QCOMPARE(shown.text, text);
    QCOMPARE(shown.problem, QString());
}

void TestContentViews::types_data()
{
    QTest::addColumn<QString>("view");
    QTest::newRow("application/json") << u"json"_qs;
    QTest::newRow("application/problem+json; charset=utf-8") << u"json"_qs;
    QTest::newRow("application/cbor") << u"cbor"_qs;
    QTest::newRow("application/senml+cbor") << u"cbor"_qs;
    QTest::newRow("application/vnd.msgpack") << u"msgpack"_qs;
    QTest::newRow("text/html; charset=\"GBK\"") << u"text:gbk"_qs;
    QTest::newRow("Text/Plain;charset=Shift_JIS;x=y") << u"text:shift_jis"_qs;
    QTest::newRow("text/plain; charset=klingon") << u"text"_qs;
    QTest::newRow("image/png") << QString();
    QTest::newRow("") << QString();
}

void TestContentViews::types()
{
    QFETCH(QString, view);
    QCOMPARE(viewOfType(QTest::currentDataTag()), view);
}

void TestContentViews::looks_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("view");
    QTest::newRow("json") << QByteArray(" {\"a\": 1}") << u"json"_qs;
    QTest::newRow("nearly json") << QByteArray("{\"a\": 1") << u"text"_qs;
    QTest::newRow("text") << QByteArray("hello") << u"text"_qs;
    QTest::newRow("cbor") << QByteArray::fromHex("a26161016162820203") << u"cbor"_qs;
    QTest::newRow("msgpack") << QByteArray::fromHex("82a7636f6d70616374c3a6736368656d6100") << u"msgpack"_qs;
    QTest::newRow("bytes") << QByteArray::fromHex("00010203") << u"hex"_qs;
    QTest::newRow("nothing") << QByteArray() << u"hex"_qs;
}

void TestContentViews::looks()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, view);
    QCOMPARE(viewByLook(content), view);
}

void TestContentViews::times()
{
    QCOMPARE(timeOfNumber(1'704'067'200), u"2024-01-01 00:00:00 UTC"_qs);
    QCOMPARE(timeOfNumber(1'704'067'200'123), u"2024-01-01 00:00:00.123 UTC"_qs);
    QCOMPARE(timeOfNumber(1'704'067'200'000'001), u"2024-01-01 00:00:00.000001 UTC"_qs);
    QCOMPARE(timeOfNumber(7), QString());
    QCOMPARE(timeOfNumber(~quint64(0)), QString());
}

void TestContentViews::cutEverywhere_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<QByteArray>("whole");
    QTest::newRow("cbor") << u"cbor"_qs
                          << QByteArray::fromHex("a56161016162820203"
                                                 "6163bf61649f0203ffff"
                                                 "6165c11a514b67b0"
                                                 "61667f657374726561646d696e67ff");
    QTest::newRow("msgpack") << u"msgpack"_qs
                             << QByteArray::fromHex(
                                    "84a16193c0c2c3a162cb3ff199999999999aa163d6ff514b67b0a164dc00020304");
}

void TestContentViews::cutEverywhere()
{
    QFETCH(QString, view);
    QFETCH(QByteArray, whole);
    QCOMPARE(showContent(view, whole).problem, QString());
    for (qsizetype size = 0; size < whole.size(); ++size) {
        QVERIFY(!showContent(view, whole.first(size)).problem.isEmpty());
    }
    for (qsizetype at = 0; at < whole.size(); ++at) {
        for (int value = 0; value < 256; ++value) {
            QByteArray changed = whole;
            changed[at] = static_cast<char>(value);
            (void)showContent(view, changed); // any bytes are fine
        }
    }
}

SOCKEYE_TEST(TestContentViews)
#include "tst_content_views.moc"
