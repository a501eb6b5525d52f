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

/// The descriptions that come along: their own examples, and what real peers sent, cut from its stream.
class TestShipped : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void examples_data();
    void examples();
    void streams_data();
    void streams();
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

void TestShipped::streams_data()
{
    QTest::addColumn<QJsonObject>("golden");
    const QByteArray list = contentOf(shippedPath(QStringLiteral("tests/data/protocols/golden.json")));
    for (const QJsonValue& golden : QJsonDocument::fromJson(list).array()) {
        if (golden[QStringLiteral("stream")].toBool()) {
            QTest::newRow(qPrintable(golden[QStringLiteral("file")].toString())) << golden.toObject();
        }
    }
}

void TestShipped::streams()
{
    QFETCH(QJsonObject, golden);
    const auto text = [&](const char* key) { return golden[QLatin1StringView(key)].toString(); };
    const Sender sender = text("sender") == QStringLiteral("client") ? Sender::Client : Sender::Server;
    const auto description = shipped(text("protocol"));
    QVERIFY(description);
    QVERIFY(!description->cuttingProblem(sender));
    const QByteArray bytes = contentOf(shippedPath(QStringLiteral("tests/data/protocols/") + text("file")));
    QVERIFY(!bytes.isEmpty());
    QJsonArray sizes;
    Cutter cutter(description, {}, sender);
    qsizetype begin = 0;
    for (qsizetype end = 1; end <= bytes.size(); ++end) {
        const CutResult result = cutter.feed(QByteArrayView(bytes).sliced(begin, end - begin));
        QVERIFY2(result.kind != CutResult::Kind::Fault, qPrintable(describe(result.fault)));
        if (result.kind == CutResult::Kind::Message) {
            const Tree tree = description->decode(QByteArrayView(bytes).sliced(begin, result.size), {}, sender);
            QVERIFY2(tree.faults.empty(), tree.faults.empty() ? "" : qPrintable(describe(tree.faults.front())));
            QVERIFY(!tree.summary.isEmpty());
            sizes.append(result.size);
            begin += result.size;
            cutter.restart();
        }
    }
    QCOMPARE(begin, bytes.size());
    QJsonArray expected;
    for (const QJsonValue& message : golden[QStringLiteral("messages")].toArray()) {
        expected.append(message[QStringLiteral("size")]);
    }
    QCOMPARE(sizes, expected);
}

SOCKEYE_TEST(TestShipped)
#include "tst_kaitai_shipped.moc"
