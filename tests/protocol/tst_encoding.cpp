// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/text/decoder.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/utf8.h"
#include "protocol/text/visible_text.h"
#include "tests/testcase.h"

#include <QSysInfo>
#include <QTest>

using namespace sockeye;

class TestEncoding : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void name_data();
    void name();
    void unknownName_data();
    void unknownName();
    void decode_data();
    void decode();
    void bad_data();
    void bad();
    void roundTrip_data();
    void roundTrip();
    void lossy();
    void offsets();
    void utf8Prefix_data();
    void utf8Prefix();
    void describing();
};

void TestEncoding::name_data()
{
    QTest::addColumn<Encoding>("encoding");
    using E = Encoding;
    const QList<QPair<const char*, E>> names { { "utf-8", E::Utf8 }, { "UTF8", E::Utf8 }, { "utf_8", E::Utf8 },
        { "Utf 8", E::Utf8 }, { "U8", E::Utf8 }, { "utf-8-sig", E::Utf8 }, { "utf-16", E::Utf16 },
        { "UTF16", E::Utf16 }, { "utf_16_le", E::Utf16Le }, { "UTF-16LE", E::Utf16Le }, { "utf-16-be", E::Utf16Be },
        { "utf-32", E::Utf32 }, { "UTF-32BE", E::Utf32Be }, { "utf_32_le", E::Utf32Le }, { "latin-1", E::Latin1 },
        { "Latin1", E::Latin1 }, { "iso-8859-1", E::Latin1 }, { "ISO8859-1", E::Latin1 }, { "iso_8859_1", E::Latin1 },
        { "L1", E::Latin1 }, { "ascii", E::Ascii }, { "US-ASCII", E::Ascii }, { "cp1252", E::Cp1252 },
        { "windows-1252", E::Cp1252 } };
    for (const auto& [text, encoding] : names) {
        QTest::newRow(text) << encoding;
    }
}

void TestEncoding::name()
{
    QFETCH(Encoding, encoding);
    QCOMPARE(encodingFromName(QTest::currentDataTag()), encoding);
    QCOMPARE(encodingFromName(QByteArrayView(encodingName(encoding).data(), encodingName(encoding).size())), encoding);
}

void TestEncoding::unknownName_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("only dashes") << QByteArray("--");
    QTest::newRow("binary") << QByteArray("binary");
    QTest::newRow("utf-9") << QByteArray("utf-9");
    QTest::newRow("iso-8859-15") << QByteArray("iso-8859-15");
    QTest::newRow("very long") << QByteArray(60'000, 'u');
}

void TestEncoding::unknownName()
{
    QFETCH(QByteArray, text);
    QVERIFY(!encodingFromName(text));
}

void TestEncoding::decode_data()
{
    QTest::addColumn<Encoding>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("utf8");
    QTest::addColumn<qsizetype>("mark");
    const auto row = [](const char* name, Encoding encoding, const QByteArray& hex, const char* utf8, qsizetype mark) {
        QTest::newRow(name) << encoding << QByteArray::fromHex(hex) << QByteArray(utf8) << mark;
    };
    using E = Encoding;
    const bool little = QSysInfo::ByteOrder == QSysInfo::LittleEndian;
    row("utf-8", E::Utf8, "c3a4f09f90b0", "ä🐰", 0);
    row("utf-8 with mark", E::Utf8, "efbbbf61", "a", 3);
    row("utf-16, little mark", E::Utf16, "fffee4003dd830dc", "ä🐰", 2);
    row("utf-16, big mark", E::Utf16, "feff00e4d83ddc30", "ä🐰", 2);
    row("utf-16, no mark", E::Utf16, little ? "e400" : "00e4", "ä", 0);
    row("utf-16-le", E::Utf16Le, "e4003dd830dc", "ä🐰", 0);
    row("utf-16-le with mark", E::Utf16Le, "fffee400", "ä", 2);
    row("utf-16-be", E::Utf16Be, "00e4d83ddc30", "ä🐰", 0);
    row("utf-32, little mark", E::Utf32, "fffe0000e400000030f40100", "ä🐰", 4);
    row("utf-32, big mark", E::Utf32, "0000feff000000e40001f430", "ä🐰", 4);
    row("utf-32, no mark", E::Utf32, little ? "e4000000" : "000000e4", "ä", 0);
    row("utf-32-le", E::Utf32Le, "30f40100", "🐰", 0);
    row("utf-32-be", E::Utf32Be, "0001f430", "🐰", 0);
    row("latin-1", E::Latin1, "6180e4ff", "a\u0080äÿ", 0);
    row("ascii", E::Ascii, "617f", "a\x7f", 0);
    row("cp1252", E::Cp1252, "80e4939f", "€ä“Ÿ", 0);
    row("cp1252, what Latin-1 has not", E::Cp1252, "8082838485868788898a8b8c8e9192939495969798999a9b9c9e9f",
        "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ", 0);
    row("empty", E::Utf16, "", "", 0);
}

