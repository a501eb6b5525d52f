// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Toxiproxy's API as its client libraries use it: over HTTP, with real relays behind it.

#include "tests/app/toxiproxy/api_setting.h"
#include "tests/testcase.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

#include <algorithm>

using namespace sockeye;

namespace {

QJsonObject toxic(const char* json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

class TestToxiproxyApi : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void requests_data();
    void requests();
    void aProxyIsARelay();
    void toxicsHaveTheirNumbers_data();
    void toxicsHaveTheirNumbers();
    void aToxicStrikes();
    void disabledMeansNobodyListens();
    void itMovesToOtherEnds();
    void resetBringsEverythingBack();
    void populateMakesAndKeeps();
    void populateStopsAtAMistake();
    void whatARelayDoesIsSeen();
    void aRelayThatGoesIsNoProxy();
    void theApiIsRecorded();
};

void TestToxiproxyApi::requests_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error"); // begins so
    const auto row = [](const char* name, const char* method, const char* path, const QByteArray& body, int status,
                         const char* error) {
        QTest::newRow(name) << QByteArray(method) << QString::fromLatin1(path) << body << status
                            << QString::fromLatin1(error);
    };
    row("version", "GET", "/version", {}, 200, "");
    row("list", "GET", "/proxies", {}, 200, "");
    row("show", "GET", "/proxies/echo", {}, 200, "");
    row("show nothing", "GET", "/proxies/none", {}, 404, "proxy not found");
    row("no such page", "GET", "/metrics", {}, 404, "");
    row("no name", "GET", "/proxies/", {}, 404, "");
    row("no such method", "PUT", "/proxies", {}, 405, "");
    row("another method", "OPTIONS", "/proxies", {}, 405, "");
    row("create what there is", "POST", "/proxies", R"({"name":"echo","listen":":0","upstream":"localhost:1"})", 409,
        "proxy already exists");
    row("create without name", "POST", "/proxies", R"({"upstream":"localhost:1"})", 400,
        "missing required field: name");
    row("create without upstream", "POST", "/proxies", R"({"name":"a"})", 400, "missing required field: upstream");
    row("create from nothing", "POST", "/proxies", {}, 400, "bad request body: EOF");
    row("create from no JSON", "POST", "/proxies", "{\"name\":", 400, "bad request body: ");
    row("create from an array", "POST", "/proxies", "[]", 400, "bad request body: an object is expected");
    row("create from numbers", "POST", "/proxies", R"({"name":1})", 400, "bad request body: name is a string");
    row("create from depth", "POST", "/proxies", QByteArray(50'000, '['), 400, "bad request body: ");
    row("create with a long name", "POST", "/proxies",
        R"({"upstream":"localhost:1","name":")" + QByteArray(5000, 'x') + "\"}", 400,
        "bad request body: name is longer");
    row("create to nowhere", "POST", "/proxies", R"({"name":"a","upstream":"there"})", 400,
        "bad request body: upstream is HOST:PORT");
    row("create from nowhere", "POST", "/proxies", R"({"name":"a","listen":"here","upstream":"localhost:1"})", 400,
        "bad request body: listen is HOST:PORT");
    row("create elsewhere", "POST", "/proxies", R"({"name":"a","listen":"192.0.2.1:1","upstream":"localhost:1"})", 500,
        "Cannot assign requested address");
    row("create switched off", "POST", "/proxies",
        R"({"NAME":"a","Listen":"192.0.2.1:1","upstream":"localhost:1","enabled":false})", 201, "");
    row("update nothing", "PATCH", "/proxies/none", "{}", 404, "proxy not found");
    row("update with nothing", "POST", "/proxies/echo", "{}", 200, "");
    row("update with rubbish", "PATCH", "/proxies/echo", R"({"enabled":1})", 400, "bad request body: enabled is");
    row("update to nowhere", "PATCH", "/proxies/echo", R"({"upstream":":"})", 400, "bad request body: upstream is");
    row("remove", "DELETE", "/proxies/echo", {}, 204, "");
    row("remove nothing", "DELETE", "/proxies/none", {}, 404, "proxy not found");
    row("toxics", "GET", "/proxies/echo/toxics", {}, 200, "");
    row("toxics of nothing", "GET", "/proxies/none/toxics", {}, 404, "proxy not found");
    row("a toxic", "POST", "/proxies/echo/toxics", R"({"type":"latency","attributes":{"latency":1}})", 200, "");
    row("a toxic again", "POST", "/proxies/echo/toxics", R"({"type":"timeout","name":"slow"})", 409,
        "toxic already exists");
    row("a toxic of no type", "POST", "/proxies/echo/toxics", R"({"name":"x"})", 400, "invalid toxic type");
    row("a toxic that is none", "POST", "/proxies/echo/toxics", R"({"type":"down"})", 400, "invalid toxic type");
    row("a toxic sideways", "POST", "/proxies/echo/toxics", R"({"type":"latency","stream":"both"})", 400,
        "stream was invalid");
    row("a toxic of text", "POST", "/proxies/echo/toxics", R"({"type":"latency","attributes":{"latency":"1"}})", 400,
        "bad request body: latency: latency is a whole number");
    row("a toxic of less than nothing", "POST", "/proxies/echo/toxics",
        R"({"type":"latency","attributes":{"latency":-1}})", 400, "bad request body: latency: latency is");
    row("a toxic of half a byte", "POST", "/proxies/echo/toxics", R"({"type":"limit_data","attributes":{"bytes":0.5}})",
        400, "bad request body: limit_data: bytes is");
    row("a toxic with more than it knows", "POST", "/proxies/echo/toxics",
        R"({"type":"latency","attributes":{"LATENCY":1,"colour":"red"},"x":[]})", 200, "");
    row("a toxic of an array", "POST", "/proxies/echo/toxics", R"({"type":"latency","attributes":[]})", 400,
        "bad request body: attributes is an object");
    row("show a toxic", "GET", "/proxies/echo/toxics/slow", {}, 200, "");
    row("show no toxic", "GET", "/proxies/echo/toxics/none", {}, 404, "toxic not found");
    row("update a toxic", "PATCH", "/proxies/echo/toxics/slow", R"({"attributes":{"jitter":1}})", 200, "");
    row("update no toxic", "POST", "/proxies/echo/toxics/none", "{}", 404, "toxic not found");
    row("update a toxic with rubbish", "PATCH", "/proxies/echo/toxics/slow", "rubbish", 400, "bad request body: ");
    row("remove a toxic", "DELETE", "/proxies/echo/toxics/slow", {}, 204, "");
    row("remove no toxic", "DELETE", "/proxies/echo/toxics/none", {}, 404, "toxic not found");
    row("populate with nothing", "POST", "/populate", "[]", 201, "");
    row("populate with rubbish", "POST", "/populate", "{}", 400, "bad request body: an array is expected");
    row("populate without upstream", "POST", "/populate", R"([{"name":"a"}])", 400,
        "missing required field: upstream at proxy 1");
    row("reset", "POST", "/reset", {}, 204, "");
}

void TestToxiproxyApi::requests()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, path);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const QString, error);
    ApiSetting setting;
    QVERIFY(setting.isUp);
    QCOMPARE(setting.makeProxy().status, 201);
    QCOMPARE(
        setting.ask("POST", QStringLiteral("/proxies/echo/toxics"), R"({"type":"latency","name":"slow"})").status, 200);
    const HttpReply answer = setting.ask(method, path, body);
    QVERIFY2(answer.status == status, answer.body.constData());
    const QString said = answer.object().value(QStringLiteral("error")).toString();
    QVERIFY2(error.isEmpty() ? said.isEmpty() : said.startsWith(error), qPrintable(said));
    if (!error.isEmpty()) {
        QCOMPARE(answer.object().value(QStringLiteral("status")).toInt(), status);
    }
    // Whatever it was: a browser is turned away, and others are served.
    QCOMPARE(setting.ask(method, path, body, "Mozilla/5.0").status, 403);
    QCOMPARE(setting.ask("GET", QStringLiteral("/version")).body, R"({"version":"2.12.0"})");
}

