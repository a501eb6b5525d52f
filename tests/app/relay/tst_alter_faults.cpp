// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Faults that know what a message says: in each protocol exactly what they claim, and nothing else.

#include "protocol/content/checksum.h"
#include "protocol/protocols/app/app_protocol.h"
#include "tests/app/relay/fault_tape.h"
#include "tests/protocol/sensor_protocol.h"
#include "tests/testcase.h"

#include <QTest>
#include <QtEndian>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

ProtocolPtr protocolNamed(const QString& name)
{
    static const ProtocolPtr sensor = protocolOfText(sensorText);
    return name == u"sensor" ? sensor : protocolFromName(name).value_or(nullptr);
}

QByteArray appMessage(const QByteArray& header, const QByteArray& content)
{
    QByteArray out(2, '\0');
    qToBigEndian(static_cast<quint16>(header.size()), out.data());
    return out + header + content;
}

QByteArray appHeader(const QByteArray& order, qsizetype length)
{
    return R"({"byteorder": ")" + order + R"(", "content-type": "text/json", "content-encoding": "utf-8", )"
        + R"("content-length": )" + QByteArray::number(length) + "}";
}

/// A record of the sensor with its checksum.
QByteArray sensor(const QByteArray& hex)
{
    const QByteArray begin = QByteArray::fromHex(hex);
    QByteArray sum(2, '\0');
    qToBigEndian(static_cast<quint16>(checksumNumber(*checksumNamed("crc-16/modbus"), begin)), sum.data());
    return begin + sum;
}

} // namespace

class TestAlterFaults : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void messagesAreAltered_data();
    void messagesAreAltered();
    void whatCannotBeDoneIsSaid_data();
    void whatCannotBeDoneIsSaid();
    void whatNoMessageHasIsRefused_data();
    void whatNoMessageHasIsRefused();
    void theSameSeedBreaksTheSameText();
    void filtersChooseMessages();
    void theyStrikeBeforeLatencyAndSlicer_data();
    void theyStrikeBeforeLatencyAndSlicer();
    void specsAreReadAsTheyAreWritten_data();
    void specsAreReadAsTheyAreWritten();
};

void TestAlterFaults::messagesAreAltered_data()
{
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("passed");
    const QByteArray json = R"({"result": "abc"})";
    const QByteArray app = appMessage(appHeader("little", json.size()), json);
    const auto row = [](const char* name, const char* protocol, const char* spec, const QByteArray& message,
                         const QByteArray& passed) {
        QTest::newRow(name) << QString::fromLatin1(protocol) << QString::fromLatin1(spec) << message << passed;
    };
    row("app, length", "app", "wrong_length:by=83", app, appMessage(appHeader("little", json.size() + 83), json));
    row("app, order", "app", "swap_byteorder", app, appMessage(appHeader("big", json.size()), json));
    row("app, header left out", "app", "missing_key", app,
        appMessage(appHeader("little", json.size()).replace(R"("content-type": "text/json", )", ""), json));
    row("app, set", "app", "set:path=json.result,value=longer text", app,
        appMessage(appHeader("little", json.size() + 8), R"({"result": "longer text"})"));
    row("http, set", "http", "set:path=json.a,value=1000",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"a\": 10}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"a\": 1000}");
    const QByteArray record = sensor("a55a 02 05 0002 6869");
    row("described, length", "sensor", "wrong_length:by=3", record, sensor("a55a 02 05 0005 6869"));
    row("described, set", "sensor", "set:path=payload,value=68656c6c6f", record, sensor("a55a 02 05 0005 68656c6c6f"));
}

void TestAlterFaults::messagesAreAltered()
{
    QFETCH(const QString, protocol);
    QFETCH(const QString, spec);
    QFETCH(const QByteArray, message);
    QFETCH(const QByteArray, passed);
    for (const Direction direction : { Direction::In, Direction::Out }) {
        const QString both = spec + (spec.contains(u':') ? u',' : u':') + QStringLiteral("stream=both");
        FaultTape tape(both, 1, Transport::Tcp, protocolNamed(protocol), direction);
        tape.give(message);
        tape.give(message);
        tape.chain.end(tape.now);
        QCOMPARE(tape.all(), passed + passed);
        QCOMPARE(tape.strikes.size(), 2);
        QCOMPARE(tape.strikes.last().size, message.size());
        QCOMPARE(tape.strikes.last().undone, QString());
        QCOMPARE(tape.upTo, 2 * message.size());
        FaultTape again(both, 1, Transport::Tcp, protocolNamed(protocol), direction);
        again.give(message);
        again.give(message);
        again.chain.end(again.now);
        QCOMPARE(again.pieces, tape.pieces);
        QCOMPARE(again.strikes, tape.strikes);
    }
}

