// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/hex/hex_reader.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

QByteArray bytes(const char* hex)
{
    return QByteArray::fromHex(hex);
}

const char* const twenty = "00677b226279 7465 6f72646572223a226c6974 74";

class TestHexReader : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void lists_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray three = bytes("00677b");
        const auto row = [&](const char* name, const char* text) {
            QTest::newRow(name) << QString::fromUtf8(text) << three;
        };
        QTest::newRow("nothing") << QString() << QByteArray();
        QTest::newRow("blanks") << QStringLiteral(" \t\r\n\u00a0") << QByteArray();
        row("pairs", "00 67 7b");
        row("together", "00677b");
        row("upper case", "00677B");
        row("partly together", "0067 7b");
        row("lines", "00\n67\r\n7b\n");
        row("byte order mark",
            "\xef\xbb\xbf"
            "00 67 7b");
        row("commas", "00,67,7b,");
        row("colons", "00:67:7b");
        row("hyphens", "00-67-7b");
        row("semicolons", "00;67;7b");
        row("everything between", "{00}, [67]; (7b)");
        row("0x", "0x00 0x67 0x7b");
        row("0X and upper case", "0X00,0X67,0X7B");
        row("0x once", "0x00677b");
        row("0x, colons", "0x00:67:7b");
        row("0x, glued", "0x000x670x7b");
        row("\\x", "\\x00\\x67\\x7b");
        row("\\x, spaces", "\\x00 \\x67 \\x7B");
        row("braces", "{ 0x00, 0x67, 0x7b }");
        row("braces without 0x", "{00 67 7b}");
        row("h", "00h 67h 7bh");
        row("H, commas", "00H,67H,7BH");
        row("h, assembler", "00h, 67h, 07Bh");
        row("a comment", "00 67 /* the length */ 7b");
        row("a comment to the end of the line", "00 67 // the length\n7b # the brace\n");
        QTest::newRow("one digit in an array") << QStringLiteral("{ 0x0, 0x6, 0xA }") << bytes("00060a");
        QTest::newRow("four digits, no dump") << QStringLiteral("0067 7b22") << bytes("00677b22");
        QTest::newRow("lines of four digits, no dump")
            << QStringLiteral("0067 7b22\n6279 7465\n") << bytes("00677b2262797465");
        QTest::newRow("words of eight digits, no dump")
            << QStringLiteral("00677b22 62797465\n6f726465 72223a22\n") << bytes("00677b22627974656f72646572223a22");
        QTest::newRow("GUID") << QStringLiteral("{00677b22-6279-7465-6f72-646572223a22}")
                              << bytes("00677b22627974656f72646572223a22");
    }
    void lists()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, expected);
        const auto read = readHex(text);
        QVERIFY2(read, read ? "" : qPrintable(describe(read.error(), text)));
        QCOMPARE(read->bytes, expected);
        QCOMPARE(read->note,
            text.contains(u'#') || text.contains(u"/*") ? QStringLiteral("Comments are left out.") : QString());
    }

    void programs_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* text, const QByteArray& expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << expected;
        };
        const QByteArray three = bytes("00677b");
        row("array of C", "unsigned char data[] = {0x00, 0x67, 0x7b};", three);
        row("array of C, size", "static const uint8_t request[3] =\n{\n    0x00, 0x67,\n    0x7b,\n};\n", three);
        row("xxd -i", "unsigned char f_bin[] = {\n  0x00, 0x67, 0x7b\n};\nunsigned int f_bin_len = 3;\n", three);
        row("array of C, comments", "/* Packet 1 */\nchar p[3] = { 0x00, 0x67, /* .g'{\" */\n0x7b };", three);
        row("array of C, short numbers", "char a[] = { 0x0, 0xAU }", bytes("000a"));
        row("array of Java", "byte[] data = new byte[] { (byte)0x00, (byte) 0x67, 0x7b };", three);
        row("array of Go", "data := []byte{0x00, 0x67, 0x7b}", three);
        row("array of Rust", "let data: [u8; 3] = [0x00, 0x67u8, 0x7b];", three);
        row("array of JavaScript", "new Uint8Array([0x00, 0x67, 0x7b])", three);
        row("bytes of a list", "data = bytes([0x00, 0x67, 0x7b])", three);
        row("bytes", "b'\\x00g{'", three);
        row("bytes, named", "data = b\"\\x00g{\"\n", three);
        row("bytes, several", "request = (b'\\x00'\n           b'g{')  # a request\n", three);
        row("bytes, digits are characters", "b'0067'", "0067");
        row("bytes, escapes", "b'\\r\\n\\t\\\\\\'\\0'", QByteArray("\r\n\t\\'\0", 6));
        row("bytes, a hash and slashes", "b'# // /*'", "# // /*");
        row("bytes, octal", "b'\\0\\147\\1730'", three + '0');
        row("bytes, raw", "rb'\\x00'", "\\x00");
        row("bytes.fromhex", "bytes.fromhex('00 67 7b')", three);
        row("bytearray.fromhex", "x = bytearray.fromhex(\"00677B\")", three);
        row("unhexlify", "binascii.unhexlify('00677b')", three);
        row("string of C", "\"\\x00\\x67{\"", three);
        row("string of C, named", "static const char s[] =\n    \"\\x00g\"\n    \"{\";\n", three);
        row("string of C, goes on", "\"\\x00\\x67\" \\\n\"\\x7b\"", three);
        row("string of a shell", "$'\\x00g{'", three);
        row("text of C", "\"GET / HTTP/1.1\\r\\n\"", "GET / HTTP/1.1\r\n");
        row("text of C, UTF-8", "\"\\xc3\\xa9 \xc3\xa9\"", "\xc3\xa9 \xc3\xa9");
        row("quoted digits", "\"00677b\"", three);
        row("SQL", "x'00677B'", three);
    }
    void programs()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, expected);
        const auto read = readHex(text);
        QVERIFY2(read, read ? "" : qPrintable(describe(read.error(), text)));
        QCOMPARE(read->bytes, expected);
        QVERIFY(!read->note.isEmpty());
    }

    void dumps_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* text, const QByteArray& expected = bytes(twenty)) {
            QTest::newRow(name) << QString::fromUtf8(text) << expected;
        };
        row("xxd",
            "00000000: 0067 7b22 6279 7465 6f72 6465 7222 3a22  .g{\"byteorder\":\"\n"
            "00000010: 6c69 7474                                litt\n");
        row("xxd, one line", "00000000: 6162 6364  abcd", "abcd");
        row("xxd, text like digits", "00000000: 6162  ab", "ab");
        row("xxd, text begins with blanks", "00000000: 2020 62    b", "  b");
        row("xxd, text ends with a blank that is lost", "00000000: 6220  b", "b ");
        row("xxd, edited", "00000000: 6263 6364  abcd", "bccd");
        row("xxd, no text", "00000000: 6162 6364\n00000004: 65\n", "abcde");
        row("xxd -s", "00000010: 6162 6364  abcd\n00000014: 65         e\n", "abcde");
        row("xxd -d", "00000000: 6162 6364 6566 6768 696a  abcdefghij\n00000010: 65    e\n", "abcdefghije");
        row("xxd -a", "00000000: 0000 0000  ....\n*\n0000000c: 0061       .a\n",
            QByteArray(12, '\0') + QByteArray("\0a", 2));
        row("hexdump -C",
            "00000000  00 67 7b 22 62 79 74 65  6f 72 64 65 72 22 3a 22  |.g{\"byteorder\":\"|\n"
            "00000010  6c 69 74 74                                       |litt|\n00000014\n");
        row("hexdump -C, without its end",
            "00000000  00 67 7b 22 62 79 74 65  6f 72 64 65 72 22 3a 22  |.g{\"byteorder\":\"|\r\n"
            "00000010  6c 69 74 74                                       |litt|\r\n");
        row("hexdump -C, star",
            "00000000  61 61 61 61 61 61 61 61  61 61 61 61 61 61 61 61  |aaaaaaaaaaaaaaaa|\n*\n"
            "00000030  62                                                |b|\n00000031\n",
            QByteArray(48, 'a') + 'b');
        row("od -Ax -tx1", "000000 00 67 7b 22 62 79 74 65 6f 72 64 65 72 22 3a 22\n000010 6c 69 74 74\n000014\n");
        row("od -tx1", "0000000 00 67 7b 22 62 79 74 65 6f 72 64 65 72 22 3a 22\n0000020 6c 69 74 74\n0000024\n");
        row("od -Ad -tx1", "0000000 00 67 7b 22 62 79 74 65 6f 72 64 65 72 22 3a 22\n0000016 6c 69 74 74\n0000020\n");
        row("od -Ax -tx1z",
            "000000 00 67 7b 22 62 79 74 65 6f 72 64 65 72 22 3a 22  >.g{\"byteorder\":\"<\n"
            "000010 6c 69 74 74                                      >litt<\n000014\n");
        row("od, star at the end", "000000 00 00 00 00\n*\n00000c\n", QByteArray(12, '\0'));
        row("tcpdump -x", "\t0x0000:  0067 7b22 6279 7465 6f72 6465 7222 3a22\n\t0x0010:  6c69 7474\n");
        row("tcpdump -X",
            "\t0x0000:  0067 7b22 6279 7465 6f72 6465 7222 3a22  .g{\"byteorder\":\"\n"
            "\t0x0010:  6c69 7474                                litt\n");
        row("tcpdump -x, heading",
            "12:31:05.000001 IP 127.0.0.1.40112 > 127.0.0.1.65432: Flags [P.], seq 1:21, length 20\n"
            "\t0x0000:  0067 7b22 6279 7465 6f72 6465 7222 3a22\n\t0x0010:  6c69 7474\n");
        row("Wireshark",
            "0000   00 67 7b 22 62 79 74 65 6f 72 64 65 72 22 3a 22   .g{\"byteorder\":\"\n"
            "0010   6c 69 74 74                                       litt\n");
        row("Wireshark, in halves",
            "0000  00 67 7b 22 62 79 74 65  6f 72 64 65 72 22 3a 22   .g{\"byte order\":\"\n"
            "0010  6c 69 74 74                                        litt\n");
        row("Wireshark, bytes alone", "0000   00 67 7b 22 62 79 74 65 6f 72 64 65 72 22 3a 22\n0010   6c 69 74 74\n");
        row("Wireshark, one line", "0000   61 62 63", "abc");
        row("Wireshark, one line, text like digits", "0000   61 62   ab", "ab");
        row("gdb", "0x7ffe10:\t0x00\t0x67\n0x7ffe12:\t0x7b\n", bytes("00677b"));
    }
    void dumps()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, expected);
        const auto read = readHex(text);
        QVERIFY2(read, read ? "" : qPrintable(describe(read.error(), text)));
        QCOMPARE(read->bytes, expected);
        QVERIFY2(read->note.startsWith(u"Read as a hex dump: "), qPrintable(read->note));
    }

    void errors_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qsizetype>("at");
        QTest::addColumn<QString>("told");
        const auto row = [](const char* name, const char* text, qsizetype at, const char* told) {
            QTest::newRow(name) << QString::fromUtf8(text) << at << QString::fromUtf8(told);
        };
        row("one digit", "5", 0, "Column 1: “5” is half a byte: each byte takes two digits, such as 05.");
        row("single digits", "0 1 2 3", 0, "Column 1: “0” is half a byte");
        row("half a byte at the end", "00 02 5", 6, "Column 7: “5” is half a byte");
        row("half a byte in the middle", "00 2 05", 3, "Column 4: “2” is half a byte");
        row("three digits", "00 677 7b", 5, "“7” is half a byte");
        row("half a byte, prefix", "0x0 0x67", 2, "“0” is half a byte");
        row("half a byte, suffix", "5h", 0, "“5” is half a byte");
        row("half a byte, escape", "\\x0\\x67", 2, "“0” is half a byte");
        row("no digit", "00 g7", 3, "“g” is no hexadecimal digit");
        row("no digit, second line", "00\n6z", 4, "Line 2, column 2: ");
        row("no digit, emoji", "00 🐰", 3, "“🐰” is no hexadecimal digit");
        row("no digit, control character", "00 \x1b", 3, "“\\x1b” is no hexadecimal digit");
        row("prefix alone", "0x", 0, "a byte is missing");
        row("prefix and comma", "0x, 0x67", 2, "“,” is no hexadecimal digit");
        row("suffix inside", "00h67", 2, "“h” is no hexadecimal digit");
        row("digits of another script", "00 ٣٣", 3, "no hexadecimal digit");
        row("decimal numbers of C", "char a[] = { 16, 32 };", 13, "Without 0x");
        row("more than a byte", "char a[] = { 0x1234 };", 13, "more than a byte");
        row("nothing between commas", "char a[] = { 0x12,, 0x13 };", 18, "A byte is missing");
        row("no closing brace", "char a[] = { 0x12", 11, "not closed");
        row("two arrays", "char a[] = { 0x12 }; char b[] = { 0x13 };", 32, "Another array");
        row("no closing quote", "b'\\x00", 1, "not closed");
        row("half an escape", "b'\\x0'", 4, "half a byte");
        row("escape without digits", "b'\\xg0'", 4, "no hexadecimal digit");
        row("unknown escape", "b'\\q'", 2, "stands for no byte");
        row("escape beyond a byte", "b'\\777'", 2, "more than a byte");
        row("text of Python", "u'\\x00'", 0, "holds no bytes");
        row("two strings", "a = b'\\x00'; b = b'\\x01'", 13, "no part of a string");
        row("digits before a string", "00 67 b'\\x00'", 7, "no program");
        row("dump, line missing", "00000000: 6162 6364  abcd\n00000008: 6162 6364  abcd\n", 26,
            "the lines before it end at 00000004");
        row("dump, line twice", "000000 61 62\n000002 61 62\n000002 61 62\n", 26, "there twice");
        row("dump, end does not follow", "000000 61 62 63\n000004\n", 16, "The offset does not follow");
        row("dump, half a byte", "00000000: 6162 6  abc\n", 15, "half a byte");
        row("dump, half a byte at the end", "00000000: 6162 636\n", 17, "half a byte");
        row("dump, no digit", "00000000: 6162 6g63\n", 16, "no hexadecimal digit");
        row("two dumps", "0000   61 62   ab\n0000   63 64   cd\n", 18, "begin again");
        row("two packets", "\t0x0000:  6162\n12:31:05 IP a > b\n\t0x0000:  6162\n", 15, "no line of a hex dump");
        row("octal or decimal", "0000000 61 62\n*\n0000020\n", 0, "as octal and as decimal");
        row("star that nothing ends", "000000 61 62\n*\n", 13, "nothing behind it says how often");
        row("star first", "*\n000000 61 62\n000002 61\n", 0, "no hexadecimal digit");
        row("star beyond measure", "00000000: 61\n*\nffffffff: 61\n", 15, "more than 64 MiB");
        row("star backwards", "00000010: 61\n*\n00000001: 61\n", 15, "more than 64 MiB");
        row("words of hexdump", "0000000 6700 227b 007d\n0000005\n", 8, "words in the byte order");
        row("words of od -x", "000000 6700 227b\n000004\n", 7, "words in the byte order");
        row("octal words of od", "0000000 063400 021173\n0000004\n", 8, "words in the byte order");
        row("swapped words of xxd", "00000000: 64636261  abcd\n", 10, "bytes are swapped");
        row("binary digits of xxd", "00000000: 01100001 01100010  ab\n", 10, "binary digits");
    }
    void errors()
    {
        QFETCH(QString, text);
        QFETCH(qsizetype, at);
        QFETCH(QString, told);
        const auto read = readHex(text);
        QVERIFY2(!read, read ? qPrintable(hexText(read->bytes)) : "");
        const QString described = describe(read.error(), text);
        QVERIFY2(described.contains(told), qPrintable(described));
        QCOMPARE(read.error().at, at);
    }

    void carets()
    {
        const auto shown = [](const QString& text) { return withCaret(readHex(text).error(), text); };
        QCOMPARE(shown(QStringLiteral("00 02 5")), QStringLiteral("00 02 5\n      ^"));
        QCOMPARE(shown(QStringLiteral("00\n02 5 07\n08")), QStringLiteral("02 5 07\n   ^"));
        QCOMPARE(shown(QStringLiteral("00\t5\t07")), QStringLiteral("00\\t5\\t07\n    ^"));
        const QString long_ =
            QStringLiteral("00 ").repeated(10'000) + QStringLiteral("5 ") + QStringLiteral("00 ").repeated(10'000);
        const QStringList lines = shown(long_).split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines.first().size() < 80, qPrintable(lines.first()));
        QCOMPARE(lines.first().at(lines.last().size() - 1), QChar(u'5'));
        QVERIFY(lines.first().startsWith(u'…') && lines.first().endsWith(u'…'));
    }

    void otherPrograms_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char* name, const char* arguments) {
            QTest::newRow(
                qPrintable(QStringLiteral("%1 %2").arg(QLatin1StringView(name), QLatin1StringView(arguments))))
                << QString::fromLatin1(name) << QString::fromLatin1(arguments).split(u' ', Qt::SkipEmptyParts);
        };
        for (const char* arguments :
            { "", "-g1", "-g4", "-g0", "-g16", "-u", "-a", "-p", "-i", "-c 7", "-c 32 -g8", "-o 4096" }) {
            row("xxd", arguments);
        }
        for (const char* arguments : { "-C", "-C -v" }) {
            row("hexdump", arguments);
        }
        for (const char* arguments :
            { "-Ax -tx1", "-Ao -tx1", "-Ad -tx1", "-An -v -tx1", "-Ax -tx1z", "-Ax -tx1 -v", "-Ax -tx1z -w7" }) {
            row("od", arguments);
        }
    }
    void otherPrograms()
    {
        QFETCH(QString, program);
        QFETCH(QStringList, arguments);
        if (QStandardPaths::findExecutable(program).isEmpty()) {
            QSKIP("not installed");
        }
        QByteArray all;
        for (int i = 0; i < 256; ++i) {
            all += static_cast<char>(i);
        }
        const QByteArray zeros(100, '\0');
        const QByteArray texts("ab cd ef 12 34 |a| >b< 0x00  61  ", 33);
        for (const QByteArray& sent : { QByteArray("a"), QByteArray("ab"), QByteArray("abc  "), all, zeros, texts,
                 QByteArray(all + zeros + all), QByteArray(zeros + texts), texts.first(17), texts.first(16),
                 QByteArray("6162 6364 6566 6768 61 62 63 64 65 66") }) {
            QProcess process;
            process.start(program, arguments);
            process.write(sent);
            process.closeWriteChannel();
            QVERIFY(process.waitForFinished());
            const QString dump = QString::fromUtf8(process.readAllStandardOutput());
            const auto read = readHex(dump);
            QVERIFY2(read, read ? "" : qPrintable(describe(read.error(), dump) + u'\n' + dump));
            QVERIFY2(read->bytes == sent, qPrintable(dump));
        }
    }
};

} // namespace

SOCKEYE_TEST(TestHexReader)

#include "tst_hex_reader.moc"
