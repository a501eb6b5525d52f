// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/format.h"
#include "app/storage/spool_folder.h"
#include "app/storage/unpacker.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/formats/packet_help.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

using namespace sockeye;
using namespace sockeye::pcapng;

/// Captures that are packed, or come through a pipe.
class TestCaptureStreams : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void packed_data();
    void packed();
    void inPieces_data() { packed_data(); }
    void inPieces();
    void cutAnywhere_data();
    void cutAnywhere();
    void damaged_data() { cutAnywhere_data(); }
    void damaged();
    void otherPackings_data();
    void otherPackings();
    void bomb();
    void pipe();
    void pipeWithoutAWriter();
    void leavesNoFile();

private:
    [[nodiscard]] QString put(const QByteArray& bytes);
    [[nodiscard]] static std::shared_ptr<Capture> open(const QString& name);

    QTemporaryDir m_folder;
};

namespace {

QByteArray gzip(const QByteArray& bytes)
{
    z_stream stream {};
    if (::deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        qFatal("no zlib");
    }
    QByteArray packed(static_cast<qsizetype>(::deflateBound(&stream, static_cast<uLong>(bytes.size()))) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    (void)::deflate(&stream, Z_FINISH);
    packed.truncate(static_cast<qsizetype>(stream.total_out));
    ::deflateEnd(&stream);
    return packed;
}

QByteArray zstd(const QByteArray& bytes)
{
    QByteArray packed(static_cast<qsizetype>(::ZSTD_compressBound(static_cast<std::size_t>(bytes.size()))), '\0');
    packed.truncate(static_cast<qsizetype>(::ZSTD_compress(packed.data(), static_cast<std::size_t>(packed.size()),
        bytes.constData(), static_cast<std::size_t>(bytes.size()), 3)));
    return packed;
}

/// 3,000 datagrams of 1 to 1,000 bytes.
QByteArray longCapture()
{
    QByteArrayList packets;
    for (int i = 0; i < 3000; ++i) {
        packets += ipPacket({ .payload = noise(1 + i % 1000, static_cast<quint32>(i)), .udp = true });
    }
    return pcapFile(linkRaw, packets);
}

} // namespace

void TestCaptureStreams::initTestCase()
{
    qputenv("XDG_CACHE_HOME", QFile::encodeName(m_folder.filePath(QStringLiteral("cache"))));
}

QString TestCaptureStreams::put(const QByteArray& bytes)
{
    QFile file(m_folder.filePath(QStringLiteral("file")));
    file.remove();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("no file");
    }
    return file.fileName();
}

std::shared_ptr<Capture> TestCaptureStreams::open(const QString& name)
{
    CaptureOptions options;
    options.protocol = rawProtocol();
    auto capture = Capture::open(name, options);
    capture->waitUntilIdle();
    return capture;
}

