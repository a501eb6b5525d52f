// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/hexview/byte_export.h"

#include <QProcess>
#include <QTest>

using namespace sockeye;

class TestByteExport : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void exports_data();
    void exports();
    void pythonReadsItsOwnLiteral();
};

void TestByteExport::exports_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("form");
    QTest::addColumn<QString>("expected");

    const auto row = [](const char* name, const QByteArray& bytes, ByteForm form, const QString& expected) {
        QTest::newRow(name) << bytes << static_cast<int>(form) << expected;
    };
    const QByteArray start("\x00g{\"", 4);
    row("hex", start, ByteForm::Hex, QStringLiteral("00677b22"));
    row("hex, empty", {}, ByteForm::Hex, QString());
    row("hex, high bytes", QByteArrayLiteral("\xff\x80"), ByteForm::Hex, QStringLiteral("ff80"));
    row("C array", start, ByteForm::CArray,
        QStringLiteral("const unsigned char bytes[4] = {\n    0x00, 0x67, 0x7b, 0x22,\n};\n"));
    row("C array, two lines", QByteArray(13, 'a'), ByteForm::CArray,
        QStringLiteral("const unsigned char bytes[13] = {\n    0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, "
                       "0x61, 0x61, 0x61,\n    0x61,\n};\n"));
    row("C array, empty", {}, ByteForm::CArray, QStringLiteral("const unsigned char bytes[0] = {};\n"));
    row("Python", start, ByteForm::PythonBytes, QStringLiteral("b'\\x00g{\"'"));
    row("Python, quotes and escapes", "it's \\ \n\r\t\x7f", ByteForm::PythonBytes,
        QStringLiteral("b'it\\'s \\\\ \\n\\r\\t\\x7f'"));
    row("Python, empty", {}, ByteForm::PythonBytes, QStringLiteral("b''"));
    row("Base64, padding", start, ByteForm::Base64, QStringLiteral("AGd7Ig=="));
    row("Base64, empty", {}, ByteForm::Base64, QString());
    row("text", "caf\xc3\xa9", ByteForm::Text, QStringLiteral("café"));
    row("text, not UTF-8", "a\xff", ByteForm::Text, QStringLiteral("a\\xff"));
    row("text, NUL", QByteArray("a\0b", 3), ByteForm::Text, QStringLiteral("a\\x00b"));
}

void TestByteExport::exports()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, form);
    QFETCH(const QString, expected);
    QCOMPARE(exportBytes(bytes, static_cast<ByteForm>(form)), expected);
}

void TestByteExport::pythonReadsItsOwnLiteral()
{
    QByteArray all;
    for (int i = 0; i < 256; ++i) {
        all.append(static_cast<char>(i));
    }
    const QString program = QStringLiteral("import sys; sys.stdout.buffer.write(")
        + exportBytes(all, ByteForm::PythonBytes) + QStringLiteral(")");
    QProcess python;
    python.start(QStringLiteral("python3"), { QStringLiteral("-c"), program });
    QVERIFY(python.waitForFinished());
    QCOMPARE(python.readAllStandardOutput(), all);
}

SOCKEYE_TEST(TestByteExport)
#include "tst_byte_export.moc"
