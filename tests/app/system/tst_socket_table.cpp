// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/linux/proc_net.h"
#include "app/platform/linux/sock_diag.h"
#include "app/system/socket_meaning.h"
#include "app/system/socket_table.h"
#include "tests/app/system/raw_socket.h"
#include "tests/testcase.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

const SocketRow* find(const SocketTable& table, quint16 local, quint16 foreign)
{
    for (const SocketRow& row : table.rows) {
        if (row.entry.local.port == local && row.entry.foreign.port == foreign) {
            return &row;
        }
    }
    return nullptr;
}

SocketTable read()
{
    SocketOwners owners;
    return readSockets(owners, 1h);
}

QString stateOf(const SocketTable& table, quint16 local, quint16 foreign)
{
    const SocketRow* row = find(table, local, foreign);
    return row != nullptr ? stateName(row->entry) : QStringLiteral("none");
}

class TestSocketTable : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void listensWithItsBacklog();
    void countsWhatIsUnread();
    void statesOfAClose_data();
    void statesOfAClose();
    void udp();
    void bothSourcesAgree();
    void knowsWhoHoldsIt();
    void looksFurtherWhereItStopped();
    void forgetsWhatMoved();
    void namesTheHolder();
    void hostileNetlink();
    void hostileText();
};

void TestSocketTable::listensWithItsBacklog()
{
    const RawSocket listener = RawSocket::listening(7);
    const RawSocket first = RawSocket::connected(listener.port());
    const RawSocket second = RawSocket::connected(listener.port());
    QVERIFY(first.isOpen() && second.isOpen());
    const SocketTable table = read();
    QCOMPARE(table.source, SocketTable::Source::Netlink);
    const SocketRow* row = find(table, listener.port(), 0);
    QVERIFY(row != nullptr);
    QVERIFY(row->entry.isListening());
    QCOMPARE(row->entry.receiveQueue, 2);
    QCOMPARE(row->entry.sendQueue, 7);
    QVERIFY(queuesText(row->entry).contains(u"(the backlog, 7)"));
    // Its side of the connections belongs to nobody yet.
    const SocketRow* waiting = find(table, listener.port(), first.port());
    QVERIFY(waiting != nullptr);
    QCOMPARE(waiting->owner.known, SocketOwner::Known::NotAccepted);
    QVERIFY(meaningOf(*waiting).who.contains(u"accept()"));
}

void TestSocketTable::countsWhatIsUnread()
{
    const RawSocket listener = RawSocket::listening(1);
    const RawSocket client = RawSocket::connected(listener.port());
    const RawSocket server = listener.accept();
    QCOMPARE(::send(client.descriptor(), "twelve bytes", 12, 0), ssize_t(12));
    const SocketTable table = read();
    const SocketRow* row = find(table, listener.port(), client.port());
    QVERIFY(row != nullptr);
    QCOMPARE(stateName(row->entry), QStringLiteral("ESTABLISHED"));
    QCOMPARE(row->entry.receiveQueue, 12);
    QVERIFY(meaningOf(*row).who.contains(u"recv()"));
    QVERIFY(queuesText(row->entry).contains(u"12 bytes"));
}

void TestSocketTable::statesOfAClose_data()
{
    QTest::addColumn<bool>("serverCloses");
    QTest::addColumn<QString>("client");
    QTest::addColumn<QString>("server");
    QTest::newRow("the client closed") << false << QStringLiteral("FIN_WAIT2") << QStringLiteral("CLOSE_WAIT");
    QTest::newRow("both closed, the client first") << true << QStringLiteral("TIME_WAIT") << QStringLiteral("none");
}

void TestSocketTable::statesOfAClose()
{
    QFETCH(const bool, serverCloses);
    QFETCH(const QString, client);
    QFETCH(const QString, server);
    const RawSocket listener = RawSocket::listening(1);
    RawSocket near = RawSocket::connected(listener.port());
    RawSocket far = listener.accept();
    const quint16 port = near.port();
    near.close();
    if (serverCloses) {
        far.close();
    }
    QTRY_COMPARE(stateOf(read(), port, listener.port()), client);
    QTRY_COMPARE(stateOf(read(), listener.port(), port), server);
    const SocketTable table = read();
    const SocketRow* row = find(table, port, listener.port());
    QVERIFY(row != nullptr);
    QCOMPARE(row->owner.known, SocketOwner::Known::Nobody);
    QVERIFY(meaningOf(*row).means.contains(stateName(row->entry)));
}

