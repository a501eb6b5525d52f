// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/pending_file.h"
#include "tests/app/export/export_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/app/storage/full_disk.h"
#include "tests/testcase.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

class TestExport : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void rowsOfTheCapture_data();
    void rowsOfTheCapture();
    void jsonLinesAreTheCommandLines();
    void csv();
    void rawBytesOfOneConnection();
    void rawBytesOfSeveral();
    void rawBytesReplaceNothing();
    void pcapngOpensAgain();
    void onlyTheSelected_data();
    void onlyTheSelected();
    void nothingSelected_data();
    void nothingSelected();
    void replacesOnlyWhenWhole();
    void followsALink();
    void toADevice();
    void cannotBeWritten_data();
    void cannotBeWritten();
    void diskFull_data();
    void diskFull();
    void cancelled_data();
    void cancelled();
    void tooManyConnections();
    void lostBytesAreSaid();

private:
    ExportResult exportAs(ExportFormat format, const QString& name, const RowChoice& rows);
    ExportResult exportAs(ExportFormat format, const QString& name)
    {
        return exportAs(format, name, allRows(*m_capture));
    }
    [[nodiscard]] QString path(const QString& name) const
    {
        return name.startsWith(u'/') ? name : m_out->filePath(name);
    }
    [[nodiscard]] QStringList names() const { return QDir(m_out->path()).entryList(QDir::Files, QDir::Name); }
    [[nodiscard]] qsizetype rowOf(const char* text) const;

    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_out = std::make_unique<QTemporaryDir>();
    std::shared_ptr<Capture> m_capture;
    QString m_file;
};

namespace {

void addFormats()
{
    QTest::addColumn<ExportFormat>("format");
    for (const ExportFormat format : allExportFormats) {
        QTest::newRow(qPrintable(exportSuffix(format))) << format;
    }
}

} // namespace

void TestExport::initTestCase()
{
    m_file = m_folder.filePath(QStringLiteral("sample.pcapng"));
    m_capture = sampleCapture(m_file);
    QCOMPARE(m_capture->messageCount(), 13);
}

/// Each test has a folder of its own.
void TestExport::cleanup()
{
    m_out = std::make_unique<QTemporaryDir>();
}

ExportResult TestExport::exportAs(ExportFormat format, const QString& name, const RowChoice& rows)
{
    ExportControl control;
    return exportMessages({ m_capture, rows, format, path(name), QStringLiteral("Server 65432") }, control);
}

/// The row of the message that has that text in it.
qsizetype TestExport::rowOf(const char* text) const
{
    for (qsizetype row = 0; row < m_capture->messageCount(); ++row) {
        const MessageRecord record = m_capture->message(row);
        if (m_capture->read(record.connection, record.direction, record.offset, record.size).contains(text)) {
            return row;
        }
    }
    return -1;
}

void TestExport::rowsOfTheCapture_data()
{
    using Spans = std::vector<RowSpan>;
    QTest::addColumn<Spans>("spans");
    QTest::addColumn<std::vector<quint32>>("shown");
    QTest::addColumn<Spans>("expected");
    const std::vector<quint32> natural;
    QTest::newRow("none") << Spans {} << natural << Spans {};
    QTest::newRow("all") << Spans { { 0, 100 } } << natural << Spans { { 0, 100 } };
    QTest::newRow("beyond") << Spans { { -5, 3 }, { 98, 200 } } << natural << Spans { { 0, 3 }, { 98, 100 } };
    QTest::newRow("overlapping, in any order")
        << Spans { { 20, 30 }, { 5, 7 }, { 7, 9 }, { 25, 27 } } << natural << Spans { { 5, 9 }, { 20, 30 } };
    QTest::newRow("empty ones") << Spans { { 4, 4 }, { 9, 3 } } << natural << Spans {};
    const std::vector<quint32> sorted { 9, 3, 4, 200, 0, 8 };
    QTest::newRow("shown otherwise") << Spans { { 0, 6 } } << sorted << Spans { { 0, 1 }, { 3, 5 }, { 8, 10 } };
    QTest::newRow("some of those") << Spans { { 1, 2 }, { 5, 60 } } << sorted << Spans { { 3, 4 }, { 8, 9 } };
}

