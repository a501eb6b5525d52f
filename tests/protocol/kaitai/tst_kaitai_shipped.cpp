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

using namespace sockeye;
using namespace sockeye::kaitai;

/// The descriptions that come along: their own examples, and what real peers sent.
class TestShipped : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void examples_data();
    void examples();
    void realPeers_data();
    void realPeers();
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

void TestShipped::realPeers_data()
{
    QTest::addColumn<QJsonObject>("golden");
    const QByteArray list = contentOf(shippedPath(QStringLiteral("tests/data/protocols/golden.json")));
    for (const QJsonValue& golden : QJsonDocument::fromJson(list).array()) {
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
    for (const QJsonValue& message : golden[QStringLiteral("messages")].toArray()) {
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
        begin += size;
    }
    QCOMPARE(begin, bytes.size());
}

SOCKEYE_TEST(TestShipped)
#include "tst_kaitai_shipped.moc"
