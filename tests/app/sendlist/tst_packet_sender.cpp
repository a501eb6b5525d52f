// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sendlist/packet_sender.h"
#include "tests/testcase.h"

#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// What Packet Sender keeps and exports.
class TestPacketSender : public TestCase {
    Q_OBJECT

    QTemporaryDir m_folder;

    [[nodiscard]] QString written(const char* name, const QByteArray& text) const
    {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName() : QString();
    }

private Q_SLOTS:
    void ini();
    void json();
    void nothingToTake_data();
    void nothingToTake();
    void claimsOfManyNames();
};

} // namespace

void TestPacketSender::ini()
{
    // As that program writes it: an array of names, and a group for each.
    const QString file = m_folder.filePath(QStringLiteral("packets.ini"));
    {
        QSettings settings(file, QSettings::IniFormat);
        settings.beginWriteArray(QStringLiteral("NAMES"));
        const QStringList names { QStringLiteral("say hello"), QStringLiteral("modbus"), QStringLiteral("a page"),
            QStringLiteral("gone") };
        for (int i = 0; i < names.size(); ++i) {
            settings.setArrayIndex(i);
            settings.setValue(QStringLiteral("name"), names.at(i));
        }
        settings.endArray();
        const auto packet = [&settings](const char* name, const char* hex, const char* kind, const char* repeat) {
            settings.beginGroup(QString::fromLatin1(name));
            settings.setValue(QStringLiteral("name"), QString::fromLatin1(name));
            settings.setValue(QStringLiteral("hexString"), QString::fromLatin1(hex));
            settings.setValue(QStringLiteral("tcpOrUdp"), QString::fromLatin1(kind));
            settings.setValue(QStringLiteral("repeat"), QString::fromLatin1(repeat));
            settings.setValue(QStringLiteral("toIP"), QStringLiteral("192.0.2.1"));
            settings.setValue(QStringLiteral("port"), 502);
            settings.setValue(QStringLiteral("fromIP"), QStringLiteral("You"));
            settings.endGroup();
        };
        packet("modbus", "01 03 00 00 00 02 C4 0B ", "UDP", "0");
        packet("say hello", "48 65 6C 6C 6F 0D 0A ", "TCP", "1.5");
        packet("a page", "", "HTTP GET", "0");
    }
    const auto read = importPacketSender(file);
    QVERIFY2(read, qPrintable(read ? QString() : read.error()));
    const std::vector<ListMessage>& messages = read->list.messages;
    QCOMPARE(messages.size(), 3U);
    QCOMPARE(messages.at(0).name, QStringLiteral("say hello")); // in the order of the array
    QCOMPARE(messages.at(0).content, ListMessage::Content::Text);
    QCOMPARE(messages.at(0).value.text, QStringLiteral("Hello\r\n"));
    QCOMPARE(messages.at(0).pause, std::chrono::microseconds(1500ms));
    QCOMPARE(messages.at(1).content, ListMessage::Content::Hex);
    QCOMPARE(messages.at(1).value.text, QStringLiteral("01 03 00 00 00 02 c4 0b"));
    QCOMPARE(messages.at(1).pause, std::chrono::microseconds(0));
    QVERIFY2(read->note.contains(u"HTTP"), qPrintable(read->note));
    QVERIFY2(read->note.contains(u"2 different place"), qPrintable(read->note));
}

void TestPacketSender::json()
{
    const auto read = importPacketSender(written("packets.json",
        R"([{"name": "one", "hexstring": "31", "toip": "::1", "port": "7", "tcporudp": "TCP", "repeat": "0"},
            {"name": "two", "hexstring": "zz", "tcporudp": "TCP"}, 17, {}])"));
    QVERIFY2(read, qPrintable(read ? QString() : read.error()));
    QCOMPARE(read->list.messages.at(0).value.text, QStringLiteral("1"));
    QCOMPARE(read->list.messages.at(0).name, QStringLiteral("one"));
    QVERIFY2(read->note.contains(u"cannot be read"), qPrintable(read->note));
    QVERIFY2(read->note.contains(u"They went to ::1 port 7 (TCP)."), qPrintable(read->note));
}

void TestPacketSender::nothingToTake_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no packets") << QByteArray("[]");
    QTest::newRow("another ini") << QByteArray("[General]\nfont=12\n");
    QTest::newRow("bytes") << QByteArray("\x7f\x45LF\0\0\xff\xfe[NAMES]\n1\\name", 20);
    QTest::newRow("HTTP alone") << QByteArray(R"([{"name": "page", "tcporudp": "HTTPS GET"}])");
}

void TestPacketSender::nothingToTake()
{
    QFETCH(const QByteArray, text);
    const auto read = importPacketSender(written("other", text));
    QVERIFY(!read);
    QVERIFY2(read.error().contains(u"has no packets of Packet Sender"), qPrintable(read.error()));
    QVERIFY(importPacketSender(m_folder.path()).error().contains(u"is a folder"));
}

void TestPacketSender::claimsOfManyNames()
{
    const auto read = importPacketSender(
        written("many.ini", "[NAMES]\n1\\name=a\nsize=2147483647\n[a]\nname=a\nhexString=00\ntcpOrUdp=TCP\n"));
    QVERIFY2(read, qPrintable(read ? QString() : read.error()));
    QCOMPARE(read->list.messages.size(), 1U);
}

SOCKEYE_TEST(TestPacketSender)
#include "tst_packet_sender.moc"
