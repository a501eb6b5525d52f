// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/system/socket_query.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

SocketRow row(quint16 local, quint16 foreign, TcpState state, bool isOurs = false, const QString& name = {})
{
    SocketRow made;
    made.entry.local = { QHostAddress(QHostAddress::LocalHost), local };
    made.entry.foreign = { QHostAddress(QHostAddress::LocalHost), foreign };
    made.entry.state = state;
    made.entry.inode = state == TcpState::TimeWait ? 0 : quint64(local) * 65'536 + foreign;
    made.owner.known = name.isEmpty() ? SocketOwner::Known::Nobody : SocketOwner::Known::Process;
    made.owner.name = name;
    made.owner.process = name.size();
    made.owner.isOurs = isOurs;
    return made;
}

/// A server of Sockeye's with a connection, somebody's other server, and a client of Sockeye's that talks to it.
SocketTable example()
{
    const QString ours = QStringLiteral("sockeye");
    SocketTable table;
    table.rows = { row(5000, 0, TcpState::Listen, true, ours), row(5000, 40'001, TcpState::Established, true, ours),
        row(40'001, 5000, TcpState::Established, false, QStringLiteral("python3")),
        row(80, 0, TcpState::Listen, false, QStringLiteral("nginx")),
        row(80, 40'002, TcpState::CloseWait, false, QStringLiteral("nginx")),
        row(40'002, 80, TcpState::FinWait2, true, ours), row(80, 40'003, TcpState::TimeWait) };
    return table;
}

QStringList ends(const std::vector<SocketRow>& rows)
{
    QStringList texts;
    for (const SocketRow& each : rows) {
        texts.append(QStringLiteral("%1-%2").arg(
            QString::number(each.entry.local.port), QString::number(each.entry.foreign.port)));
    }
    return texts;
}

class TestSocketQuery : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void picks_data();
    void picks();
    void keepsThePortsOfServersThatStopped();
    void sorts_data();
    void sorts();
};

void TestSocketQuery::picks_data()
{
    QTest::addColumn<bool>("all");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    const auto list = [](const char* text) { return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts); };
    QTest::newRow("Sockeye's") << false << 0 << QString() << list("80-40002 5000-0 5000-40001 40001-5000 40002-80");
    QTest::newRow("all") << true << 0 << QString()
                         << list("80-0 80-40002 80-40003 5000-0 5000-40001 40001-5000 40002-80");
    QTest::newRow("a port, at either end") << true << 80 << QString() << list("80-0 80-40002 80-40003 40002-80");
    QTest::newRow("Sockeye's with a port") << false << 80 << QString() << list("80-40002 40002-80");
    QTest::newRow("state") << true << 0 << QStringLiteral("time_w") << list("80-40003");
    QTest::newRow("process") << true << 0 << QStringLiteral("PYTHON") << list("40001-5000");
    QTest::newRow("address and port") << true << 0 << QStringLiteral("127.0.0.1:5000")
                                      << list("5000-0 5000-40001 40001-5000");
    QTest::newRow("nothing") << true << 0 << QStringLiteral("no such thing") << list("");
}

void TestSocketQuery::picks()
{
    QFETCH(const bool, all);
    QFETCH(const int, port);
    QFETCH(const QString, text);
    QFETCH(const QStringList, expected);
    SocketQuery query;
    query.all = all;
    query.port = static_cast<quint16>(port);
    query.text = text;
    QCOMPARE(ends(SocketSelection().select(example(), query)), expected);
}

void TestSocketQuery::keepsThePortsOfServersThatStopped()
{
    SocketSelection selection;
    (void)selection.select(example(), {});
    SocketTable later;
    later.rows = { row(5000, 40'001, TcpState::TimeWait), row(81, 0, TcpState::Listen, false, QStringLiteral("x")) };
    QCOMPARE(ends(selection.select(later, {})), QStringList { QStringLiteral("5000-40001") });
    QVERIFY(SocketSelection().select(later, {}).empty());
}

void TestSocketQuery::sorts_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<bool>("descending");
    QTest::addColumn<QString>("first");
    QTest::newRow("local") << int(SocketColumn::Local) << false << QStringLiteral("80-0");
    QTest::newRow("local, descending") << int(SocketColumn::Local) << true << QStringLiteral("40002-80");
    QTest::newRow("foreign") << int(SocketColumn::Foreign) << false << QStringLiteral("80-0");
    QTest::newRow("foreign, descending") << int(SocketColumn::Foreign) << true << QStringLiteral("80-40003");
    QTest::newRow("state") << int(SocketColumn::State) << false << QStringLiteral("80-40002");
    QTest::newRow("state, descending") << int(SocketColumn::State) << true << QStringLiteral("80-40003");
    QTest::newRow("receive queue") << int(SocketColumn::ReceiveQueue) << true << QStringLiteral("40001-5000");
}

void TestSocketQuery::sorts()
{
    QFETCH(const int, column);
    QFETCH(const bool, descending);
    QFETCH(const QString, first);
    SocketTable table = example();
    table.rows[2].entry.receiveQueue = 10;
    table.rows[0].entry.receiveQueue = 9;
    SocketQuery query;
    query.all = true;
    query.column = static_cast<SocketColumn>(column);
    query.descending = descending;
    QCOMPARE(ends(SocketSelection().select(table, query)).constFirst(), first);
}

} // namespace

SOCKEYE_TEST(TestSocketQuery)
#include "tst_socket_query.moc"
