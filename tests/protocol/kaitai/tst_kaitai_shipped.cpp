// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kaitai_help.h"
#include "protocol/kaitai/cutter.h"
#include "tests/testcase.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <random>

using namespace sockeye;
using namespace sockeye::kaitai;

/// The descriptions that come along: their own examples, and what real peers sent.
class TestShipped : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void examples_data();
    void examples();
    void streams();
    void realPeers_data();
    void realPeers();
    void damaged_data();
    void damaged();
};

namespace {

QString shippedPath(const QString& inProject)
{
    return qEnvironmentVariable("SOCKEYE_TEST_DATA") + QStringLiteral("/../../") + inProject;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::optional<Source> shippedFile(const QString& name, const QString& /*from*/)
{
    const QString path = shippedPath(QStringLiteral("resources/protocols/") + name + QStringLiteral(".ksy"));
    return QFile::exists(path) ? std::optional(Source { name, contentOf(path) }) : std::nullopt;
}

std::shared_ptr<const Description> shipped(const QString& name)
{
    const auto source = shippedFile(name, {});
    const auto description = source ? load(*source, shippedFile) : tl::unexpected(QList<Mistake>());
    return description ? *description : nullptr;
}

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

/// Those of a description's own examples and of real peers.
std::vector<QByteArray> goldenMessages(const QString& name)
{
    std::vector<QByteArray> out;
    const QByteArray list = contentOf(shippedPath(QStringLiteral("tests/data/protocols/golden.json")));
    for (const QJsonValue golden : QJsonDocument::fromJson(list).array()) {
        if (golden[QStringLiteral("protocol")].toString() != name) {
            continue;
        }
        const QString file = golden[QStringLiteral("file")].toString();
        const QByteArray bytes = contentOf(shippedPath(QStringLiteral("tests/data/protocols/") + file));
        qsizetype begin = 0;
        for (const QJsonValue message : golden[QStringLiteral("messages")].toArray()) {
            out.push_back(bytes.mid(begin, message[QStringLiteral("size")].toInt()));
            begin += out.back().size();
        }
    }
    return out;
}

/// Some bytes changed, or the end cut off, or something put behind or between.
QByteArray damagedCopy(QByteArray bytes, std::mt19937& random)
{
    const auto below = [&](qsizetype limit) { return static_cast<qsizetype>(random() % static_cast<quint32>(limit)); };
    for (qsizetype change = below(3); change >= 0; --change) {
        const qsizetype at = below(bytes.size() + 1);
        switch (random() % 6) {
        case 0:
            bytes.truncate(at);
            break;
        case 1:
            bytes.insert(at, QByteArray(1 + below(40), static_cast<char>(random())));
            break;
        case 2:
            bytes.remove(at, 1 + below(4));
            break;
        case 3:
            bytes.insert(at, bytes.mid(below(bytes.size() + 1), below(60)));
            break;
        default:
            if (at < bytes.size()) {
                bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 << below(8)));
            }
            break;
        }
    }
    return bytes;
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