void TestCaptureStreams::packed_data()
{
    QTest::addColumn<QByteArray>("packed");
    const QByteArray whole = longCapture();
    const QByteArray first = whole.first(700'000);
    const QByteArray second = whole.sliced(700'000);
    QTest::newRow("gzip") << gzip(whole);
    QTest::newRow("gzip, several members") << gzip(first) + gzip({}) + gzip(second);
    QTest::newRow("gzip, zeros behind it") << gzip(whole) + QByteArray(1000, '\0');
    QTest::newRow("gzip, something behind it") << gzip(whole) + "and so on";
    QTest::newRow("zstd") << zstd(whole);
    QTest::newRow("zstd, several frames") << zstd(first) + zstd({}) + zstd(second);
    QTest::newRow("zstd, a frame to be skipped")
        << zstd(first) + QByteArray::fromHex("502a4d1803000000aabbcc") + zstd(second);
}

void TestCaptureStreams::packed()
{
    QFETCH(const QByteArray, packed);
    const auto plain = open(put(longCapture()));
    const QStringList rows = messageLines(*plain);
    const auto capture = open(put(packed));
    QVERIFY2(!capture->failure(), qPrintable(capture->failure().oneLine()));
    QCOMPARE(messageLines(*capture), rows);
    QCOMPARE(capture->progress(), 1.0);
    const MessageRecord last = capture->message(2999);
    QCOMPARE(capture->read(1, Direction::In, last.offset, last.size), noise(1000, 2999));
    // What is saved of it is not packed.
    std::atomic<bool> done { false };
    const QString name = m_folder.filePath(QStringLiteral("saved.pcapng"));
    capture->save(name, [&](const Failure&) { done = true; });
    QTRY_VERIFY(done.load());
    QCOMPARE(messageLines(*open(name)), rows);
}

void TestCaptureStreams::inPieces()
{
    QFETCH(const QByteArray, packed);
    const QByteArray whole = longCapture();
    for (const qsizetype room : { 1000, 65'536 }) {
        for (const qsizetype piece : { 7, 4096 }) {
            const std::unique_ptr<Unpacker> unpacker = newUnpacker(packed.first(packingHead));
            QVERIFY(unpacker);
            QByteArray out(room, '\0');
            QByteArray got;
            QByteArray waiting;
            for (qsizetype at = 0; at < packed.size(); at += piece) {
                waiting += packed.mid(at, piece);
                while (true) {
                    const Unpacker::Step step = unpacker->unpack(waiting, out.data(), room);
                    QVERIFY(!step.isDamaged);
                    waiting.remove(0, step.taken);
                    got += out.first(step.made);
                    if (step.made < room) {
                        break;
                    }
                }
                QVERIFY(waiting.isEmpty());
            }
            QVERIFY(unpacker->isWhole());
            QVERIFY(got == whole);
        }
    }
}

void TestCaptureStreams::cutAnywhere_data()
{
    QTest::addColumn<QByteArray>("packed");
    const QByteArray whole = longCapture();
    QTest::newRow("gzip") << gzip(whole);
    QTest::newRow("zstd") << zstd(whole.first(700'000)) + zstd(whole.sliced(700'000));
}

void TestCaptureStreams::cutAnywhere()
{
    QFETCH(const QByteArray, packed);
    qsizetype rows = 0;
    for (qsizetype size = 10; size < packed.size(); size += packed.size() / 20) {
        const auto capture = open(put(packed.first(size)));
        const QString text = capture->failure().oneLine();
        QVERIFY2(text.contains(QStringLiteral("is cut at byte ")), qPrintable(text));
        QVERIFY(capture->messageCount() >= rows);
        rows = capture->messageCount();
    }
    QVERIFY(rows > 2000);
}

void TestCaptureStreams::damaged()
{
    QFETCH(QByteArray, packed);
    std::fill(packed.begin() + packed.size() / 2, packed.end(), '\x55');
    const auto capture = open(put(packed));
    QVERIFY(capture->failure());
    QVERIFY(capture->messageCount() > 100);
}

void TestCaptureStreams::otherPackings_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QString>("words");
    QTest::newRow("xz") << QByteArray::fromHex("fd377a585a00") << QStringLiteral("with xz, ");
    QTest::newRow("lz4") << QByteArray::fromHex("04224d186440") << QStringLiteral("with lz4, ");
    QTest::newRow("zip") << QByteArray::fromHex("504b03041400") << QStringLiteral("with zip, ");
    QTest::newRow("bzip2") << QByteArray("BZh91A") << QStringLiteral("with bzip2, ");
    QTest::newRow("7z") << QByteArray::fromHex("377abcaf271c") << QStringLiteral("with 7z, ");
    QTest::newRow("compress") << QByteArray::fromHex("1f9d90000000") << QStringLiteral("with compress, ");
    QTest::newRow("none") << QByteArray("#!/bin") << QStringLiteral("is no capture");
}

void TestCaptureStreams::otherPackings()
{
    QFETCH(const QByteArray, head);
    QFETCH(const QString, words);
    const QString name = put(head + QByteArray(100, 'x'));
    const QString text = open(name)->failure().oneLine();
    QVERIFY2(text.contains(words), qPrintable(text));
    // The same through a pipe.
    const QString pipe = m_folder.filePath(QStringLiteral("pipe"));
    QFile::remove(pipe);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    std::thread writer([&] {
        const int descriptor = ::open(QFile::encodeName(pipe).constData(), O_WRONLY | O_CLOEXEC);
        const QByteArray bytes = head + QByteArray(100, 'x');
        (void)!::write(descriptor, bytes.constData(), static_cast<std::size_t>(bytes.size()));
        ::close(descriptor);
    });
    const QString piped = open(pipe)->failure().oneLine();
    writer.join();
    QVERIFY2(piped.contains(words), qPrintable(piped));
}

void TestCaptureStreams::bomb()
{
    // What no capture packs to, and would go on for ever: packets without a byte.
    QByteArray packed = gzip(pcapFile(linkRaw, {}) + QByteArray(1024 * 1024, '\0'));
    const QByteArray more = gzip(QByteArray(16 * 1024 * 1024, '\0'));
    for (int i = 0; i < 40; ++i) {
        packed += more;
    }
    const auto capture = open(put(packed));
    const QString text = capture->failure().oneLine();
    QVERIFY2(text.contains(QStringLiteral("is not unpacked any further")), qPrintable(text));
    // A window larger than any memory is refused before anything of it is made.
    const auto window = open(put(QByteArray::fromHex("28b52ffd00a8") + QByteArray(100, '\0')));
    QVERIFY(window->failure());
}

void TestCaptureStreams::pipe()
{
    const QString name = m_folder.filePath(QStringLiteral("pipe"));
    QFile::remove(name);
    QCOMPARE(::mkfifo(QFile::encodeName(name).constData(), 0600), 0);
    CaptureOptions options;
    options.protocol = rawProtocol();
    const auto capture = Capture::open(name, options); // before anybody writes to it
    const int writer = ::open(QFile::encodeName(name).constData(), O_WRONLY | O_CLOEXEC);
    QVERIFY(writer >= 0);
    const QByteArray file =
        pcapFile(linkRaw, { ipPacket({ .payload = "one", .udp = true }), ipPacket({ .payload = "two", .udp = true }) });
    const qsizetype half = file.size() - 20;
    QCOMPARE(::write(writer, file.constData(), static_cast<std::size_t>(half)), ssize_t(half));
    QTRY_COMPARE(capture->messageCount(), 1); // while the rest has not been written
    QVERIFY(capture->progress() < 1);
    QCOMPARE(::write(writer, file.constData() + half, 20), ssize_t(20));
    ::close(writer);
    capture->waitUntilIdle();
    QVERIFY2(!capture->failure(), qPrintable(capture->failure().oneLine()));
    QCOMPARE(capture->messageCount(), 2);
    QCOMPARE(capture->read(1, Direction::In, 0, 10), QByteArray("onetwo"));
}

void TestCaptureStreams::pipeWithoutAWriter()
{
    const QString name = m_folder.filePath(QStringLiteral("pipe"));
    QFile::remove(name);
    QCOMPARE(::mkfifo(QFile::encodeName(name).constData(), 0600), 0);
    QElapsedTimer timer;
    timer.start();
    auto capture = Capture::open(name);
    capture.reset(); // who closes it does not wait for somebody to write
    auto stopped = Capture::open(name);
    stopped->stopFollowing();
    stopped->waitUntilIdle();
    QVERIFY(stopped->failure()); // nothing came
    QVERIFY(timer.elapsed() < 10'000);
}

void TestCaptureStreams::leavesNoFile()
{
    const auto capture = open(put(gzip(longCapture())));
    QCOMPARE(capture->messageCount(), 3000);
    QVERIFY(QDir(spoolFolder()).exists());
    QCOMPARE(QDir(spoolFolder()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

SOCKEYE_TEST(TestCaptureStreams)
#include "tst_capture_streams.moc"