void TestEncoding::decode()
{
    QFETCH(Encoding, encoding);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, utf8);
    QFETCH(qsizetype, mark);
    const DecodedText text = decodeText(encoding, bytes);
    QCOMPARE(text.utf8, utf8);
    QCOMPARE(text.validBytes, bytes.size());
    QCOMPARE(text.encoding.markSize, mark);
    QVERIFY(!text.cut);
}

void TestEncoding::bad_data()
{
    QTest::addColumn<Encoding>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qsizetype>("valid");
    QTest::addColumn<bool>("cut");
    const auto row = [](const char* name, Encoding encoding, const QByteArray& hex, qsizetype valid, bool cut) {
        QTest::newRow(name) << encoding << QByteArray::fromHex(hex) << valid << cut;
    };
    using E = Encoding;
    row("utf-8, continuation first", E::Utf8, "6180", 1, false);
    row("utf-8, overlong", E::Utf8, "61c0af", 1, false);
    row("utf-8, overlong in three", E::Utf8, "61e080af", 1, false);
    row("utf-8, overlong in four", E::Utf8, "f08080af", 0, false);
    row("utf-8, surrogate", E::Utf8, "61eda080", 1, false);
    row("utf-8, over U+10FFFF", E::Utf8, "61f4908080", 1, false);
    row("utf-8, cut", E::Utf8, "61f09f90", 1, true);
    row("utf-8, cut and wrong", E::Utf8, "61f08f", 1, false);
    row("utf-8, character broken off", E::Utf8, "61f09f9061", 1, false);
    row("utf-16, odd", E::Utf16Le, "610062", 2, true);
    row("utf-16, cut pair", E::Utf16Le, "61003dd8", 2, true);
    row("utf-16, low half first", E::Utf16Le, "610030dc", 2, false);
    row("utf-16, two high halves", E::Utf16Be, "d83dd83d", 0, false);
    row("utf-32, cut", E::Utf32Le, "61000000620000", 4, true);
    row("utf-32, surrogate", E::Utf32Be, "0000d800", 0, false);
    row("utf-32, over U+10FFFF", E::Utf32Be, "00110000", 0, false);
    row("ascii, high bit", E::Ascii, "6180", 1, false);
    row("cp1252, no such character", E::Cp1252, "6181", 1, false);
}

void TestEncoding::bad()
{
    QFETCH(Encoding, encoding);
    QFETCH(QByteArray, bytes);
    QFETCH(qsizetype, valid);
    QFETCH(bool, cut);
    const DecodedText text = decodeText(encoding, bytes);
    QCOMPARE(text.validBytes, valid);
    QCOMPARE(text.cut, cut);
}

void TestEncoding::roundTrip_data()
{
    QTest::addColumn<Encoding>("encoding");
    for (const Encoding encoding : { Encoding::Utf8, Encoding::Utf16, Encoding::Utf16Le, Encoding::Utf16Be,
             Encoding::Utf32, Encoding::Utf32Le, Encoding::Utf32Be }) {
        QTest::newRow(encodingName(encoding).data()) << encoding;
    }
}

void TestEncoding::roundTrip()
{
    QFETCH(Encoding, encoding);
    const QByteArray utf8 = "a\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\U00010000\U0010ffff🐰";
    bool lossy = false;
    QCOMPARE(decodeText(encoding, encodeText(encoding, utf8, &lossy)).utf8, utf8);
    QVERIFY(!lossy);
}

void TestEncoding::lossy()
{
    bool lossy = false;
    QCOMPARE(encodeText(Encoding::Cp1252, "a€ä", &lossy), QByteArray("a\x80\xe4"));
    QVERIFY(!lossy);
    QCOMPARE(encodeText(Encoding::Latin1, "a€ä", &lossy), QByteArray("a?\xe4"));
    QVERIFY(lossy);
    lossy = false;
    QCOMPARE(encodeText(Encoding::Ascii, "aä", &lossy), QByteArray("a?"));
    QVERIFY(lossy);
}

void TestEncoding::offsets()
{
    const QByteArray utf8 = "aä日🐰b";
    const QByteArray utf16 = encodeText(Encoding::Utf16, utf8);
    const DecodedText text = decodeText(Encoding::Utf16, utf16);
    OffsetCursor cursor(text.encoding, utf16);
    QList<qsizetype> found;
    for (const qsizetype offset : { 0, 1, 3, 6, 10, 11 }) {
        found.append(cursor.sourceOffset(offset));
    }
    QCOMPARE(found, (QList<qsizetype> { 2, 4, 6, 8, 12, 14 }));
    QCOMPARE(cursor.sourceOffset(1000), 14);
}

