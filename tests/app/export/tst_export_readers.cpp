// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/export/export_help.h"
#include "tests/testcase.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

/// What those make of exported files whom they are meant for: tshark, text2pcap, compilers and Python.
class TestExportReaders : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tsharkFollowsTheBytes_data();
    void tsharkFollowsTheBytes();
    void tsharkFindsNothingWrong();
    void text2pcapReadsHexDumps();
    void hexDumpIsHexdumps();
    void cArraysCompile_data();
    void cArraysCompile();
    void pythonImports();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    bool exportAs(ExportFormat format, const QString& name, const RowChoice& rows);
    [[nodiscard]] QByteArray bytesInHex() const;

    QTemporaryDir m_folder;
    std::shared_ptr<Capture> m_capture;
};

namespace {

QByteArray tshark(const QString& file, const QStringList& arguments)
{
    return run(QStringLiteral("tshark"), QStringList { QStringLiteral("-r"), file } + arguments);
}

} // namespace

void TestExportReaders::initTestCase()
{
    m_capture = sampleCapture(path(QStringLiteral("sample.pcapng")));
}

bool TestExportReaders::exportAs(ExportFormat format, const QString& name, const RowChoice& rows)
{
    ExportControl control;
    const ExportResult result = exportMessages({ m_capture, rows, format, path(name), {} }, control);
    return !result.failure && !result.cancelled;
}

/// "1 in 0067…": connection, direction and bytes of each message, a line each, in order.
QByteArray TestExportReaders::bytesInHex() const
{
    QByteArray lines;
    for (qsizetype row = 0; row < m_capture->messageCount(); ++row) {
        const MessageRecord record = m_capture->message(row);
        if (record.kind == RecordKind::Message || record.kind == RecordKind::BadMessage) {
            lines += QByteArray::number(record.connection) + (record.direction == Direction::In ? " in " : " out ")
                + m_capture->read(record.connection, record.direction, record.offset, record.size).toHex() + '\n';
        }
    }
    return lines;
}

void TestExportReaders::tsharkFollowsTheBytes_data()
{
    QTest::addColumn<quint32>("connection");
    QTest::addColumn<int>("stream");
    QTest::newRow("large, over IPv6") << 2U << 0;
    QTest::newRow("cut and glued") << 1U << 1;
    QTest::newRow("bad, reset") << 3U << 2;
}

void TestExportReaders::tsharkFollowsTheBytes()
{
    QFETCH(const quint32, connection);
    QFETCH(const int, stream);
    QVERIFY(exportAs(ExportFormat::Pcapng, QStringLiteral("all.pcapng"), allRows(*m_capture)));
    const QByteArray output = tshark(path(QStringLiteral("all.pcapng")),
        { QStringLiteral("-q"), QStringLiteral("-z"), QStringLiteral("follow,tcp,raw,%1").arg(stream) });
    QByteArray sides[2];
    for (const QByteArray& line : output.split('\n')) {
        if (!line.isEmpty() && line.at(0) != '=' && !line.contains(':')) {
            sides[line.startsWith('\t') ? 1 : 0] += QByteArray::fromHex(line.trimmed());
        }
    }
    const bool weSpokeFirst = connection == 2;
    QVERIFY(sides[weSpokeFirst ? 1 : 0] == streamBytes(*m_capture, connection, Direction::In));
    QVERIFY(sides[weSpokeFirst ? 0 : 1] == streamBytes(*m_capture, connection, Direction::Out));
}

void TestExportReaders::tsharkFindsNothingWrong()
{
    // Every other row: what is left out leaves no hole.
    RowChoice some;
    for (qsizetype row = 0; row < m_capture->messageCount(); row += 2) {
        some.spans.push_back({ row, row + 1 });
    }
    QVERIFY(exportAs(ExportFormat::Pcapng, QStringLiteral("some.pcapng"), some));
    QCOMPARE(tshark(path(QStringLiteral("some.pcapng")),
                 { QStringLiteral("-o"), QStringLiteral("tcp.check_checksum:TRUE"), QStringLiteral("-Y"),
                     QStringLiteral("_ws.malformed || tcp.analysis.retransmission || tcp.analysis.out_of_order || "
                                    "tcp.analysis.lost_segment || tcp.analysis.ack_lost_segment || "
                                    "tcp.analysis.duplicate_ack || tcp.checksum.status == \"Bad\" || "
                                    "_ws.expert.severity >= \"Error\"") }),
        QByteArray());
    QVERIFY(!tshark(path(QStringLiteral("some.pcapng")), {}).isEmpty());
}

