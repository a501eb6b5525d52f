// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/export.h"
#include "app/formats/pcapng/format.h"
#include "app/marks/mark_book.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/formats/capture_script.h"
#include "tests/app/formats/packet_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QFile>
#include <QPromise>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;
using namespace sockeye::pcapng;

/// Marks stand in files as comments of packets, and come back.
class TestMarkFiles : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void comments_data();
    void comments();
    void noComments_data();
    void noComments();
    void bookIsBounded();
    void bookFindsWhatLiesInARange();
    void savedAndReadBack_data();
    void savedAndReadBack();
    void foreignFile_data();
    void foreignFile();
    void changedAndSavedAgain();
    void otherCommentsStay();
    void exported();
    void survivesAnotherProtocol();

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    [[nodiscard]] std::shared_ptr<Capture> open(
        const QString& name, const ProtocolPtr& protocol = linesProtocol()) const;
    [[nodiscard]] std::shared_ptr<Capture> openBytes(const QByteArray& bytes) const;
    /// "" if it could be saved.
    [[nodiscard]] static QString save(Capture& capture, const QString& name);
    QTemporaryDir m_folder;
};

namespace {

/// "1 in 4 orange: note", a line each, by place.
QStringList markLines(const Capture& capture)
{
    QStringList lines;
    for (const MessageMark& mark : capture.marks().all()) {
        lines.append(QStringLiteral("%1 %2 %3 %4 %5")
                         .arg(QString::number(mark.place.connection),
                             mark.place.direction == Direction::In ? QStringLiteral("in") : QStringLiteral("out"),
                             QString::number(mark.place.offset), QString::number(int(mark.colour)), mark.note));
    }
    return lines;
}

/// Marks each message with the next colour; every second one has a note.
void markEverything(const Capture& capture)
{
    for (qsizetype row = 0; row < capture.messageCount(); ++row) {
        const MessageRecord record = capture.message(row);
        if (record.kind == RecordKind::Message && record.size > 0) {
            const auto which = static_cast<std::size_t>(row);
            QVERIFY(capture.marks().set({ { record.connection, record.direction, record.offset }, record.time,
                markColours.at(which % markColours.size()),
                row % 2 == 0 ? QString() : QStringLiteral("Nummer %1: 沉默 \"🐰\", said (so)").arg(row) }));
        }
    }
}

QStringList noteTexts(const Capture& capture)
{
    QStringList texts;
    for (qsizetype row = 0; row < capture.messageCount(); ++row) {
        if (capture.message(row).kind == RecordKind::Note) {
            texts.append(capture.text(capture.message(row).text));
        }
    }
    return texts;
}

QByteArray ethernet(const TestPacket& packet)
{
    return linkPacket(linkEthernet, ipPacket(packet), packet.ipv6);
}

/// A conversation of somebody else's: two lines in a packet, one across two, a repetition, the second half first.
QByteArrayList foreignPackets()
{
    return { ethernet({ .payload = {}, .flags = syn, .sequence = 99 }),
        ethernet({ .payload = {}, .flags = syn | ack, .sequence = 499, .acknowledged = 100, .fromClient = false }),
        ethernet({ .payload = "one\ntwo\n", .sequence = 100, .acknowledged = 500 }),
        ethernet({ .payload = "two\nthr", .sequence = 104, .acknowledged = 500 }),
        ethernet({ .payload = "four\n", .sequence = 114, .acknowledged = 500 }),
        ethernet({ .payload = "ee\n", .sequence = 111, .acknowledged = 500 }),
        ethernet({ .payload = "yes\nno\n", .sequence = 500, .acknowledged = 119, .fromClient = false }) };
}

} // namespace

std::shared_ptr<Capture> TestMarkFiles::open(const QString& name, const ProtocolPtr& protocol) const
{
    CaptureOptions options;
    options.protocol = protocol;
    auto capture = Capture::open(name, options);
    capture->waitUntilIdle();
    return capture;
}

std::shared_ptr<Capture> TestMarkFiles::openBytes(const QByteArray& bytes) const
{
    QFile file(path("bytes"));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("no file");
    }
    file.close();
    return open(file.fileName());
}