void TestEncoding::utf8Prefix_data()
{
    QTest::addColumn<qsizetype>("bad");
    for (const qsizetype bad : { 0, 1, 15, 31, 32, 33, 63, 64, 100, 127 }) {
        QTest::addRow("%d", static_cast<int>(bad)) << bad;
    }
}

void TestEncoding::utf8Prefix()
{
    QFETCH(qsizetype, bad);
    QByteArray bytes(128, 'a');
    QCOMPARE(validUtf8Prefix(bytes), 128);
    bytes[bad] = '\xff';
    QCOMPARE(validUtf8Prefix(bytes), bad);
}

void TestEncoding::describing()
{
    QCOMPARE(sizedThing(41, QLatin1StringView("content")), QStringLiteral("a 41-byte content"));
    QCOMPARE(sizedThing(8, QLatin1StringView("content")), QStringLiteral("an 8-byte content"));
    QCOMPARE(sizedThing(11, QLatin1StringView("content")), QStringLiteral("an 11-byte content"));
    QCOMPARE(sizedThing(110, QLatin1StringView("content")), QStringLiteral("a 110-byte content"));
    QCOMPARE(sizedThing(18'000, QLatin1StringView("content")), QStringLiteral("an 18,000-byte content"));
    QCOMPARE(sizedThing(65'535, QLatin1StringView("content")), QStringLiteral("a 65,535-byte content"));
    QCOMPARE(byteCount(1), QStringLiteral("1 byte"));
    QCOMPARE(byteCount(999), QStringLiteral("999 bytes"));
    QCOMPARE(byteCount(65'535), QStringLiteral("65,535 bytes"));
    QCOMPARE(
        visibleText(QStringLiteral("a\u0000\u001b[2J\r\n\t\u007f🐰")), QStringLiteral("a\\x00\\x1b[2J\\r\\n\\t\\x7f🐰"));
    QCOMPARE(visibleText(QStringLiteral("a\u0080\u009f\u00a0\u202e\u2069\u2028")),
        QStringLiteral("a\\u0080\\u009f\u00a0\\u202e\\u2069\\u2028"));
    QCOMPARE(
        visibleText(QStringLiteral("\ufeff\ue000\ufffe\ufffd é")), QStringLiteral("\\ufeff\\ue000\\ufffe\ufffd é"));
    QCOMPARE(visibleText(QString(QChar(0xd800))), QStringLiteral("\\ud800"));
    QCOMPARE(visibleText(QByteArrayView("a\xff\xc3\xa9\xc3 \xe2\x82")), QStringLiteral("a\\xffé\\xc3 \\xe2\\x82"));
    QCOMPARE(visibleText(QByteArrayView("\xf3\xb0\x80\x80")), QStringLiteral("\\U000f0000"));
    QCOMPARE(visibleText(QByteArrayView("a\x1b[2Jb"), 40), QStringLiteral("a\\x1b[2Jb"));
    QCOMPARE(visibleText(QByteArrayView("a\x1b[2Jb"), 5), QStringLiteral("a…"));
    QCOMPARE(visibleText(QByteArrayView("a\x1b[2Jb"), 6), QStringLiteral("a\\x1b…"));
    QCOMPARE(visibleText(QByteArray(50, 'x'), 3), QStringLiteral("xx…"));
    QCOMPARE(visibleText(QByteArrayView("xxx"), 3), QStringLiteral("xxx"));
    QCOMPARE(visibleText(QByteArrayView("x🐰🐰"), 4), QStringLiteral("x🐰…"));
    QCOMPARE(visibleText(QByteArrayView("x🐰🐰"), 3), QStringLiteral("x…"));
    QCOMPARE(visibleText(QByteArrayView("xx"), 0), QStringLiteral("…"));
    QCOMPARE(visibleText(visibleText(QStringLiteral("\x1b\r\n"))), QStringLiteral("\\x1b\\r\\n"));
    QCOMPARE(visibleLines(u""), QString());
    QCOMPARE(visibleLines(u"a\tb\r\nc\rd\n\x1b\r"), QStringLiteral("a\tb\nc\\rd\n\\x1b\\r"));
    QCOMPARE(textFromUtf8("\xef\xbb\xbf\xef\xbb\xbf"
                          "a")
                 .toUtf8(),
        QByteArray("\xef\xbb\xbf\xef\xbb\xbf"
                   "a"));
}

SOCKEYE_TEST(TestEncoding)
#include "tst_encoding.moc"
