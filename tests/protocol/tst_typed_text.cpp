// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/typed_text.h"
#include "protocol/content/text_stream.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

/// Text as people type it, and texts that come in pieces.
class TestTypedText : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void escapes_data();
    void escapes();
    void mistakes_data();
    void mistakes();
    void placeOfWideCharacters();
    void encodings_data();
    void encodings();
    void codePages_data();
    void codePages();
    void macros_data();
    void macros();
    void macrosAreMadeAnew();
    void checksums_data();
    void checksums();
    void cutAnywhere_data();
    void cutAnywhere();
    void unfinished();
    void markOnce();
};

namespace {

MacroMoment fixedMoment()
{
    // 2026-11-27T09:30:00.123456789Z
    return { 1'795'771'800'123'456'789, 4, [] { return quint32(0xdeadbeef); } };
}

} // namespace

void TestTypedText::escapes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("on");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QString() << true << QByteArray();
    QTest::newRow("off") << QStringLiteral("a\\n") << false << QByteArray("a\\n");
    QTest::newRow("usual") << QStringLiteral("a\\r\\n\\t\\\\") << true << QByteArray("a\r\n\t\\");
    QTest::newRow("nul") << QStringLiteral("\\0x") << true << QByteArray("\0x", 2);
    QTest::newRow("byte") << QStringLiteral("\\xff\\x00\\xAb") << true << QByteArray("\xff\x00\xab", 3);
    QTest::newRow("character") << QStringLiteral("\\u4e2d") << true << QByteArray("中");
    QTest::newRow("pair") << QStringLiteral("\\ud83d\\udc30") << true << QByteArray("🐰");
    QTest::newRow("long") << QStringLiteral("\\U0001f430") << true << QByteArray("🐰");
    QTest::newRow("several lines") << QStringLiteral("a\nb\\n") << true << QByteArray("a\nb\n");
    QTest::newRow("quotes") << QStringLiteral("\\\"\\'") << true << QByteArray("\"'");
}

void TestTypedText::escapes()
{
    QFETCH(QString, text);
    QFETCH(bool, on);
    TypingOptions options;
    options.escapes = on;
    const auto typed = TypedText::read(text, options);
    QVERIFY2(typed, qPrintable(typed ? QString() : typed.error().text));
    QTEST(typed->bytes(), "bytes");
}

void TestTypedText::mistakes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QString& text, int at, int length, const QString& says,
                         const QByteArray& encoding = "UTF-8") {
        QTest::newRow(name) << text << encoding << at << length << says;
    };
    row("unknown escape", QStringLiteral("ab\\q"), 2, 2, QStringLiteral("There is no escape “\\q”"));
    row("backslash at the end", QStringLiteral("ab\\"), 2, 1, QStringLiteral("nothing follows"));
    row("short byte", QStringLiteral("\\x1"), 0, 3, QStringLiteral("2 hexadecimal digits"));
    row("no digit", QStringLiteral("\\x1g"), 0, 4, QStringLiteral("2 hexadecimal digits"));
    row("sign is no digit", QStringLiteral("\\x+1"), 0, 4, QStringLiteral("2 hexadecimal digits"));
    row("short character", QStringLiteral("a\\u12"), 1, 4, QStringLiteral("4 hexadecimal digits"));
    row("half a pair", QStringLiteral("\\ud83d"), 0, 6, QStringLiteral("no character"));
    row("half and another", QStringLiteral("\\ud83d\\u0041"), 0, 6, QStringLiteral("no character"));
    row("too big", QStringLiteral("\\U00110000"), 0, 10, QStringLiteral("no character"));
    row("no such macro", QStringLiteral("a {{tme}}"), 4, 3, QStringLiteral("There is no macro “tme”"));
    row("open macro", QStringLiteral("a {{time"), 2, 6, QStringLiteral("“}}” is missing"));
    row("no number", QStringLiteral("{{random x}}"), 2, 8, QStringLiteral("from 1 to 65536"));
    row("too many", QStringLiteral("{{random 65537}}"), 2, 12, QStringLiteral("from 1 to 65536"));
    row("too many together", QStringLiteral("{{random 65536}}").repeated(257), 256 * 16, 16, QStringLiteral("16 MiB"));
    row("takes nothing", QStringLiteral("{{uuid 4}}"), 2, 6, QStringLiteral("nothing behind its name"));
    row("no unit", QStringLiteral("{{time h}}"), 2, 6, QStringLiteral("{{time s}}"));
    row("not in Big5", QStringLiteral("ab\\t𝄞c"), 4, 2, QStringLiteral("Big5 has no “𝄞” (U+1D11E)"), "Big5");
    row("not in ASCII", QStringLiteral("\\né"), 2, 1, QStringLiteral("US-ASCII has no “é” (U+00E9)"), "US-ASCII");
    row("escape not in it", QStringLiteral("a\\u4e2d"), 1, 1, QStringLiteral("has no “中” (U+4E2D)"), "ISO-8859-1");
}