QString TestMarkFiles::save(Capture& capture, const QString& name)
{
    const auto promise = std::make_shared<QPromise<QString>>();
    QFuture<QString> future = promise->future();
    promise->start();
    capture.save(name, [promise](const Failure& failure) {
        promise->addResult(failure ? failure.oneLine() : QString());
        promise->finish();
    });
    return future.result();
}

void TestMarkFiles::comments_data()
{
    QTest::addColumn<MarkColour>("colour");
    QTest::addColumn<qint64>("byte");
    QTest::addColumn<QString>("note");
    QTest::addColumn<QByteArray>("comment");
    QTest::newRow("colour") << MarkColour::Orange << qint64 { -1 } << QString() << QByteArray("Mark (orange)");
    QTest::newRow("note") << MarkColour::Red << qint64 { -1 } << QStringLiteral("Look: here")
                          << QByteArray("Mark (red): Look: here");
    QTest::newRow("inside") << MarkColour::Blue << qint64 { 66 } << QStringLiteral("x")
                            << QByteArray("Mark (blue), byte 66: x");
    QTest::newRow("inside, no note") << MarkColour::Purple << qint64 { 0 } << QString()
                                     << QByteArray("Mark (purple), byte 0");
    QTest::newRow("longest") << MarkColour::Green << qint64 { -1 } << QString(longestNote, u'n')
                             << QByteArray("Mark (green): " + QByteArray(longestNote, 'n'));
    QTest::newRow("lines") << MarkColour::Yellow << qint64 { -1 } << QStringLiteral("a\nb")
                           << QByteArray("Mark (yellow): a\nb");
}

void TestMarkFiles::comments()
{
    QFETCH(const MarkColour, colour);
    QFETCH(const qint64, byte);
    QFETCH(const QString, note);
    QFETCH(const QByteArray, comment);
    QCOMPARE(toComment({ colour, byte, note }), comment);
    const auto mark = parseMarkComment(comment);
    QVERIFY(mark);
    QCOMPARE(mark->colour, colour);
    QCOMPARE(mark->byte, byte);
    QCOMPARE(mark->note, note);
}

void TestMarkFiles::noComments_data()
{
    QTest::addColumn<QByteArray>("comment");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("other word") << QByteArray("Marked");
    QTest::newRow("no bracket") << QByteArray("Mark (orange");
    QTest::newRow("no colour") << QByteArray("Mark ()");
    QTest::newRow("other colour") << QByteArray("Mark (pink): x");
    QTest::newRow("no space") << QByteArray("Mark (red):x");
    QTest::newRow("empty note") << QByteArray("Mark (red): ");
    QTest::newRow("something behind") << QByteArray("Mark (red) x");
    QTest::newRow("no number") << QByteArray("Mark (red), byte : x");
    QTest::newRow("negative") << QByteArray("Mark (red), byte -1: x");
    QTest::newRow("too large") << QByteArray("Mark (red), byte 99999999999999999999: x");
    QTest::newRow("too long") << QByteArray("Mark (red): " + QByteArray(longestNote + 1, 'n'));
}

void TestMarkFiles::noComments()
{
    QFETCH(const QByteArray, comment);
    QVERIFY(!parseMarkComment(comment));
}

void TestMarkFiles::bookIsBounded()
{
    MarkBook book;
    for (std::size_t i = 0; i < MarkBook::mostMarks; ++i) {
        QVERIFY(book.set({ { 1, Direction::In, static_cast<qint64>(i) }, 0, MarkColour::Red, {} }));
    }
    QVERIFY(!book.set({ { 2, Direction::In, 0 }, 0, MarkColour::Red, {} }));
    QVERIFY(!book.takeFromFile({ { 2, Direction::In, 0 }, 0, MarkColour::Red, {} }, 1));
    QCOMPARE(book.size(), MarkBook::mostMarks);
    const QString rabbits = QStringLiteral("🐰").repeated(longestNote);
    QVERIFY(book.set({ { 1, Direction::In, 5 }, 0, MarkColour::Blue, u'x' + rabbits })); // one that is there
    const auto changed = book.find({ 1, Direction::In, 5 }, 1);
    QVERIFY(changed);
    QCOMPARE(changed->note, u'x' + rabbits.first(longestNote - 2)); // no half of one
    book.remove({ 1, Direction::In, 5 });
    QVERIFY(book.set({ { 2, Direction::In, 0 }, 0, MarkColour::Red, {} }));
}