void TestExport::rowsOfTheCapture()
{
    QFETCH(const std::vector<RowSpan>, spans);
    QFETCH(const std::vector<quint32>, shown);
    QFETCH(const std::vector<RowSpan>, expected);
    RowChoice choice { spans, nullptr };
    if (!shown.empty()) {
        RowList rows;
        for (const quint32 row : shown) {
            rows.append(row);
        }
        choice.shown = std::make_shared<const RowList>(rows);
    }
    QVERIFY(captureSpans(choice, 100) == expected);
}

void TestExport::jsonLinesAreTheCommandLines()
{
    const ExportResult result = exportAs(ExportFormat::JsonLines, QStringLiteral("all.jsonl"));
    QVERIFY2(!result.failure, qPrintable(result.failure.oneLine()));
    QCOMPARE(result.rows, 13);
    QCOMPARE(result.files, QStringList(path(QStringLiteral("all.jsonl"))));

    const QByteArray printed = run(qEnvironmentVariable("SOCKEYE_BIN") + u"/sockeye-cli",
        { QStringLiteral("decode"), m_file, QStringLiteral("--print"), QStringLiteral("json") });
    const auto of = [](const QByteArray& lines, const char* event) {
        const QByteArray start = QByteArray("{\"event\":\"") + event + '"';
        QByteArrayList matching = lines.split('\n');
        matching.removeIf([&start](const QByteArray& line) { return !line.startsWith(start); });
        return matching;
    };
    const QByteArray exported = contentOf(path(QStringLiteral("all.jsonl")));
    for (const char* event : { "message", "error", "note" }) {
        QByteArrayList expected = of(printed, event);
        QByteArrayList found = of(exported, event);
        // The command line cuts datagrams like a stream; here each is a message.
        const auto isOfUdp = [](const QByteArray& line) { return line.contains("\"connection\":4,"); };
        expected.removeIf(isOfUdp);
        QCOMPARE(found.removeIf(isOfUdp), qstrcmp(event, "message") == 0 ? 3 : 0);
        std::sort(expected.begin(), expected.end());
        std::sort(found.begin(), found.end());
        QCOMPARE(found, expected);
    }
    QCOMPARE(of(exported, "opened").size(), 4);
    // What made no message, in pieces that together are what came.
    QByteArray bad;
    for (const QByteArray& line : of(exported, "bytes")) {
        bad += QByteArray::fromHex(QJsonDocument::fromJson(line).object()[u"hex"].toString().toLatin1());
    }
    QVERIFY(bad == QByteArray(QByteArray("\0\0", 2) + noise(270'000, 3)));
    for (const QByteArray& line : exported.trimmed().split('\n')) {
        QVERIFY2(QJsonDocument::fromJson(line).isObject(), line.left(200).constData());
    }
}

void TestExport::csv()
{
    const ExportResult result = exportAs(ExportFormat::Csv, QStringLiteral("all.csv"));
    QVERIFY2(!result.failure, qPrintable(result.failure.oneLine()));
    const QByteArray table = run(QStringLiteral("python3"),
        { QStringLiteral("-c"),
            QStringLiteral("import csv, sys\n"
                           "csv.field_size_limit(1 << 30)\n"
                           "for r in csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8')):\n"
                           "    assert None not in r and None not in r.values(), r\n"
                           "    assert len(r['hex']) == 2 * int(r['size'] or 0), r['number']\n"
                           "    print(r['number'], r['connection'], r['local'], r['peer'], r['direction'], r['kind'],"
                           " r['offset'], r['size'], repr(r['summary']), r['hex'][:12], sep='|')\n"),
            path(QStringLiteral("all.csv")) });
    const QByteArrayList lines = table.trimmed().split('\n');
    QCOMPARE(lines.size(), 13);
    QVERIFY2(lines[0].startsWith("1|2|[::1]:65432|[::1]:40002|out|binary|0|"), lines[0].constData());
    QVERIFY2(table.contains("|in|json|0|"), table.constData());
    QVERIFY2(table.contains("|in|bad-message|"), table.constData());
    QVERIFY2(table.contains("||||error||") || table.contains("|9||||error|||"), table.constData());
    QVERIFY2(table.contains("|note|||'A note\\nin two lines */ \"\"\" \\'.'|"), table.constData());
    QVERIFY2(table.contains("|text|0|6|\"'=HELLO\"|3d48454c4c4f"), table.constData()); // no formula
    QVERIFY(contentOf(path(QStringLiteral("all.csv"))).endsWith("\r\n"));
}

void TestExport::rawBytesOfOneConnection()
{
    RowChoice rows { { { rowOf("morpheus"), rowOf("morpheus") + 1 }, { rowOf("=1+1"), rowOf("=1+1") + 1 } }, nullptr };
    const ExportResult result = exportAs(ExportFormat::RawBytes, QStringLiteral("bytes.bin"), rows);
    QVERIFY2(!result.failure, qPrintable(result.failure.oneLine()));
    QCOMPARE(names(), QStringList({ QStringLiteral("bytes.in.bin"), QStringLiteral("bytes.out.bin") }));
    QCOMPARE(contentOf(path(QStringLiteral("bytes.in.bin"))), streamBytes(*m_capture, 1, Direction::In));
    QCOMPARE(contentOf(path(QStringLiteral("bytes.out.bin"))), streamBytes(*m_capture, 1, Direction::Out));
}

void TestExport::rawBytesOfSeveral()
{
    const ExportResult result = exportAs(ExportFormat::RawBytes, QStringLiteral("bytes"));
    QVERIFY2(!result.failure, qPrintable(result.failure.oneLine()));
    QCOMPARE(names().size(), result.files.size());
    for (quint32 connection = 1; connection <= 4; ++connection) {
        for (const auto& [direction, word] : { std::pair(Direction::In, u"in"), std::pair(Direction::Out, u"out") }) {
            const QString name = path(QStringLiteral("bytes.%1.%2.bin").arg(QString::number(connection), word));
            const QByteArray expected = streamBytes(*m_capture, connection, direction);
            QCOMPARE(result.files.contains(name), !expected.isEmpty());
            QVERIFY2(expected.isEmpty() || contentOf(name) == expected, qPrintable(name));
        }
    }
}

void TestExport::rawBytesReplaceNothing()
{
    QFile taken(path(QStringLiteral("bytes.2.out.bin")));
    QVERIFY(taken.open(QIODevice::WriteOnly));
    taken.write("mine");
    taken.close();
    const ExportResult result = exportAs(ExportFormat::RawBytes, QStringLiteral("bytes.bin"));
    QCOMPARE(result.failure.code, FailureCode::FileNotWritten);
    QVERIFY2(
        result.failure.oneLine().contains(QStringLiteral("bytes.2.out.bin")), qPrintable(result.failure.oneLine()));
    QCOMPARE(names(), QStringList(QStringLiteral("bytes.2.out.bin")));
    QCOMPARE(contentOf(taken.fileName()), QByteArray("mine"));
}

void TestExport::pcapngOpensAgain()
{
    const ExportResult result = exportAs(ExportFormat::Pcapng, QStringLiteral("all.pcapng"));
    QVERIFY2(!result.failure, qPrintable(result.failure.oneLine()));
    const auto again = Capture::open(path(QStringLiteral("all.pcapng")));
    again->waitUntilIdle();
    QVERIFY2(!again->failure(), qPrintable(again->failure().oneLine()));
    for (quint32 connection = 1; connection <= 4; ++connection) {
        for (const Direction direction : { Direction::In, Direction::Out }) {
            QVERIFY(streamBytes(*again, connection, direction) == streamBytes(*m_capture, connection, direction));
        }
        QCOMPARE(again->connection(connection)->state, m_capture->connection(connection)->state);
        QCOMPARE(again->connection(connection)->facts.peer, m_capture->connection(connection)->facts.peer);
        QCOMPARE(
            again->connection(connection)->facts.weConnected, m_capture->connection(connection)->facts.weConnected);
    }
    QCOMPARE(again->messageCount(), m_capture->messageCount());
    for (qsizetype row = 0; row < again->messageCount(); ++row) {
        QCOMPARE(again->message(row).time, m_capture->message(row).time);
        QCOMPARE(again->text(again->message(row).text), m_capture->text(m_capture->message(row).text));
    }
}

void TestExport::onlyTheSelected_data()
{
    addFormats();
}

void TestExport::onlyTheSelected()
{
    QFETCH(const ExportFormat, format);
    // The table shows one connection, newest first; its lower two rows are selected.
    const auto one = static_cast<quint32>(rowOf("\"one\""));
    const auto two = static_cast<quint32>(rowOf("[2, 3]"));
    auto shown = std::make_shared<const RowList>(RowList { two + 1, two, one, 0 });
    const QString name = QStringLiteral("selected.") + exportSuffix(format);
    const ExportResult result = exportAs(format, name, { { { 1, 3 } }, shown });
    QVERIFY2(!result.failure, qPrintable(result.failure.oneLine()));
    QCOMPARE(result.rows, 2);
    QCOMPARE(result.files.size(), 1);
    const QByteArray content = contentOf(result.files.first());
    QVERIFY2(content.size() < 3000, content.left(3000).constData()); // nothing of the large ones
    if (format == ExportFormat::Pcapng) {
        const auto again = Capture::open(result.files.first());
        again->waitUntilIdle();
        QCOMPARE(again->messageCount(), 2);
        QCOMPARE(streamBytes(*again, 2, Direction::In), QByteArray(jsonMessage("\"one\"") + jsonMessage("[2, 3]")));
    }
    if (format == ExportFormat::RawBytes) {
        QCOMPARE(content, QByteArray(jsonMessage("\"one\"") + jsonMessage("[2, 3]")));
    }
}

void TestExport::nothingSelected_data()
{
    addFormats();
}

void TestExport::nothingSelected()
{
    QFETCH(const ExportFormat, format);
    const ExportResult result = exportAs(format, QStringLiteral("none"), {});
    QVERIFY(!result.failure);
    QCOMPARE(result.rows, 0);
    QCOMPARE(result.files.size(), format == ExportFormat::RawBytes ? 0 : 1);
}

void TestExport::replacesOnlyWhenWhole()
{
    const QString name = path(QStringLiteral("kept.csv"));
    QFile old(name);
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("old");
    old.close();
    QVERIFY(old.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    {
        const FullDisk disk(10'000);
        QCOMPARE(exportAs(ExportFormat::Csv, QStringLiteral("kept.csv")).failure.code, FailureCode::FileNotWritten);
    }
    QCOMPARE(contentOf(name), QByteArray("old"));
    QCOMPARE(names(), QStringList(QStringLiteral("kept.csv")));
    QVERIFY(!exportAs(ExportFormat::Csv, QStringLiteral("kept.csv")).failure);
    QVERIFY(contentOf(name).startsWith("number,"));
    QCOMPARE(QFile(name).permissions() & (QFile::ReadOther | QFile::ReadGroup), QFile::Permissions());
}

void TestExport::followsALink()
{
    QFile real(path(QStringLiteral("real.csv")));
    QVERIFY(real.open(QIODevice::WriteOnly));
    real.close();
    QVERIFY(real.link(path(QStringLiteral("link.csv"))));
    QVERIFY(!exportAs(ExportFormat::Csv, QStringLiteral("link.csv")).failure);
    QVERIFY(QFileInfo(path(QStringLiteral("link.csv"))).isSymLink());
    QVERIFY(contentOf(real.fileName()).startsWith("number,"));
}

void TestExport::toADevice()
{
    const QString device = QStringLiteral("/dev/null");
    QVERIFY(!exportAs(ExportFormat::Csv, device).failure && !QFileInfo(device).isFile());
}

void TestExport::cannotBeWritten_data()
{
    QTest::addColumn<ExportFormat>("format");
    QTest::addColumn<QString>("name");
    for (const ExportFormat format : allExportFormats) {
        const QString suffix = exportSuffix(format);
        QTest::newRow(qPrintable(QString(suffix + u", no such folder"))) << format << QStringLiteral("no/such/file");
        if (format != ExportFormat::RawBytes) {
            QTest::newRow(qPrintable(QString(suffix + u", a folder"))) << format << QStringLiteral(".");
            QTest::newRow(qPrintable(QString(suffix + u", a full device"))) << format << QStringLiteral("/dev/full");
        }
    }
}

void TestExport::cannotBeWritten()
{
    QFETCH(const ExportFormat, format);
    QFETCH(const QString, name);
    const ExportResult result = exportAs(format, name);
    QCOMPARE(result.failure.code, FailureCode::FileNotWritten);
    QVERIFY2(result.failure.what.contains(name), qPrintable(result.failure.what));
    QVERIFY(result.failure.meaning.endsWith(u'.') && result.failure.advice.endsWith(u'.'));
    QVERIFY(result.files.isEmpty());
    QCOMPARE(names(), QStringList());
}

void TestExport::diskFull_data()
{
    addFormats();
}

void TestExport::diskFull()
{
    QFETCH(const ExportFormat, format);
    const FullDisk disk(100'000);
    const ExportResult result = exportAs(format, QStringLiteral("full"));
    QCOMPARE(result.failure.code, FailureCode::FileNotWritten);
    QVERIFY2(result.failure.what.contains(QStringLiteral("full")), qPrintable(result.failure.what));
    QVERIFY(result.files.isEmpty());
    QCOMPARE(names(), QStringList());
}

void TestExport::cancelled_data()
{
    addFormats();
}

void TestExport::cancelled()
{
    QFETCH(const ExportFormat, format);
    ExportControl control;
    control.cancel();
    const ExportResult result =
        exportMessages({ m_capture, allRows(*m_capture), format, path(QStringLiteral("x")), {} }, control);
    QVERIFY(result.cancelled);
    QVERIFY(!result.failure);
    QCOMPARE(result.rows, 0);
    QCOMPARE(names(), QStringList());
}

void TestExport::tooManyConnections()
{
    const auto capture = Capture::create({});
    CaptureWriter writer(capture);
    for (quint32 id = 1; id <= 1001; ++id) {
        writer.opened(id, factsFor(static_cast<quint16>(10000 + id)));
        writer.chunk(id, Direction::In, binaryMessage("x"));
    }
    writer.flush();
    capture->waitUntilIdle();
    ExportControl control;
    ExportResult result = exportMessages(
        { capture, allRows(*capture), ExportFormat::RawBytes, path(QStringLiteral("x.bin")), {} }, control);
    QCOMPARE(result.failure.code, FailureCode::TooManyParts);
    QCOMPARE(names(), QStringList());
    ExportControl other;
    result = exportMessages(
        { capture, { { { 0, 1000 } }, nullptr }, ExportFormat::RawBytes, path(QStringLiteral("x.bin")), {} }, other);
    QVERIFY2(!result.failure, qPrintable(result.failure.oneLine()));
    QCOMPARE(names().size(), 1000);
    QCOMPARE(other.progress(), 1.0);
}

void TestExport::lostBytesAreSaid()
{
    // The file that the rows lie in is cut while it is open.
    const QString file = m_out->filePath(QStringLiteral("cut.pcapng"));
    QVERIFY(QFile::copy(m_file, file));
    const auto capture = Capture::open(file);
    capture->waitUntilIdle();
    QVERIFY(QFile::resize(file, 2000));
    ExportControl control;
    const ExportResult result = exportMessages(
        { capture, allRows(*capture), ExportFormat::HexDump, path(QStringLiteral("cut.txt")), {} }, control);
    QVERIFY(!result.failure);
    QCOMPARE(result.rows, capture->messageCount());
    QVERIFY(result.incomplete > 3);
}

SOCKEYE_TEST(TestExport)
#include "tst_export.moc"
