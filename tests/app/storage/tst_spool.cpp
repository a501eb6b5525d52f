// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/spool.h"
#include "tests/app/reading/capture_help.h"
#include "tests/app/storage/full_disk.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace sockeye;

namespace {

void append(Spool& spool, const QByteArray& bytes)
{
    std::memcpy(spool.append(bytes.size()), bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

QByteArray readAll(const Spool& spool, qint64 position, qint64 size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    bytes.truncate(spool.read(position, bytes.data(), size));
    return bytes;
}

} // namespace

class TestSpool : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void readsBack();
    void cannotBeMade_data();
    void cannotBeMade();
    void toAPipe();
    void captureGoesOnWithoutAFile();
    void diskFull();
    void memoryFull();
    void fileOfAFullDiskOpens();

private:
    QTemporaryDir m_folder;
};

void TestSpool::readsBack()
{
    Spool spool(m_folder.filePath(QStringLiteral("spool")));
    append(spool, "abc");
    QCOMPARE(spool.readableEnd(), 0);
    QCOMPARE(readAll(spool, 0, 3), QByteArray());
    char own[3];
    QCOMPARE(spool.readOwn(1, own, 3), 2);
    QCOMPARE(QByteArray(own, 2), QByteArray("bc"));
    spool.flush();
    append(spool, "def");
    QCOMPARE(readAll(spool, 1, 9), QByteArray("bc"));
    QCOMPARE(spool.readOwn(2, own, 3), 3);
    QCOMPARE(QByteArray(own, 3), QByteArray("cde"));
    QCOMPARE(spool.end(), 6);
    QVERIFY(!spool.failure());
}

void TestSpool::cannotBeMade_data()
{
    QTest::addColumn<QString>("file");
    QFile file(m_folder.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QTest::newRow("no such folder") << m_folder.filePath(QStringLiteral("no/such"));
    QTest::newRow("below a file") << m_folder.filePath(QStringLiteral("file/x"));
    QTest::newRow("a folder") << m_folder.path();
}

void TestSpool::cannotBeMade()
{
    QFETCH(const QString, file);
    Spool spool(file);
    QCOMPARE(spool.failure().code, FailureCode::SpoolFull);
    QVERIFY2(spool.failure().oneLine().contains(file), qPrintable(spool.failure().oneLine()));
    append(spool, "abc");
    spool.flush();
    append(spool, "def");
    spool.flush();
    QCOMPARE(readAll(spool, 0, 10), QByteArray("abcdef"));
}

void TestSpool::toAPipe()
{
    // A pipe gives nothing back: what went through it is read from a file of ours.
    const QString name = m_folder.filePath(QStringLiteral("pipe"));
    QCOMPARE(::mkfifo(QFile::encodeName(name).constData(), 0600), 0);
    const int reader = ::open(QFile::encodeName(name).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    QVERIFY(reader >= 0);
    Spool spool(name);
    QVERIFY2(!spool.failure(), qPrintable(spool.failure().oneLine()));
    append(spool, "abc");
    spool.flush();
    append(spool, "def");
    spool.flush();
    QByteArray got(100, '\0');
    got.truncate(::read(reader, got.data(), 100));
    QCOMPARE(got, QByteArray("abcdef"));
    QCOMPARE(readAll(spool, 0, 10), QByteArray("abcdef"));
    ::close(reader);
    const Spool device(QStringLiteral("/dev/null"));
    QVERIFY(!device.failure());
}

void TestSpool::captureGoesOnWithoutAFile()
{
    // The folder of the user's cache is a file.
    qputenv("XDG_CACHE_HOME", m_folder.filePath(QStringLiteral("file")).toLocal8Bit());
    const auto capture = Capture::create({});
    QCOMPARE(capture->failure().code, FailureCode::SpoolFull);
    CaptureWriter writer(capture);
    const QByteArray message = jsonMessage("{}");
    for (int i = 0; i < 100; ++i) {
        writer.chunk(1, Direction::In, message);
    }
    writer.flush();
    capture->waitUntilIdle();
    QCOMPARE(capture->messageCount(), 100);
    QCOMPARE(capture->read(1, Direction::In, 99 * message.size(), 1000), message);
    qunsetenv("XDG_CACHE_HOME");
}

void TestSpool::diskFull()
{
    const QString file = m_folder.filePath(QStringLiteral("full"));
    Spool spool(file);
    append(spool, "first.");
    spool.flush();
    {
        const FullDisk disk(8);
        append(spool, "second.");
        spool.flush();
    }
    QCOMPARE(spool.failure().code, FailureCode::SpoolFull);
    QCOMPARE(QFile(file).size(), 6); // no half of the second
    append(spool, "third.");
    spool.flush();
    QCOMPARE(readAll(spool, 0, 100), QByteArray("first.second.third."));
    QCOMPARE(readAll(spool, 4, 6), QByteArray("t.seco"));
    QVERIFY(!spool.isDropping());
}

void TestSpool::memoryFull()
{
    Spool spool(m_folder.path(), 10);
    append(spool, "12345678");
    spool.flush();
    QVERIFY(!spool.isDropping());
    append(spool, "abcdef");
    spool.flush();
    QVERIFY(spool.isDropping());
    append(spool, "x");
    spool.flush();
    QCOMPARE(spool.end(), 15);
    QCOMPARE(readAll(spool, 0, 100), QByteArray("12345678"));
    QCOMPARE(readAll(spool, 9, 100), QByteArray());
}

void TestSpool::fileOfAFullDiskOpens()
{
    CaptureOptions options;
    options.file = m_folder.filePath(QStringLiteral("capture.pcapng"));
    const auto capture = Capture::create(options);
    const QByteArray message = jsonMessage("{}");
    {
        const FullDisk disk(64 * 1024);
        CaptureWriter writer(capture);
        for (int i = 0; i < 2000; ++i) {
            writer.chunk(1, Direction::In, message);
            if (i % 100 == 0) {
                writer.flush();
                capture->waitUntilIdle();
            }
        }
        writer.flush();
        capture->waitUntilIdle();
    }
    QCOMPARE(capture->failure().code, FailureCode::SpoolFull);
    QCOMPARE(capture->messageCount(), 2000);
    QCOMPARE(capture->read(1, Direction::In, 0, 2001 * message.size()), message.repeated(2000));

    const auto half = Capture::open(options.file);
    half->waitUntilIdle();
    QVERIFY2(!half->failure(), qPrintable(half->failure().oneLine()));
    QVERIFY(half->messageCount() > 0 && half->messageCount() < 2000);

    QVERIFY(capture->failure().oneLine().contains(options.file));
    // A copy holds what memory holds as well.
    std::atomic<bool> done { false };
    capture->save(m_folder.filePath(QStringLiteral("copy.pcapng")), [&](const Failure&) { done = true; });
    QTRY_VERIFY(done.load());
    const auto copy = Capture::open(m_folder.filePath(QStringLiteral("copy.pcapng")));
    copy->waitUntilIdle();
    QCOMPARE(copy->messageCount(), 2000);
}

SOCKEYE_TEST(TestSpool)
#include "tst_spool.moc"