void TestMarkFiles::bookFindsWhatLiesInARange()
{
    MarkBook book;
    const quint64 revision = book.revision();
    book.set({ { 2, Direction::In, 10 }, 0, MarkColour::Red, QStringLiteral("a") });
    book.set({ { 2, Direction::In, 20 }, 0, MarkColour::Red, QStringLiteral("b") });
    book.set({ { 2, Direction::Out, 15 }, 0, MarkColour::Red, QStringLiteral("c") });
    QVERIFY(book.revision() != revision);
    QVERIFY(!book.find({ 2, Direction::In, 0 }, 10));
    QCOMPARE(book.find({ 2, Direction::In, 0 }, 11)->note, QStringLiteral("a"));
    QCOMPARE(book.find({ 2, Direction::In, 11 }, 10)->note, QStringLiteral("b"));
    QVERIFY(!book.find({ 2, Direction::In, 21 }, 1000));
    QVERIFY(!book.find({ 2, Direction::Out, 15 }, 0));
    QVERIFY(!book.find({ 1, Direction::Out, 0 }, 1000));
    QCOMPARE(book.findAll({ 2, Direction::In, 0 }, 100, 9).size(), std::size_t { 2 });
    QCOMPARE(book.findAll({ 2, Direction::In, 0 }, 100, 1).size(), std::size_t { 1 });
}