void TestToxiproxyApi::aProxyIsARelay()
{
    ApiSetting setting;
    const HttpReply made = setting.makeProxy();
    QCOMPARE(made.status, 201);
    const SocketAddress address = setting.addressOf(QStringLiteral("echo"));
    QCOMPARE(made.object(),
        QJsonObject(
            { { QStringLiteral("name"), QStringLiteral("echo") }, { QStringLiteral("listen"), address.toString() },
                { QStringLiteral("upstream"), setting.target.address().toString() },
                { QStringLiteral("enabled"), true }, { QStringLiteral("toxics"), QJsonArray() } }));
    QCOMPARE(setting.ask("GET", QStringLiteral("/proxies")).object().value(QStringLiteral("echo")).toObject(),
        made.object());
    QByteArray came;
    QVERIFY(aside([&] {
        Peer client(address);
        Peer server = setting.target.accept();
        client.send("through");
        came = server.read(7);
    }));
    QCOMPARE(came, "through");
    QCOMPARE(setting.ask("DELETE", QStringLiteral("/proxies/echo")).status, 204);
    QVERIFY(aside([&] { came = Peer(address).isConnected() ? "still there" : ""; }));
    QCOMPARE(came, "");
    QVERIFY(setting.relays.empty());
}

void TestToxiproxyApi::toxicsHaveTheirNumbers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QJsonObject>("toxic");
    QTest::newRow("latency") << QByteArray(R"({"type":"latency","attributes":{"latency":100}})")
                             << toxic(R"({"name":"latency_downstream","type":"latency","stream":"downstream",
                                   "toxicity":1,"attributes":{"latency":100,"jitter":0}})");
    QTest::newRow("bandwidth") << QByteArray(
        R"({"type":"bandwidth","stream":"upstream","toxicity":0.5,"attributes":{"rate":7}})")
                               << toxic(R"({"name":"bandwidth_upstream","type":"bandwidth","stream":"upstream",
                                   "toxicity":0.5,"attributes":{"rate":7}})");
    QTest::newRow("slow_close") << QByteArray(R"({"type":"slow_close","stream":"UPSTREAM"})")
                                << toxic(R"({"name":"slow_close_upstream","type":"slow_close","stream":"upstream",
                                   "toxicity":1,"attributes":{"delay":0}})");
    QTest::newRow("timeout") << QByteArray(R"({"type":"timeout","name":"t","toxicity":2})")
                             << toxic(R"({"name":"t","type":"timeout","stream":"downstream","toxicity":1,
                                   "attributes":{"timeout":0}})");
    QTest::newRow("reset_peer") << QByteArray(R"({"type":"reset_peer","attributes":{"timeout":5}})")
                                << toxic(R"({"name":"reset_peer_downstream","type":"reset_peer",
                                   "stream":"downstream","toxicity":1,"attributes":{"timeout":5}})");
    QTest::newRow("slicer") << QByteArray(
        R"({"type":"slicer","attributes":{"average_size":8,"size_variation":2,"delay":10}})")
                            << toxic(R"({"name":"slicer_downstream","type":"slicer","stream":"downstream","toxicity":1,
                                   "attributes":{"average_size":8,"size_variation":2,"delay":10}})");
    QTest::newRow("limit_data") << QByteArray(R"({"type":"limit_data","attributes":{"bytes":9}})")
                                << toxic(R"({"name":"limit_data_downstream","type":"limit_data",
                                   "stream":"downstream","toxicity":1,"attributes":{"bytes":9}})");
}