void TestSocketTable::udp()
{
    const RawSocket socket = RawSocket::bound(SOCK_DGRAM);
    const SocketTable table = read();
    const SocketRow* row = find(table, socket.port(), 0);
    QVERIFY(row != nullptr);
    QCOMPARE(protocolName(row->entry), QStringLiteral("udp"));
    QCOMPARE(stateName(row->entry), QStringLiteral("UNCONN"));
    QCOMPARE(endText(row->entry.foreign), QStringLiteral("0.0.0.0:*"));
    QCOMPARE(row->owner.process, QCoreApplication::applicationPid());
}

void TestSocketTable::bothSourcesAgree()
{
    const RawSocket listener = RawSocket::listening(3);
    const RawSocket client = RawSocket::connected(listener.port());
    const RawSocket server = listener.accept();
    QCOMPARE(::send(client.descriptor(), "abc", 3, 0), ssize_t(3));
    const RawSocket six(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
    QCOMPARE(::listen(six.descriptor(), 3), 0); // takes a free port of ::
    const auto ours = [&](std::vector<SocketEntry> entries) {
        // By their inodes: another program's may have the same port at another address.
        std::erase_if(entries, [&](const SocketEntry& entry) {
            return entry.inode != listener.inode() && entry.inode != client.inode() && entry.inode != server.inode()
                && entry.inode != six.inode();
        });
        for (SocketEntry& entry : entries) {
            entry.sendQueue = entry.isListening() ? -1 : entry.sendQueue;
        }
        std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.inode < b.inode; });
        return entries;
    };
    std::vector<SocketEntry> netlink;
    QCOMPARE(readSockDiag(netlink, false), 0);
    std::vector<SocketEntry> text;
    QVERIFY(readProcNet(text, QStringLiteral("/proc/net")));
    QCOMPARE(ours(netlink).size(), std::size_t(4));
    QVERIFY(ours(netlink) == ours(text));
}

void TestSocketTable::knowsWhoHoldsIt()
{
    const RawSocket listener = RawSocket::listening(1);
    const SocketTable table = read();
    const SocketRow* row = find(table, listener.port(), 0);
    QVERIFY(row != nullptr);
    QCOMPARE(row->owner.known, SocketOwner::Known::Process);
    QCOMPARE(row->owner.process, QCoreApplication::applicationPid());
    QVERIFY(row->owner.isOurs);
    QVERIFY(ownerText(row->owner).startsWith(u"app_tests (")); // the system keeps fifteen characters
}

/// A folder that looks like /proc: processes 1 to `count`, each with one socket that has the number 1000 more.
void makeProcesses(const QDir& folder, int count)
{
    for (int process = 1; process <= count; ++process) {
        const QString base = QString::number(process);
        QVERIFY(folder.mkpath(QString(base + u"/fd")));
        QFile name(folder.filePath(QString(base + u"/comm")));
        QVERIFY(name.open(QIODevice::WriteOnly));
        name.write("worker\n");
        QVERIFY(
            QFile::link(QStringLiteral("socket:[%1]").arg(1000 + process), folder.filePath(QString(base + u"/fd/3"))));
    }
}

std::vector<SocketEntry> entriesWith(std::initializer_list<quint64> inodes)
{
    std::vector<SocketEntry> entries;
    for (const quint64 inode : inodes) {
        entries.emplace_back().inode = inode;
    }
    return entries;
}

void TestSocketTable::looksFurtherWhereItStopped()
{
    const QTemporaryDir folder;
    constexpr int count = 5;
    makeProcesses(QDir(folder.path()), count);
    SocketOwners owners(folder.path());
    // No time at all: one process is looked into each time, and after two rounds what was not found is known to be so.
    const std::vector<SocketEntry> wanted = entriesWith({ 1001, 1002, 1003, 1004, 1005, 2000 });
    int known = 0;
    for (int look = 1; look <= 2 * count; ++look) {
        const std::vector<SocketOwner> found = owners.find(wanted, 0ms);
        const auto now = static_cast<int>(std::count_if(found.begin(), found.end(),
            [](const SocketOwner& owner) { return owner.known == SocketOwner::Known::Process; }));
        QVERIFY(now >= known && now <= known + 1);
        known = now;
        if (known < count) {
            QCOMPARE(found.back().known, SocketOwner::Known::NotYet);
        }
    }
    QCOMPARE(known, count);
    const std::vector<SocketOwner> found = owners.find(wanted, 0ms);
    QCOMPARE(found.back().known, SocketOwner::Known::NotSeen);
    QCOMPARE(found.front().process, 1);
    QCOMPARE(ownerText(found.front()), QStringLiteral("worker (1)"));
}

