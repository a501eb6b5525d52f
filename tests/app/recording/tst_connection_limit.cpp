// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

namespace {

/// Connections for which a recording has no room.
class TestConnectionLimit : public TestCase {
    Q_OBJECT

    QTemporaryDir m_folder;
    [[nodiscard]] static QStringList notesOf(const Capture& capture)
    {
        return messageLines(capture, false).filter(QStringLiteral("note #0"));
    }
    static void exchange(CaptureWriter& writer, quint32 connection, Transport transport)
    {
        writer.opened(connection, factsFor(static_cast<quint16>(40'000 + connection), transport));
        writer.chunk(connection, Direction::In, jsonMessage("{}"));
        writer.chunk(connection, Direction::Out, jsonMessage("[]"));
        writer.error(connection, QLatin1StringView("wrong"), QStringLiteral("Something is wrong."));
        writer.note(connection, QStringLiteral("A note."));
        writer.closed(connection, CloseKind::Orderly);
    }

private Q_SLOTS:
    void furtherOnesAreNotKept_data()
    {
        QTest::addColumn<Transport>("transport");
        QTest::addColumn<int>("connections");
        QTest::addColumn<QStringList>("notes");
        const QString full = QStringLiteral("note #0 in 0+0 \"The capture holds 2 connections, and memory has room for "
                                            "no more: further ones go on, but are not captured.\"");
        const QString three = QStringLiteral(
            "note #0 in 0+0 \"3 connection(s) went on without being captured: memory had no room for them.\"");
        QTest::newRow("as many as there is room for") << Transport::Tcp << 2 << QStringList();
        QTest::newRow("TCP") << Transport::Tcp << 5 << QStringList({ full, three });
        QTest::newRow("UDP") << Transport::Udp << 5 << QStringList({ full, three });
    }

    void furtherOnesAreNotKept()
    {
        QFETCH(const Transport, transport);
        QFETCH(const int, connections);
        QFETCH(const QStringList, notes);
        const auto seen = std::make_shared<EventList>();
        CaptureOptions options;
        options.file = m_folder.filePath(QStringLiteral("%1.pcapng").arg(QLatin1StringView(QTest::currentDataTag())));
        options.maxConnections = 2;
        options.observer = seen;
        const auto capture = Capture::create(options);
        {
            CaptureWriter writer(capture);
            for (int id = 1; id <= connections; ++id) {
                exchange(writer, static_cast<quint32>(id), transport);
            }
        }
        capture->waitUntilIdle();

        QCOMPARE(seen->lines.filter(QStringLiteral("chunk")).size(), 2 * connections); // who looks on sees all of them
        QCOMPARE(capture->leftOut().connections, connections - 2);
        QCOMPARE(capture->leftOut().chunks, 0);
        QCOMPARE(connectionLines(*capture).size(), 2);
        QCOMPARE(messageLines(*capture).size(), 2 * 4 + notes.size());
        QCOMPARE(notesOf(*capture), notes);
        QCOMPARE(capture->read(2, Direction::In, 0, 1000), jsonMessage("{}"));
        QCOMPARE(capture->byteCount(), 2 * (jsonMessage("{}").size() + jsonMessage("[]").size()));

        const auto again = Capture::open(options.file);
        again->waitUntilIdle();
        QCOMPARE(messageLines(*again), messageLines(*capture));
        QCOMPARE(connectionLines(*again), connectionLines(*capture));
    }

    void knownOnesGoOn()
    {
        CaptureOptions options;
        options.maxConnections = 1;
        const auto capture = Capture::create(options);
        CaptureWriter writer(capture);
        writer.opened(1, factsFor(40'001));
        writer.opened(2, factsFor(40'002));
        writer.chunk(2, Direction::In, jsonMessage("{}"));
        writer.chunk(1, Direction::In, jsonMessage("{}"));
        writer.note(0, QStringLiteral("Of the endpoint."));
        writer.flush();
        capture->waitUntilIdle();
        QCOMPARE(notesOf(*capture).size(), 2); // that one and the one that says so: the number comes at the end
        QCOMPARE(capture->connection(1)->messagesIn, 1);
        QVERIFY(!capture->connection(2));
    }

    void eachTimeThatAllWritersAreGone()
    {
        CaptureOptions options;
        options.maxConnections = 1;
        const auto capture = Capture::create(options);
        for (quint32 id = 1; id <= 3; ++id) {
            CaptureWriter writer(capture);
            exchange(writer, id, Transport::Tcp);
        }
        { // a run that leaves nothing out says nothing
            CaptureWriter writer(capture);
            writer.note(0, QStringLiteral("Of the endpoint."));
        }
        capture->waitUntilIdle();
        const QStringList notes = notesOf(*capture);
        QCOMPARE(notes.size(), 4);
        QVERIFY(notes[1].contains(QStringLiteral("1 connection(s)")));
        QVERIFY(notes[2].contains(QStringLiteral("2 connection(s)")));
    }

    void ofAFileAsWell()
    {
        CaptureOptions options;
        options.file = m_folder.filePath(QStringLiteral("all.pcapng"));
        {
            const auto capture = Capture::create(options);
            for (quint32 id = 1; id <= 3; ++id) {
                CaptureWriter writer(capture);
                exchange(writer, id, Transport::Tcp);
            }
            capture->waitUntilIdle();
        }
        CaptureOptions reading;
        reading.maxConnections = 2;
        const auto capture = Capture::open(options.file, reading);
        capture->waitUntilIdle();
        QCOMPARE(connectionLines(*capture).size(), 2);
        QVERIFY(capture->failure().what.contains(QStringLiteral("more than 2 connections")));
    }
};

} // namespace

SOCKEYE_TEST(TestConnectionLimit)
#include "tst_connection_limit.moc"