void TestToxiproxyApi::toxicsHaveTheirNumbers()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QJsonObject, toxic);
    ApiSetting setting;
    QCOMPARE(setting.makeProxy().status, 201);
    QCOMPARE(setting.ask("POST", QStringLiteral("/proxies/echo/toxics"), body).object(), toxic);
    const QString path = QStringLiteral("/proxies/echo/toxics/") + toxic.value(QStringLiteral("name")).toString();
    QCOMPARE(setting.ask("GET", path).object(), toxic);
    QCOMPARE(setting.ask("GET", QStringLiteral("/proxies/echo/toxics")).array(), QJsonArray({ toxic }));
    QJsonObject changed = toxic;
    changed.insert(QStringLiteral("toxicity"), 0.25);
    QCOMPARE(setting.ask("PATCH", path, R"({"toxicity":0.25,"name":"other","stream":"nowhere"})").object(), changed);
    QCOMPARE(setting.ask("DELETE", path).status, 204);
    QCOMPARE(setting.ask("GET", QStringLiteral("/proxies/echo/toxics")).body, "[]");
}

void TestToxiproxyApi::aToxicStrikes()
{
    ApiSetting setting;
    QCOMPARE(setting.makeProxy().status, 201);
    const SocketAddress address = setting.addressOf(QStringLiteral("echo"));
    Peer client(address);
    std::optional<Peer> server;
    QVERIFY(aside([&] { server.emplace(setting.target.accept()); }));
    QCOMPARE(setting
                 .ask("POST", QStringLiteral("/proxies/echo/toxics"),
                     R"({"type":"latency","stream":"upstream","attributes":{"latency":200}})")
                 .status,
        200);
    qint64 took = 0;
    QByteArray came;
    QVERIFY(aside([&] {
        QElapsedTimer timer;
        timer.start();
        client.send("late"); // on a connection that was there before
        came = server->read(4);
        took = timer.elapsed();
    }));
    QCOMPARE(came, "late");
    QVERIFY2(took >= 200, qPrintable(QString::number(took)));
}