void TestMarkFiles::savedAndReadBack_data()
{
    QTest::addColumn<CaptureScript>("traffic");
    QTest::newRow("one a packet") << CaptureScript([](CaptureWriter& writer) {
        writer.opened(1, factsFor(40000));
        writer.chunk(1, Direction::In, "one\n");
        writer.chunk(1, Direction::Out, "two\n");
        writer.note(1, QStringLiteral("A note of ours."));
        writer.chunk(1, Direction::In, "three\n");
        writer.closed(1, CloseKind::Orderly);
    });
    QTest::newRow("several a packet") << CaptureScript([](CaptureWriter& writer) {
        writer.opened(1, factsFor(40000, Transport::Tcp, true, true));
        writer.chunk(1, Direction::Out, "one\ntwo\nth");
        writer.chunk(1, Direction::Out, "ree\nfour\nfive\n");
        writer.chunk(1, Direction::In, "\n\n\n");
        writer.closed(1, CloseKind::ResetByPeer);
    });
    QTest::newRow("several packets a read") << CaptureScript([](CaptureWriter& writer) {
        writer.opened(3, factsFor(40000));
        writer.chunk(3, Direction::In, QByteArray(QByteArray(100'000, 'x') + "\nin the second packet\nand again\n"));
    });
    QTest::newRow("UDP") << CaptureScript([](CaptureWriter& writer) {
        writer.opened(1, factsFor(40000, Transport::Udp));
        writer.opened(2, factsFor(40001, Transport::Udp, false, true));
        for (int i = 0; i < 3; ++i) {
            writer.chunk(1, Direction::In, "hello\n");
            writer.chunk(2, Direction::Out, "hello\nover IPv6");
            writer.chunk(1, Direction::In, "");
        }
        writer.closed(1, CloseKind::Orderly);
    });
}

void TestMarkFiles::savedAndReadBack()
{
    QFETCH(const CaptureScript, traffic);
    CaptureOptions options;
    options.protocol = linesProtocol();
    const auto capture = Capture::create(options);
    {
        CaptureWriter writer(capture);
        traffic(writer);
    }
    capture->waitUntilIdle();
    markEverything(*capture);
    QVERIFY(!capture->marks().isEmpty());
    QCOMPARE(save(*capture, path("marked.pcapng")), QString());
    const auto again = open(path("marked.pcapng"));
    QCOMPARE(markLines(*again), markLines(*capture));
    QCOMPARE(messageLines(*again, false), messageLines(*capture, false)); // no rows of their own
    // And once more, from the file.
    QCOMPARE(save(*again, path("again.pcapng")), QString());
    QFile first(path("marked.pcapng"));
    QFile second(path("again.pcapng"));
    QVERIFY(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly));
    QCOMPARE(second.readAll(), first.readAll());
}

void TestMarkFiles::foreignFile_data()
{
    QTest::addColumn<QByteArray>("file");
    for (const bool bigEndian : { false, true }) {
        const BlockBuilder blocks(bigEndian);
        QByteArray file = blocks.section() + blocks.interface(linkEthernet);
        QByteArray obsolete = file;
        quint64 time = 1;
        for (const QByteArray& packet : foreignPackets()) {
            file += blocks.enhanced(0, ++time, packet, blocks.option(4, "12345678") + blocks.option(0, {}));
            obsolete += blocks.obsolete(0, ++time, packet);
        }
        QTest::addRow("pcapng, %s", bigEndian ? "big-endian" : "little-endian") << file;
        QTest::addRow("obsolete blocks, %s", bigEndian ? "big-endian" : "little-endian") << obsolete;
        QTest::addRow("pcap, %s", bigEndian ? "big-endian" : "little-endian")
            << pcapFile(linkEthernet, foreignPackets(), bigEndian);
    }
}

void TestMarkFiles::foreignFile()
{
    QFETCH(const QByteArray, file);
    const auto capture = openBytes(file);
    markEverything(*capture);
    QCOMPARE(capture->marks().size(), std::size_t { 6 });
    QCOMPARE(save(*capture, path("marked.pcapng")), QString());
    const auto again = open(path("marked.pcapng"));
    QVERIFY2(!again->failure(), qPrintable(again->failure().oneLine()));
    QCOMPARE(markLines(*again), markLines(*capture));
    QCOMPARE(messageLines(*again), messageLines(*capture));
}

void TestMarkFiles::changedAndSavedAgain()
{
    CaptureOptions options;
    options.protocol = linesProtocol();
    const auto capture = Capture::create(options);
    {
        CaptureWriter writer(capture);
        writer.opened(1, factsFor(40000));
        for (const char* line : { "one\n", "two\n", "three\n", "four\n" }) {
            writer.chunk(1, Direction::In, line);
        }
    }
    capture->waitUntilIdle();
    MarkBook& marks = capture->marks();
    marks.set({ { 1, Direction::In, 0 }, 0, MarkColour::Red, QStringLiteral("first") });
    marks.set({ { 1, Direction::In, 4 }, 0, MarkColour::Red, QStringLiteral("second") });
    marks.set({ { 1, Direction::In, 8 }, 0, MarkColour::Red, {} });
    QCOMPARE(save(*capture, path("first.pcapng")), QString());

    const auto opened = open(path("first.pcapng"));
    opened->marks().remove({ 1, Direction::In, 0 });
    opened->marks().set({ { 1, Direction::In, 4 }, 0, MarkColour::Green, QStringLiteral("changed") });
    opened->marks().set({ { 1, Direction::In, 14 }, 0, MarkColour::Blue, QStringLiteral("new") });
    QCOMPARE(save(*opened, path("second.pcapng")), QString());
    const auto again = open(path("second.pcapng"));
    QCOMPARE(markLines(*again),
        QStringList(
            { QStringLiteral("1 in 4 3 changed"), QStringLiteral("1 in 8 2 "), QStringLiteral("1 in 14 4 new") }));
    // All gone: the file is what it was without them.
    for (const MessageMark& mark : again->marks().all()) {
        again->marks().remove(mark.place);
    }
    QCOMPARE(save(*again, path("third.pcapng")), QString());
    QFile bare(path("third.pcapng"));
    QVERIFY(bare.open(QIODevice::ReadOnly));
    const QByteArray bytes = bare.readAll();
    QVERIFY(!bytes.contains("Mark ("));
    QVERIFY(open(path("third.pcapng"))->marks().isEmpty());
}

void TestMarkFiles::otherCommentsStay()
{
    const BlockBuilder blocks;
    const QByteArray packet = ethernet({ .payload = "one\ntwo\n", .sequence = 100 });
    const auto capture = openBytes(blocks.section() + blocks.interface(linkEthernet)
        + blocks.enhanced(0, 1, packet,
            blocks.option(1, "Mark (pink): not ours") + blocks.option(1, "Mark (red): ours")
                + blocks.option(1, "Mark (red), byte 3: in the head") + blocks.option(1, "hello")));
    QCOMPARE(markLines(*capture), QStringList(QStringLiteral("1 in 0 2 ours")));
    QStringList notes = noteTexts(*capture);
    QVERIFY(notes.contains(QStringLiteral("Mark (pink): not ours")));
    QVERIFY(notes.contains(QStringLiteral("Mark (red), byte 3: in the head")));
    QVERIFY(notes.contains(QStringLiteral("hello")));
    QVERIFY(!notes.contains(QStringLiteral("Mark (red): ours")));
    capture->marks().set({ { 1, Direction::In, 4 }, 0, MarkColour::Blue, {} });
    QCOMPARE(save(*capture, path("kept.pcapng")), QString());
    const auto again = open(path("kept.pcapng"));
    QCOMPARE(markLines(*again), markLines(*capture));
    QVERIFY(noteTexts(*again).contains(QStringLiteral("Mark (pink): not ours")));
    QVERIFY(noteTexts(*again).contains(QStringLiteral("hello")));
}

void TestMarkFiles::exported()
{
    const BlockBuilder blocks;
    QByteArray file = blocks.section() + blocks.interface(linkEthernet);
    quint64 time = 1;
    for (const QByteArray& packet : foreignPackets()) {
        file += blocks.enhanced(0, ++time, packet);
    }
    const auto capture = openBytes(file);
    markEverything(*capture);
    ExportControl control;
    // All but the first: what is left begins elsewhere in its stream.
    const RowChoice rows { { { 1, capture->messageCount() } }, nullptr };
    const ExportResult result =
        exportMessages({ capture, rows, ExportFormat::Pcapng, path("chosen.pcapng"), {} }, control);
    QVERIFY2(!result.failure, qPrintable(result.failure.oneLine()));
    const auto again = open(path("chosen.pcapng"));
    QStringList wanted;
    QStringList got;
    for (const MessageMark& mark : capture->marks().all()) {
        wanted.append(QStringLiteral("%1 %2").arg(QString::number(int(mark.colour)), mark.note));
    }
    for (const MessageMark& mark : again->marks().all()) {
        got.append(QStringLiteral("%1 %2").arg(QString::number(int(mark.colour)), mark.note));
    }
    wanted.removeFirst();
    QCOMPARE(got, wanted);
    QCOMPARE(markLines(*again).constFirst(), QStringLiteral("1 in 0 1 Nummer 1: 沉默 \"🐰\", said (so)"));
}

void TestMarkFiles::survivesAnotherProtocol()
{
    const BlockBuilder blocks;
    const auto capture = openBytes(blocks.section() + blocks.interface(linkEthernet)
        + blocks.enhanced(0, 1, ethernet({ .payload = "one\ntwo\n", .sequence = 100 })));
    capture->marks().set({ { 1, Direction::In, 4 }, 0, MarkColour::Blue, QStringLiteral("two") });
    const auto raw = capture->readAnew(rawProtocol(), Limits());
    QTRY_COMPARE(raw->progress(), 1.0);
    const MessageRecord chunk = raw->message(raw->messageCount() - 1);
    QCOMPARE(chunk.size, qint64 { 8 });
    const auto mark = raw->marks().find({ chunk.connection, chunk.direction, chunk.offset }, chunk.size);
    QVERIFY(mark);
    QCOMPARE(mark->note, QStringLiteral("two"));
}

SOCKEYE_TEST(TestMarkFiles)
#include "tst_mark_files.moc"