void TestSocketTable::forgetsWhatMoved()
{
    const QTemporaryDir folder;
    const QDir dir(folder.path());
    makeProcesses(dir, 2);
    SocketOwners owners(folder.path());
    const std::vector<SocketEntry> wanted = entriesWith({ 1001 });
    QCOMPARE(owners.find(wanted, 1h).front().process, 1);
    // Handed over to the other process.
    QVERIFY(QFile::remove(dir.filePath(QStringLiteral("1/fd/3"))));
    QVERIFY(QFile::link(QStringLiteral("socket:[1001]"), dir.filePath(QStringLiteral("2/fd/4"))));
    QCOMPARE(owners.find(wanted, 1h).front().process, 2);
}

void TestSocketTable::namesTheHolder()
{
    RawSocket listener = RawSocket::listening(1);
    const quint16 port = listener.port();
    const QString self = QString::number(QCoreApplication::applicationPid());
    QVERIFY(holderOf({ QHostAddress(QHostAddress::LocalHost), port }, SocketProtocol::Tcp).contains(self));
    QVERIFY(holderOf({ QHostAddress(QHostAddress::AnyIPv4), port }, SocketProtocol::Tcp).contains(self));
    QVERIFY(holderOf({ QHostAddress(QStringLiteral("127.0.0.2")), port }, SocketProtocol::Tcp).isEmpty());
    listener.close();
    QVERIFY(holderOf({ QHostAddress(QHostAddress::LocalHost), port }, SocketProtocol::Tcp).isEmpty());
}

void TestSocketTable::hostileNetlink()
{
    // Lengths that lie, and every cut of a datagram: nothing is read past its end, and nothing is taken twice.
    std::vector<SocketEntry> entries;
    for (const quint32 length : { 0U, 1U, 15U, 17U, 0xFFFFFFFFU }) {
        QByteArray bytes(16, '\0');
        std::memcpy(bytes.data(), &length, sizeof length);
        QVERIFY(parseSockDiag(bytes, SocketProtocol::Tcp, entries) < 0);
    }
    QByteArray whole(16 + 72, '\0');
    const auto length = static_cast<quint32>(whole.size());
    std::memcpy(whole.data(), &length, sizeof length);
    whole[4] = 20; // SOCK_DIAG_BY_FAMILY
    whole[16] = 2; // AF_INET
    whole[17] = char(200); // no state that there is
    for (qsizetype size = 0; size < whole.size(); ++size) {
        (void)parseSockDiag(whole.first(size), SocketProtocol::Tcp, entries);
        QVERIFY(entries.empty());
    }
    QCOMPARE(parseSockDiag(whole, SocketProtocol::Tcp, entries), 0);
    QCOMPARE(entries.size(), std::size_t(1));
    QCOMPARE(entries.front().state, TcpState::Unknown);
    QCOMPARE(stateName(entries.front()), QStringLiteral("UNKNOWN"));
}

void TestSocketTable::hostileText()
{
    const QByteArray line(
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
        "   0: 0100007F:07E8 00000000:0000 0A 00000000:00000002 00:00000000 00000000  1000        0 1603 1\n");
    std::vector<SocketEntry> entries;
    parseProcNet(line, SocketProtocol::Tcp, false, entries);
    QCOMPARE(entries.size(), std::size_t(1));
    QCOMPARE(entries.front().local.toString(), QStringLiteral("127.0.0.1:2024"));
    QCOMPARE(entries.front().receiveQueue, 2);
    QCOMPARE(entries.front().user, 1000U);
    for (qsizetype size = 0; size < line.size() - 10; ++size) {
        entries.clear();
        parseProcNet(line.first(size), SocketProtocol::Tcp, false, entries);
        parseProcNet(line.first(size), SocketProtocol::Tcp, true, entries);
        QVERIFY(entries.empty());
    }
}

} // namespace

SOCKEYE_TEST(TestSocketTable)
#include "tst_socket_table.moc"