void TestExportReaders::text2pcapReadsHexDumps()
{
    // Without the rows that are longer than any packet that it writes.
    RowChoice small;
    QByteArrayList expected;
    for (qsizetype row = 0; row < m_capture->messageCount(); ++row) {
        const MessageRecord record = m_capture->message(row);
        if (record.size < 60'000) {
            small.spans.push_back({ row, row + 1 });
            if (record.size > 0) {
                expected += m_capture->read(record.connection, record.direction, record.offset, record.size).toHex();
            }
        }
    }
    QVERIFY(exportAs(ExportFormat::HexDump, QStringLiteral("dump.txt"), small));
    const QString made = path(QStringLiteral("dump.pcapng"));
    const QByteArray said = run(QStringLiteral("text2pcap"),
        { QStringLiteral("-q"), QStringLiteral("-a"), QStringLiteral("-D"), QStringLiteral("-t"), QStringLiteral("ISO"),
            QStringLiteral("-u"), QStringLiteral("40000,50000"), path(QStringLiteral("dump.txt")), made });
    QVERIFY2(!said.contains("failed"), said.constData());
    const QByteArray fields = tshark(made,
        { QStringLiteral("-T"), QStringLiteral("fields"), QStringLiteral("-e"), QStringLiteral("udp.payload"),
            QStringLiteral("-e"), QStringLiteral("frame.time_epoch"), QStringLiteral("-e"),
            QStringLiteral("frame.packet_flags_direction") });
    const QByteArrayList packets = fields.trimmed().split('\n');
    QCOMPARE(packets.size(), expected.size());
    for (qsizetype i = 0; i < packets.size(); ++i) {
        QCOMPARE(packets[i].split('\t').first(), expected[i]);
    }
    const MessageRecord first = m_capture->message(small.spans.front().begin);
    const QByteArray time = QByteArray::number(first.time / 1'000'000'000);
    QVERIFY2(packets.first().split('\t').at(1).startsWith(time), packets.first().constData());
}

void TestExportReaders::hexDumpIsHexdumps()
{
    const MessageRecord record = m_capture->message(0); // the large one
    QVERIFY(exportAs(ExportFormat::HexDump, QStringLiteral("one.txt"), { { { 0, 1 } }, nullptr }));
    QFile raw(path(QStringLiteral("one.raw")));
    QVERIFY(raw.open(QIODevice::WriteOnly));
    raw.write(m_capture->read(record.connection, record.direction, record.offset, record.size));
    raw.close();
    const QByteArrayList lines = contentOf(path(QStringLiteral("one.txt"))).split('\n');
    QVERIFY2(lines[0].startsWith("# 1: connection 2 ([::1]:40002), out, 300"), lines[0].constData());
    const QByteArray dumped = run(QStringLiteral("python3"),
        { QStringLiteral("-c"),
            QStringLiteral("import sys\n"
                           "d = open(sys.argv[1], 'rb').read()\n"
                           "for i in range(0, len(d), 16):\n"
                           "    p = d[i:i + 16]\n"
                           "    print('%08x  %-24s %-24s |%s|' % (i, ''.join('%02x ' % b for b in p[:8]),"
                           " ''.join('%02x ' % b for b in p[8:]),"
                           " ''.join(chr(b) if 32 <= b < 127 else '.' for b in p)))\n"
                           "print('%08x' % len(d))"),
            raw.fileName() });
    QVERIFY(lines.sliced(2).join('\n').trimmed() == dumped.trimmed());
}

void TestExportReaders::cArraysCompile_data()
{
    QTest::addColumn<QString>("compiler");
    QTest::addColumn<QStringList>("options");
    const QStringList strict { QStringLiteral("-Wall"), QStringLiteral("-Wextra"), QStringLiteral("-Werror"),
        QStringLiteral("-pedantic") };
    QTest::newRow("C99") << QStringLiteral("cc") << strict + QStringList { QStringLiteral("-std=c99") };
    QTest::newRow("C++") << QStringLiteral("c++")
                         << strict + QStringList { QStringLiteral("-x"), QStringLiteral("c++") };
}

void TestExportReaders::cArraysCompile()
{
    QFETCH(const QString, compiler);
    QFETCH(const QStringList, options);
    QVERIFY(exportAs(ExportFormat::CArray, QStringLiteral("messages.c"), allRows(*m_capture)));
    QFile main(path(QStringLiteral("main.c")));
    QVERIFY(main.open(QIODevice::WriteOnly));
    main.write("#include \"messages.c\"\n"
               "#include <stdio.h>\n"
               "int main(void)\n{\n    size_t i, k;\n"
               "    for (i = 0; i < sockeye_message_count; ++i) {\n"
               "        const struct sockeye_message *m = &sockeye_messages[i];\n"
               "        printf(\"%lu %s \", m->connection, m->direction == 'i' ? \"in\" : \"out\");\n"
               "        for (k = 0; k < m->size; ++k) {\n            printf(\"%02x\", m->bytes[k]);\n        }\n"
               "        printf(\"\\n\");\n    }\n    return 0;\n}\n");
    main.close();
    const QString program = path(QStringLiteral("main-") + compiler);
    QCOMPARE(run(compiler, options + QStringList { main.fileName(), QStringLiteral("-o"), program }), QByteArray());
    QVERIFY(run(program, {}) == bytesInHex());
}

void TestExportReaders::pythonImports()
{
    QVERIFY(exportAs(ExportFormat::PythonArray, QStringLiteral("exported.py"), allRows(*m_capture)));
    const QByteArray printed = run(QStringLiteral("python3"),
        { QStringLiteral("-W"), QStringLiteral("error"), QStringLiteral("-c"),
            QStringLiteral("import sys\nsys.path.insert(0, sys.argv[1])\nimport exported\n"
                           "for m in exported.messages:\n"
                           "    print(m.connection, m.direction, m.data.hex())\n"
                           "    assert 1.7e9 < m.time < 1e11 and m.number > 0"),
            m_folder.path() });
    QVERIFY2(printed == bytesInHex(), printed.left(300).constData());
}

SOCKEYE_TEST(TestExportReaders)
#include "tst_export_readers.moc"