void TestTypedText::mistakes()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, encoding);
    QFETCH(QString, says);
    const auto typed = TypedText::read(text, { true, true, encoding });
    QVERIFY(!typed);
    QVERIFY2(typed.error().text.contains(says), qPrintable(typed.error().text));
    QTEST(static_cast<int>(typed.error().at), "at");
    QTEST(static_cast<int>(typed.error().length), "length");
}

/// Carets stand below them, which take two cells of a terminal each; a mark takes none.
void TestTypedText::placeOfWideCharacters()
{
    const QString text = QStringLiteral("你好e\u0301\\q");
    const auto typed = TypedText::read(text, { true, false, "UTF-8" });
    QVERIFY(!typed);
    QCOMPARE(withCaret(typed.error(), text), QString(text + u"\n     ^^"));
}

void TestTypedText::encodings_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    // As Python's codecs have them: "中文 한 カ".encode(...) where all of it is there, else a part.
    QTest::newRow("GBK") << QByteArray("GBK") << QByteArray("\xd6\xd0\xce\xc4");
    QTest::newRow("GB18030") << QByteArray("GB18030") << QByteArray("\xd6\xd0\xce\xc4");
    QTest::newRow("Big5") << QByteArray("Big5") << QByteArray("\xa4\xa4\xa4\xe5");
    QTest::newRow("Shift_JIS") << QByteArray("Shift_JIS") << QByteArray("\x92\x86\x95\xb6");
    QTest::newRow("EUC-KR") << QByteArray("EUC-KR") << QByteArray("\xf1\xe9\xd9\xfe");
    QTest::newRow("UTF-16LE") << QByteArray("UTF-16LE") << QByteArray("\x2d\x4e\x87\x65");
    QTest::newRow("UTF-16BE") << QByteArray("UTF-16BE") << QByteArray("\x4e\x2d\x65\x87");
    QTest::newRow("UTF-8") << QByteArray("UTF-8") << QByteArray("中文");
}

void TestTypedText::encodings()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, bytes);
    const auto typed = TypedText::read(u"\\u4e2d文", { true, false, encoding });
    QVERIFY(typed);
    QCOMPARE(typed->bytes().toHex(), bytes.toHex());
    TextDecoder decoder(encoding);
    QCOMPARE(decoder.decode(bytes), QStringLiteral("中文"));
    QCOMPARE(decoder.finish(), QString());
}

/// By Windows' tables, not IBM's, which have fewer characters.
void TestTypedText::codePages_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    for (const char* const name : { "CP949", "cp949", "UHC", "windows-949" }) {
        QTest::newRow(name) << QByteArray(name) << QByteArray("\x94\xee") << QStringLiteral("뷁");
    }
    QTest::newRow("CP950") << QByteArray("CP950") << QByteArray("\xf9\xd6") << QStringLiteral("碁");
    QTest::newRow("CP932") << QByteArray("CP932") << QByteArray("\x87\x40") << QStringLiteral("①");
    QTest::newRow("cp437") << QByteArray("cp437") << QByteArray("\xb0") << QStringLiteral("░");
}

void TestTypedText::codePages()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QString, text);
    const auto typed = TypedText::read(text, { false, false, encoding });
    QVERIFY2(typed, qPrintable(typed ? QString() : typed.error().text));
    QTEST(typed->bytes(), "bytes");
    TextDecoder decoder(encoding);
    QCOMPARE(decoder.decode(typed->bytes()), text);
}

void TestTypedText::macros_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* name, const QString& text, const QByteArray& bytes) {
        QTest::newRow(name) << text << bytes;
    };
    row("date", QStringLiteral("at {{time}}."), "at 2026-11-27T09:30:00.123Z.");
    row("seconds", QStringLiteral("{{time s}}"), "1795771800");
    row("milliseconds", QStringLiteral("{{ time  ms }}"), "1795771800123");
    row("counter", QStringLiteral("#{{counter}}"), "#5");
    row("counter from", QStringLiteral("{{counter 100}}/{{counter}}"), "104/5");
    row("uuid", QStringLiteral("{{UUID}}"), "deadbeef-dead-4eef-9ead-beefdeadbeef");
    row("escaped", QStringLiteral("\\{{time}}"), "{{time}}");
}

void TestTypedText::macros()
{
    QFETCH(QString, text);
    const auto typed = TypedText::read(text, { true, true, "UTF-8" });
    QVERIFY2(typed, qPrintable(typed ? QString() : typed.error().text));
    QTEST(typed->bytes(fixedMoment()), "bytes");
    const auto off = TypedText::read(text, { false, false, "UTF-8" });
    QVERIFY(off);
    QCOMPARE(off->bytes(fixedMoment()), text.toUtf8());
}