void TestAlterFaults::whatCannotBeDoneIsSaid_data()
{
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("why");
    const auto row = [](const char* name, const char* protocol, const char* spec, const QByteArray& message,
                         const char* why) {
        QTest::newRow(name) << QString::fromLatin1(protocol) << QString::fromLatin1(spec) << message
                            << QString::fromLatin1(why);
    };
    row("no such key", "jsonl", "missing_key:key=json.b", "{\"a\": 1}\n", "no b");
    row("no JSON", "lines", "set:path=json.a,value=1", "text\n", "JSON");
    row("no length", "http", "wrong_length", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "length");
    row("as it was", "jsonl", "set:path=json.a,value=1", "{\"a\": 1}\n", "already");
}

void TestAlterFaults::whatCannotBeDoneIsSaid()
{
    QFETCH(const QString, protocol);
    QFETCH(const QString, spec);
    QFETCH(const QByteArray, message);
    QFETCH(const QString, why);
    FaultTape tape(spec, 1, Transport::Tcp, protocolNamed(protocol));
    tape.give(message);
    tape.chain.end(tape.now);
    QCOMPARE(tape.all(), message);
    QCOMPARE(tape.strikes.size(), 1);
    QVERIFY2(tape.strikes.first().undone.contains(why), qPrintable(tape.strikes.first().undone));
}

void TestAlterFaults::whatNoMessageHasIsRefused_data()
{
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<QString>("spec");
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("length of lines") << "lines"
                                     << "wrong_length" << true;
    QTest::newRow("order of lines") << "lines"
                                    << "swap_byteorder" << true;
    QTest::newRow("order of one byte") << "length:size=1"
                                       << "swap_byteorder" << true;
    QTest::newRow("order of two bytes") << "length:size=2"
                                        << "swap_byteorder" << false;
    QTest::newRow("order of HTTP") << "http"
                                   << "swap_byteorder:stream=both" << true;
    QTest::newRow("UTF-8 in GBK") << "lines:encoding=GBK"
                                  << "broken_utf8" << true;
    QTest::newRow("UTF-8") << "lines"
                           << "broken_utf8" << false;
    QTest::newRow("described") << "sensor"
                               << "wrong_length" << false;
}

void TestAlterFaults::whatNoMessageHasIsRefused()
{
    QFETCH(const QString, protocol);
    QFETCH(const QString, spec);
    QFETCH(const bool, isRefused);
    FaultSettings fault;
    QCOMPARE(readFault(spec, fault), QString());
    const QString wrong = checkFault(fault, Transport::Tcp, protocolNamed(protocol));
    QCOMPARE(!wrong.isEmpty(), isRefused);
    QVERIFY2(!isRefused || (wrong.contains(fault.kind) && wrong.contains(protocol)), qPrintable(wrong));
}

void TestAlterFaults::theSameSeedBreaksTheSameText()
{
    const auto struck = [](quint64 seed) {
        FaultTape tape(QStringLiteral("broken_utf8"), seed, Transport::Tcp, protocolNamed(QStringLiteral("jsonl")));
        for (int i = 0; i < 20; ++i) {
            tape.give(R"({"a": "one", "b": "two", "c": ["three", "four"]})"
                      "\n");
        }
        return tape.all();
    };
    QCOMPARE(struck(7), struck(7));
    QVERIFY(struck(7) != struck(8));
}

