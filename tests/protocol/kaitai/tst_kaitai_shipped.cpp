// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kaitai_help.h"
#include "protocol/kaitai/cutter.h"
#include "shipped_help.h"
#include "tests/testcase.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace sockeye;
using namespace sockeye::kaitai;

/// The descriptions that come along: their own examples, and what real peers sent.
class TestShipped : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void examples_data();
    void examples();
    void streams();
    void longNames();
    void realPeers_data();
    void realPeers();
    void damaged_data();
    void damaged();
};

namespace {

/// The size of the first message, asked for again with each byte that comes; -1 if there is none.
qint64 cutByteByByte(const std::shared_ptr<const Description>& description, Sender sender, QByteArrayView bytes)
{
    Cutter cutter(description, {}, sender);
    for (qsizetype end = 1; end <= bytes.size(); ++end) {
        const CutResult result = cutter.feed(bytes.first(end));
        if (result.kind != CutResult::Kind::Need) {
            return result.kind == CutResult::Kind::Message ? result.size : -1;
        }
    }
    return -1;
}

} // namespace

void TestShipped::examples_data()
{
    QTest::addColumn<QString>("name");
    const QDir folder(shippedPath(QStringLiteral("resources/protocols")));
    for (const QString& file : folder.entryList({ QStringLiteral("*.ksy") })) {
        QTest::newRow(qPrintable(file)) << file.chopped(4);
    }
}

void TestShipped::examples()
{
    QFETCH(QString, name);
    const auto description = shipped(name);
    QVERIFY(description);
    QVERIFY(description->warnings().isEmpty());
    QVERIFY(!description->title().isEmpty());
    const QList<Mistake> failed = description->selfTest();
    QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(describe(failed.front())));
}

void TestShipped::streams()
{
    QStringList cut;
    const QDir folder(shippedPath(QStringLiteral("resources/protocols")));
    for (const QString& file : folder.entryList({ QStringLiteral("*.ksy") })) {
        const auto description = shipped(file.chopped(4));
        QVERIFY(description);
        if (!description->cuttingProblem(Sender::Client) && !description->cuttingProblem(Sender::Server)) {
            cut.append(file.chopped(4));
        }
    }
    // The others are of UDP alone; DNS could be cut there, but nobody sends it so.
    QCOMPARE(cut.join(u' '), QStringLiteral("dns dns_tcp modbus_rtu modbus_tcp mqtt nmea_0183 stun websocket"));
}

/// A reply of 64 KiB, all of whose records refer to the name of its question, is within what a message may cost.
void TestShipped::longNames()
{
    const auto description = shipped(QStringLiteral("dns"));
    QVERIFY(description);
    constexpr int records = 4'000;
    QByteArray reply =
        QByteArray::fromHex("0001 8180 0001 0fa0 0000 0000 03777777 076578616d706c65 036f7267 00 0001 0001");
    for (int i = 0; i < records; ++i) {
        reply += QByteArray::fromHex("c00c 0001 0001 00000e10 0004 c0000201");
    }
    QVERIFY(reply.size() > 64'000 && reply.size() < 65'536);
    const Tree tree = description->decode(reply);
    QVERIFY2(tree.faults.empty(), tree.faults.empty() ? "" : qPrintable(describe(tree.faults.front())));
    const int last = tree.find("answers[3999].name.text");
    QVERIFY(last > 0);
    QCOMPARE(tree.items[static_cast<std::size_t>(last)].text, QByteArray("www.example.org"));
    QVERIFY(!description->faultOf(reply));
    const auto built = description->build(toJson(tree));
    QVERIFY2(built.has_value(), built ? "" : qPrintable(describe(built.error())));
    QCOMPARE(built->size(), reply.size());
    QVERIFY(*built == reply);
}