void TestToxiproxyApi::disabledMeansNobodyListens()
{
    ApiSetting setting;
    QCOMPARE(setting.makeProxy().status, 201);
    const SocketAddress address = setting.addressOf(QStringLiteral("echo"));
    QCOMPARE(setting.ask("POST", QStringLiteral("/proxies/echo/toxics"), R"({"type":"slicer"})").status, 200);
    Peer client(address);
    QVERIFY(aside([&] { (void)setting.target.accept(); }));
    const QJsonObject off = setting.ask("PATCH", QStringLiteral("/proxies/echo"), R"({"enabled":false})").object();
    QCOMPARE(off.value(QStringLiteral("enabled")).toBool(true), false);
    QCOMPARE(off.value(QStringLiteral("toxics")).toArray().size(), 1); // not one more
    bool isConnected = true;
    QVERIFY(aside([&] {
        (void)client.readToEnd();
        isConnected = Peer(address).isConnected();
    }));
    QVERIFY(client.end() != Peer::End::Open);
    QVERIFY(!isConnected);
    const QJsonObject on = setting.ask("PATCH", QStringLiteral("/proxies/echo"), R"({"enabled":true})").object();
    QCOMPARE(on.value(QStringLiteral("enabled")).toBool(), true);
    QCOMPARE(on.value(QStringLiteral("listen")).toString(), address.toString()); // where it was
    QCOMPARE(on.value(QStringLiteral("toxics")), off.value(QStringLiteral("toxics")));
    QVERIFY(aside([&] { isConnected = Peer(address).isConnected(); }));
    QVERIFY(isConnected);
}

void TestToxiproxyApi::itMovesToOtherEnds()
{
    ApiSetting setting;
    PlainListener other;
    QCOMPARE(setting.makeProxy().status, 201);
    const SocketAddress address = setting.addressOf(QStringLiteral("echo"));
    const QByteArray body = R"({"upstream":")" + other.address().toString().toUtf8() + "\"}";
    const QJsonObject moved = setting.ask("PATCH", QStringLiteral("/proxies/echo"), body).object();
    QCOMPARE(moved.value(QStringLiteral("upstream")).toString(), other.address().toString());
    QCOMPARE(moved.value(QStringLiteral("listen")).toString(), address.toString());
    QCOMPARE(moved.value(QStringLiteral("enabled")).toBool(), true);
    QByteArray came;
    QVERIFY(aside([&] {
        Peer client(address);
        Peer server = other.accept();
        client.send("here");
        came = server.read(4);
    }));
    QCOMPARE(came, "here");
    // Where it cannot listen it is switched off, and says why.
    const HttpReply wrong = setting.ask("PATCH", QStringLiteral("/proxies/echo"), R"({"listen":"192.0.2.1:1"})");
    QCOMPARE(wrong.status, 500);
    QCOMPARE(setting.ask("GET", QStringLiteral("/proxies/echo")).object().value(QStringLiteral("enabled")).toBool(true),
        false);
}

void TestToxiproxyApi::resetBringsEverythingBack()
{
    ApiSetting setting;
    for (const QString& name : { QStringLiteral("a"), QStringLiteral("b") }) {
        QCOMPARE(setting.makeProxy(name).status, 201);
        QCOMPARE(
            setting.ask("POST", QStringLiteral("/proxies/%1/toxics").arg(name), R"({"type":"timeout"})").status, 200);
    }
    QCOMPARE(setting.ask("PATCH", QStringLiteral("/proxies/b"), R"({"enabled":false})").status, 200);
    QCOMPARE(setting.ask("POST", QStringLiteral("/reset")).status, 204);
    const QJsonObject all = setting.ask("GET", QStringLiteral("/proxies")).object();
    QCOMPARE(all.size(), 2);
    for (const auto& each : all) {
        QCOMPARE(each.toObject().value(QStringLiteral("enabled")).toBool(), true);
        QCOMPARE(each.toObject().value(QStringLiteral("toxics")).toArray(), QJsonArray());
    }
}