void TestAlterFaults::filtersChooseMessages()
{
    FaultTape tape(QStringLiteral("missing_key:key=json.id,where=\"json.id > 1\""), 1, Transport::Tcp,
        protocolNamed(QStringLiteral("jsonl")));
    tape.give("{\"id\": 1}\n{\"id\": 2}\n{\"id\": 1, \"x\": 0}\n");
    QCOMPARE(tape.all(), "{\"id\": 1}\n{}\n{\"id\": 1, \"x\": 0}\n");
    QCOMPARE(tape.strikes.size(), 1);
    QCOMPARE(tape.strikes.first().offset, 10);
}

void TestAlterFaults::theyStrikeBeforeLatencyAndSlicer_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("passed");
    QTest::newRow("wrong_length") << "wrong_length:by=2" << QByteArray("\0\xb{\"a\": \"b\"}", 12).replace(1, 1, "\xc");
    QTest::newRow("missing_key") << "missing_key:key=json.a" << QByteArray("\0\2{}", 4);
    QTest::newRow("set") << "set:path=json.a,value=[1]" << QByteArray("\0\xa{\"a\": [1]}", 12);
    QTest::newRow("swap_byteorder") << "swap_byteorder" << QByteArray("\xa\0{\"a\": \"b\"}", 12);
    QTest::newRow("broken_utf8") << "broken_utf8" << QByteArray("\0\xa{\"a\": \"\xff\"}", 12);
}

/// Pieces of three bytes 2 ms apart, 100 ms late, of what the first fault has made.
void TestAlterFaults::theyStrikeBeforeLatencyAndSlicer()
{
    QFETCH(const QString, spec);
    QFETCH(const QByteArray, passed);
    FaultTape tape(spec + QStringLiteral("\nlatency:latency=100\nslicer:average_size=3,delay=2000"), 1, Transport::Tcp,
        protocolNamed(QStringLiteral("length:size=2")));
    tape.give(QByteArray("\0\xa{\"a\":", 7));
    tape.pass(50ms);
    tape.give(" \"b\"}");
    tape.pass(1s);
    QCOMPARE(tape.all(), passed);
    QCOMPARE(tape.pieces.size(), (passed.size() + 2) / 3);
    QCOMPARE(tape.pieces.first().at, FaultTime(150ms));
    QCOMPARE(tape.pieces.last().at, FaultTime(150ms + (tape.pieces.size() - 1) * 2ms));
}

void TestAlterFaults::specsAreReadAsTheyAreWritten_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("where");
    QTest::newRow("plain") << "set:path=json.a,value=some text"
                           << "json.a"
                           << "some text"
                           << "";
    QTest::newRow("a number stays as it is written") << "set:path=json.a,value=0012"
                                                     << "json.a"
                                                     << "0012"
                                                     << "";
    QTest::newRow("equals signs") << "set:value=a=b=c,path=p"
                                  << "p"
                                  << "a=b=c"
                                  << "";
    QTest::newRow("commas") << R"(set:path=json.a,value="[1, \"two\", 3]")"
                            << "json.a"
                            << R"([1, "two", 3])"
                            << "";
    QTest::newRow("quotes") << R"(set:value="\"12\"",path=x)"
                            << "x"
                            << R"("12")"
                            << "";
    QTest::newRow("with a filter") << R"(set:path=x,value="a,b",where="text contains "no, "")"
                                   << "x"
                                   << "a,b"
                                   << R"(text contains "no, ")";
    QTest::newRow("backslashes") << R"(set:path=x,value=" \\n, ")"
                                 << "x"
                                 << R"( \n, )"
                                 << "";
    QTest::newRow("empty") << "set:path=x,value="
                           << "x"
                           << ""
                           << "";
}

void TestAlterFaults::specsAreReadAsTheyAreWritten()
{
    QFETCH(const QString, spec);
    QFETCH(const QString, path);
    QFETCH(const QString, value);
    QFETCH(const QString, where);
    FaultSettings fault;
    QCOMPARE(readFault(spec, fault), QString());
    QCOMPARE(fault.attributes.value(u"path").toString(), path);
    QCOMPARE(fault.attributes.value(u"value").toString(), value);
    QCOMPARE(fault.where, where);
    FaultSettings again;
    QCOMPARE(readFault(writeFault(fault), again), QString());
    QCOMPARE(again, fault);
}

SOCKEYE_TEST(TestAlterFaults)
#include "tst_alter_faults.moc"