void TestShipped::realPeers_data()
{
    QTest::addColumn<QJsonObject>("golden");
    const QByteArray list = contentOf(shippedPath(QStringLiteral("tests/data/protocols/golden.json")));
    for (const QJsonValue golden : QJsonDocument::fromJson(list).array()) {
        QTest::newRow(qPrintable(golden[QStringLiteral("file")].toString())) << golden.toObject();
    }
}

/// As they come from a socket, byte by byte, by the type of who sent them.
void TestShipped::realPeers()
{
    QFETCH(QJsonObject, golden);
    const auto text = [&](const char* key) { return golden[QLatin1StringView(key)].toString(); };
    const Sender sender = text("sender") == QStringLiteral("client") ? Sender::Client : Sender::Server;
    const bool isStream = golden[QStringLiteral("stream")].toBool();
    const auto description = shipped(text("protocol"));
    QVERIFY(description);
    QVERIFY(!isStream || !description->cuttingProblem(sender));
    const QByteArray bytes = contentOf(shippedPath(QStringLiteral("tests/data/protocols/") + text("file")));
    qsizetype begin = 0;
    for (const QJsonValue message : golden[QStringLiteral("messages")].toArray()) {
        const qsizetype size = message[QStringLiteral("size")].toInt();
        QVERIFY(begin + size <= bytes.size());
        if (isStream) {
            QCOMPARE(cutByteByByte(description, sender, QByteArrayView(bytes).sliced(begin)), size);
        }
        const Tree tree = description->decode(QByteArrayView(bytes).sliced(begin, size), {}, sender);
        QVERIFY2(tree.faults.empty(), tree.faults.empty() ? "" : qPrintable(describe(tree.faults.front())));
        QVERIFY(!tree.summary.isEmpty());
        const QJsonObject fields = message[QStringLiteral("fields")].toObject();
        for (auto field = fields.begin(); field != fields.end(); ++field) {
            const QString path = field.key();
            const int place = tree.find(path.toUtf8());
            const QString found = path == QStringLiteral("summary") ? tree.summary
                : place < 0                                         ? QStringLiteral("nothing")
                            : QString::fromUtf8(scalarText(tree.items[static_cast<std::size_t>(place)]));
            QCOMPARE(QString(path + QStringLiteral(": ") + found),
                QString(path + QStringLiteral(": ") + field.value().toVariant().toString()));
        }
        const auto built = description->build(toJson(tree), {}, sender);
        QVERIFY2(built.has_value(), built ? "" : qPrintable(describe(built.error())));
        QCOMPARE(built->toHex(' '), bytes.mid(begin, size).toHex(' '));
        begin += size;
    }
    QCOMPARE(begin, bytes.size());
}

void TestShipped::damaged_data()
{
    examples_data();
}

/// Whatever comes instead of a message, reading it ends; and what is found right is made again to the same bytes.
void TestShipped::damaged()
{
    QFETCH(QString, name);
    const auto description = shipped(name);
    QVERIFY(description);
    const std::vector<QByteArray> messages = goldenMessages(name);
    QVERIFY(!messages.empty());
    std::mt19937 random(2027); // NOLINT(cert-msc51-cpp): the same each time
    int right = 0;
    for (int round = 0; round < 1000; ++round) {
        const QByteArray bytes = damagedCopy(messages[random() % messages.size()], random);
        const Tree tree = description->decode(bytes);
        const QByteArray json = toJson(tree);
        // Texts that are none in their encoding do not keep their bytes.
        if (tree.faults.empty() && tree.size == bytes.size() && !json.contains("\xef\xbf\xbd")) {
            ++right;
            const auto built = description->build(json);
            QVERIFY2(built.has_value(), built ? "" : qPrintable(describe(built.error()) + QString::fromUtf8(json)));
            QCOMPARE(built->toHex(' '), bytes.toHex(' '));
        }
    }
    QVERIFY(right > 10);
}

SOCKEYE_TEST(TestShipped)
#include "tst_kaitai_shipped.moc"