void TestToxiproxyApi::populateMakesAndKeeps()
{
    ApiSetting setting;
    QCOMPARE(setting.makeProxy().status, 201);
    const QString listen = setting.addressOf(QStringLiteral("echo")).toString();
    QCOMPARE(setting.ask("POST", QStringLiteral("/proxies/echo/toxics"), R"({"type":"slicer"})").status, 200);
    const QByteArray upstream = setting.target.address().toString().toUtf8();
    const QByteArray same = R"({"name":"echo","listen":")" + listen.toUtf8() + R"(","upstream":")" + upstream + "\"}";
    const QByteArray further = R"({"name":"off","upstream":")" + upstream + R"(","enabled":false})";
    HttpReply answer = setting.ask("POST", QStringLiteral("/populate"), "[" + same + "," + further + "]");
    QCOMPARE(answer.status, 201);
    QJsonArray proxies = answer.object().value(QStringLiteral("proxies")).toArray();
    QCOMPARE(proxies.size(), 2);
    QCOMPARE(proxies[0].toObject().value(QStringLiteral("toxics")).toArray().size(), 1); // the same as before
    QCOMPARE(proxies[1].toObject().value(QStringLiteral("enabled")).toBool(true), false);
    // Another end makes another proxy of it.
    const QByteArray moved = R"([{"name":"echo","listen":"127.0.0.1:0","upstream":"localhost:9"}])";
    answer = setting.ask("POST", QStringLiteral("/populate"), moved);
    proxies = answer.object().value(QStringLiteral("proxies")).toArray();
    QCOMPARE(proxies[0].toObject().value(QStringLiteral("toxics")).toArray().size(), 0);
    QCOMPARE(proxies[0].toObject().value(QStringLiteral("upstream")).toString(), QStringLiteral("localhost:9"));
    QCOMPARE(setting.ask("GET", QStringLiteral("/proxies")).object().size(), 2);
}

void TestToxiproxyApi::populateStopsAtAMistake()
{
    ApiSetting setting;
    const HttpReply answer = setting.ask("POST", QStringLiteral("/populate"),
        R"([{"name":"a","listen":"127.0.0.1:0","upstream":"localhost:1"},)"
        R"({"name":"b","listen":"192.0.2.1:1","upstream":"localhost:1"},)"
        R"({"name":"c","listen":"127.0.0.1:0","upstream":"localhost:1"}])");
    QCOMPARE(answer.status, 500);
    QCOMPARE(answer.object().value(QStringLiteral("status")).toInt(), 500);
    QCOMPARE(answer.object().value(QStringLiteral("proxies")).toArray().size(), 1);
    QVERIFY(!setting.ask("GET", QStringLiteral("/proxies")).object().contains(QStringLiteral("c")));
}

/// Whoever changes the relay by hand is seen by those who ask.
void TestToxiproxyApi::whatARelayDoesIsSeen()
{
    ApiSetting setting;
    QCOMPARE(setting.makeProxy().status, 201);
    Relay& relay = *setting.relays.front();
    FaultSettings down;
    down.kind = QStringLiteral("down");
    FaultSettings cut;
    cut.kind = QStringLiteral("cut");
    cut.stream = FaultStream::Both;
    QCOMPARE(relay.setFaults({ down, cut }), QString());
    const QJsonObject seen = setting.ask("GET", QStringLiteral("/proxies/echo")).object();
    QCOMPARE(seen.value(QStringLiteral("enabled")).toBool(true), false);
    const QJsonArray toxics = seen.value(QStringLiteral("toxics")).toArray();
    QCOMPARE(toxics.size(), 1);
    QCOMPARE(toxics[0].toObject().value(QStringLiteral("name")).toString(), QStringLiteral("cut_both"));
    QCOMPARE(toxics[0].toObject().value(QStringLiteral("stream")).toString(), QStringLiteral("both"));
}

void TestToxiproxyApi::aRelayThatGoesIsNoProxy()
{
    ApiSetting setting;
    QCOMPARE(setting.makeProxy().status, 201);
    setting.relays.clear();
    QCOMPARE(setting.ask("GET", QStringLiteral("/proxies/echo")).status, 404);
    QCOMPARE(setting.makeProxy().status, 201);
}

void TestToxiproxyApi::theApiIsRecorded()
{
    ApiSetting setting;
    QCOMPARE(setting.makeProxy().status, 201);
    QCOMPARE(setting.ask("POST", QStringLiteral("/proxies/echo/toxics"), R"({"type":"slicer"})").status, 200);
    const auto isTold = [&] {
        setting.watched.capture->waitUntilIdle();
        const QList<Seen> notes = setting.watched.witness->of(EventKind::Note, 0);
        return std::ranges::any_of(
            notes, [](const Seen& note) { return note.text.contains(QStringLiteral("POST /proxies/echo/toxics")); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isTold(), apiPatience);
}

SOCKEYE_TEST(TestToxiproxyApi)
#include "tst_toxiproxy_api.moc"