void TestTypedText::macrosAreMadeAnew()
{
    const auto typed = TypedText::read(u"{{counter}} {{random 5}} \\x80", { true, true, "UTF-16LE" });
    QVERIFY(typed);
    QVERIFY(typed->hasMacros());
    QSet<QByteArray> seen;
    quint32 state = 1;
    for (quint64 number = 0; number < 3; ++number) {
        const QByteArray bytes =
            typed->bytes({ 0, number, [&state] { return state = state * 1664525U + 1013904223U; } });
        QCOMPARE(bytes.size(), 2 + 2 + 10 + 2 + 1);
        QCOMPARE(bytes.at(0), static_cast<char>('1' + number));
        seen.insert(bytes.mid(4, 10));
    }
    QCOMPARE(seen.size(), 3);
}

void TestTypedText::checksums_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("sum");
    QTest::newRow("Modbus as documents write it") << QStringLiteral("crc-16/modbus") << QByteArray("4b37");
    QTest::newRow("Modbus on the wire") << QStringLiteral("CRC-16/MODBUS:little") << QByteArray("374b");
    QTest::newRow("sum of bytes") << QStringLiteral("sum-8") << QByteArray("dd");
    QTest::newRow("digests have no order")
        << QStringLiteral("md5:little") << QByteArray("25f9e794323b453885f5181f1b624d0b");
    QTest::newRow("none such") << QStringLiteral("crc-17") << QByteArray();
}

void TestTypedText::checksums()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, sum);
    const auto appended = appendedChecksum(name);
    QCOMPARE(appended.has_value(), !sum.isEmpty());
    if (appended) {
        QCOMPARE(appended->of("123456789").toHex(), sum);
        QCOMPARE(appendedChecksum(appended->name())->of("123456789").toHex(), sum);
    }
    QCOMPARE(AppendedChecksum().of("1"), QByteArray());
}

void TestTypedText::cutAnywhere_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QString>("text");
    QTest::newRow("UTF-8") << QByteArray("UTF-8") << QStringLiteral("a中文🐰é\n");
    QTest::newRow("GBK") << QByteArray("GBK") << QStringLiteral("a中文，b\n");
    QTest::newRow("GB18030") << QByteArray("GB18030") << QStringLiteral("a中🐰é文b\n");
    QTest::newRow("Big5") << QByteArray("Big5") << QStringLiteral("a中文許b\n");
    QTest::newRow("Shift_JIS") << QByteArray("Shift_JIS") << QStringLiteral("a日本ソ表b\n");
    QTest::newRow("EUC-KR") << QByteArray("EUC-KR") << QStringLiteral("a한국어b\n");
    QTest::newRow("EUC-JP") << QByteArray("EUC-JP") << QStringLiteral("a日本ソ表b\n");
    QTest::newRow("UTF-16LE") << QByteArray("UTF-16LE") << QStringLiteral("a中🐰b\n");
    QTest::newRow("UTF-16") << QByteArray("UTF-16") << QStringLiteral("a中🐰b\n");
    QTest::newRow("ISO-2022-JP") << QByteArray("ISO-2022-JP") << QStringLiteral("a日本b\n");
}

void TestTypedText::cutAnywhere()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QString, text);
    const auto typed = TypedText::read(text, { false, false, encoding });
    QVERIFY2(typed, qPrintable(typed ? QString() : typed.error().text));
    const QByteArray bytes = typed->bytes();
    for (qsizetype first = 0; first <= bytes.size(); ++first) {
        for (qsizetype second = first; second <= bytes.size(); ++second) {
            TextDecoder decoder(encoding);
            QString read = decoder.decode(bytes.first(first)); // one after the other: "+" leaves the order open
            read += decoder.decode(bytes.mid(first, second - first));
            read += decoder.decode(bytes.mid(second));
            read += decoder.finish();
            QCOMPARE(read, text);
        }
    }
}

void TestTypedText::unfinished()
{
    TextDecoder decoder("GBK");
    QCOMPARE(decoder.decode("a\xd6"), QStringLiteral("a"));
    QCOMPARE(decoder.finish(), QStringLiteral("\ufffd"));
    QCOMPARE(decoder.decode("\xd6\xd0"), QStringLiteral("中"));
    QCOMPARE(TextDecoder("no such").decode("中"), QStringLiteral("中"));
}

void TestTypedText::markOnce()
{
    const auto typed = TypedText::read(u"a\\x00b{{counter}}", { true, true, "UTF-16" });
    QVERIFY(typed);
    const QByteArray bytes = typed->bytes();
    QCOMPARE(bytes.size(), 2 + 2 + 1 + 2 + 2);
    const QByteArray mark = bytes.first(2);
    QVERIFY(mark == QByteArray("\xff\xfe") || mark == QByteArray("\xfe\xff"));
    QCOMPARE(bytes.count(mark), 1);
}

SOCKEYE_TEST(TestTypedText)
#include "tst_typed_text.moc"
