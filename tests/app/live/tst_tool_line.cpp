// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/live/capture_tool.h"
#include "app/live/network_interface.h"
#include "app/live/tool_line.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

/// What comes from the capture tool, which may be an old one, a broken one or none of ours.
class TestToolLine : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void line_data();
    void line();
    void longError();
    void interfaces();
    void brokenInterfaces_data();
    void brokenInterfaces();
    void interfaceTexts_data();
    void interfaceTexts();
    void grantsTheFileItself();
};

void TestToolLine::line_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("kind");
    constexpr int nothing = 0;
    constexpr int began = 1;
    constexpr int counts = 2;
    constexpr int error = 3;
    QTest::newRow("empty") << QByteArray() << nothing;
    QTest::newRow("of somebody else") << QByteArray("sockeye-capture: error while loading shared libraries") << nothing;
    QTest::newRow("began") << QByteArray("capturing 1") << began;
    QTest::newRow("began, no number") << QByteArray("capturing") << nothing;
    QTest::newRow("began, not a number") << QByteArray("capturing lo") << nothing;
    QTest::newRow("began, too large") << QByteArray("capturing 4294967296") << nothing;
    QTest::newRow("began, trailing") << QByteArray("capturing 1 2") << nothing;
    QTest::newRow("counts") << QByteArray("packets 12 dropped 3 missed 0") << counts;
    QTest::newRow("counts, partial") << QByteArray("packets 12 dropped 3") << nothing;
    QTest::newRow("counts, negative") << QByteArray("packets 12 dropped -3 missed 0") << nothing;
    QTest::newRow("counts, other words") << QByteArray("packets 12 lost 3 missed 0") << nothing;
    QTest::newRow("error") << QByteArray("error right no socket") << error;
    QTest::newRow("error without a text") << QByteArray("error right") << error;
    QTest::newRow("error without a code") << QByteArray("error") << nothing;
}

void TestToolLine::line()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, kind);
    const ToolLine told = parseToolLine(text);
    QCOMPARE(static_cast<int>(told.index()), kind);
    if (const auto* counts = std::get_if<PacketCounts>(&told)) {
        QCOMPARE(*counts, PacketCounts({ 12, 3, 0 }));
    }
    if (const auto* error = std::get_if<ToolError>(&told)) {
        QCOMPARE(error->code, QStringLiteral("right"));
        QCOMPARE(error->text, text.contains("socket") ? QStringLiteral("no socket") : QString());
    }
}

void TestToolLine::longError()
{
    const ToolLine told = parseToolLine(QByteArray("error other \033[2J" + QByteArray(100'000, 'x')));
    const auto* error = std::get_if<ToolError>(&told);
    QVERIFY(error);
    QVERIFY(error->text.size() <= 1024);
    QVERIFY(!error->text.contains(u'\033'));
}

void TestToolLine::interfaces()
{
    const QList<NetworkInterface> all = parseInterfaces("dead0\t\t\tA card\n"
                                                        "any\tup,running,all\t\tPseudo-device\n"
                                                        "eth0\tup,running\t10.0.0.2,fe80::1%eth0\t\n"
                                                        "lo\tup,running,loopback\t127.0.0.1,::1\t\n");
    QCOMPARE(all.size(), 4);
    QCOMPARE(all[0].name, QStringLiteral("lo"));
    QVERIFY(all[0].loopback && all[0].up && !all[0].all);
    QCOMPARE(all[0].addresses, QStringList({ QStringLiteral("127.0.0.1"), QStringLiteral("::1") }));
    QCOMPARE(all[1].name, QStringLiteral("eth0"));
    QCOMPARE(all[2].name, QStringLiteral("any"));
    QVERIFY(all[2].all);
    QCOMPARE(all[3].name, QStringLiteral("dead0"));
    QVERIFY(!all[3].up);
    QCOMPARE(all[3].description, QStringLiteral("A card"));
}

void TestToolLine::brokenInterfaces_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("count");
    QTest::newRow("empty") << QByteArray() << 0;
    QTest::newRow("garbage") << QByteArray("\xff\xfe\0\0 nonsense\n\n\n", 16) << 0;
    QTest::newRow("no name") << QByteArray("\tup\t\t\n") << 0;
    QTest::newRow("too few fields") << QByteArray("lo\tup\t\n") << 0;
    QTest::newRow("too many fields") << QByteArray("lo\tup\t\t\t\n") << 0;
    QTest::newRow("without the last end of line") << QByteArray("lo\tup\t\t") << 1;
    QTest::newRow("far too many") << QByteArray("x\tup\t\t\n").repeated(100'000) << 4096;
}

void TestToolLine::brokenInterfaces()
{
    QFETCH(const QByteArray, lines);
    QTEST(static_cast<int>(parseInterfaces(lines).size()), "count");
}

void TestToolLine::interfaceTexts_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("text");
    QTest::newRow("loopback") << QByteArray("lo\tup,loopback\t127.0.0.1,::1\t")
                              << QStringLiteral("lo: loopback, programs of this machine (127.0.0.1, ::1)");
    QTest::newRow("plain") << QByteArray("eth0\tup\t\t") << QStringLiteral("eth0");
    QTest::newRow("described") << QByteArray("eth0\tup\t10.0.0.2\tA card") << QStringLiteral("eth0: A card (10.0.0.2)");
    QTest::newRow("down") << QByteArray("eth0\t\t\tA card") << QStringLiteral("eth0: A card, down");
    QTest::newRow("many addresses") << QByteArray("eth0\tup\t1.1.1.1,2.2.2.2,3.3.3.3\t")
                                    << QStringLiteral("eth0 (1.1.1.1, 2.2.2.2, …)");
}

void TestToolLine::interfaceTexts()
{
    QFETCH(const QByteArray, line);
    const QList<NetworkInterface> all = parseInterfaces(line);
    QCOMPARE(all.size(), 1);
    QTEST(interfaceText(all.first()), "text");
}

void TestToolLine::grantsTheFileItself()
{
    const QTemporaryDir folder;
    const QString tool = folder.filePath(QStringLiteral("a tool's"));
    QFile file(tool);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QString link = folder.filePath(QStringLiteral("link"));
    QVERIFY(QFile::link(tool, link));
    const QString real = QFileInfo(folder.path()).canonicalFilePath();
    // setcap does not follow links; the quotes are the shell's.
    QCOMPARE(grantCommand(link), QString(u"sudo setcap cap_net_raw+ep '" + real + uR"(/a tool'\''s')"));
    QCOMPARE(grantCommand(QStringLiteral("/opt/sockeye-capture")),
        QStringLiteral("sudo setcap cap_net_raw+ep /opt/sockeye-capture"));
}

SOCKEYE_TEST(TestToolLine)
#include "tst_tool_line.moc"
