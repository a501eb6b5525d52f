// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/left_captures.h"
#include "app/storage/spool_folder.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>

using namespace sockeye;

namespace {

/// What the process does that is to be killed: captures to the user's cache until then.
int beKilled()
{
    const auto capture = Capture::create({});
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40'000));
    writer.chunk(1, Direction::In, jsonMessage("{}"));
    writer.flush();
    capture->waitUntilIdle();
    std::puts("ready");
    std::fflush(stdout);
    return std::getchar();
}

} // namespace

/// Spools of processes that are gone.
class TestLeftCaptures : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void init() override;
    void killed();
    void keepAndDiscard();
    void moves();
    void cannotBeMoved();
    void emptyOnesGo();
    void retention_data();
    void retention();

private:
    [[nodiscard]] std::unique_ptr<QProcess> start() const;
    /// A spool as a killed process leaves it.
    void leave(const QString& name, int daysOld = 0) const;
    [[nodiscard]] QStringList names() const { return QDir(spoolFolder()).entryList(QDir::Files); }
    std::unique_ptr<QTemporaryDir> m_cache;
};

void TestLeftCaptures::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
    m_cache = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CACHE_HOME", m_cache->path().toLocal8Bit());
    QVERIFY(QDir().mkpath(spoolFolder()));
}

std::unique_ptr<QProcess> TestLeftCaptures::start() const
{
    auto process = std::make_unique<QProcess>();
    process->start(QCoreApplication::applicationFilePath(), { QStringLiteral("--be-killed") });
    if (!process->waitForReadyRead() || process->readLine() != "ready\n") {
        qWarning("the process to be killed did not start");
    }
    return process;
}

void TestLeftCaptures::leave(const QString& name, int daysOld) const
{
    CaptureOptions options;
    options.file = QDir(spoolFolder()).filePath(name);
    {
        const auto capture = Capture::create(options);
        CaptureWriter writer(capture);
        writer.chunk(1, Direction::In, jsonMessage("{}"));
        writer.flush();
        capture->waitUntilIdle();
    }
    QFile file(options.file);
    QTRY_VERIFY(file.size() > 0);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addDays(-daysOld), QFileDevice::FileModificationTime));
}

void TestLeftCaptures::killed()
{
    const auto killed = start();
    const auto living = start();
    QCOMPARE(names().size(), 2);
    QVERIFY(claimLeftCaptures(spoolFolder(), {}).empty()); // both are being written
    killed->kill();
    QVERIFY(killed->waitForFinished());
    QCOMPARE(killed->exitStatus(), QProcess::CrashExit);
    auto left = claimLeftCaptures(spoolFolder(), {});
    QCOMPARE(left.size(), std::size_t(1));
    QVERIFY(claimLeftCaptures(spoolFolder(), {}).empty()); // ours now
    const QString file = left[0]->file();
    QVERIFY2(file.contains(QString::number(killed->processId()) + u'-') || killed->processId() == 0, qPrintable(file));
    QCOMPARE(QFile::permissions(file) & QFileDevice::Permissions(0x0077), QFileDevice::Permissions());
    const auto capture = Capture::open(file);
    capture->waitUntilIdle();
    QVERIFY2(!capture->failure(), qPrintable(capture->failure().oneLine()));
    QCOMPARE(capture->messageCount(), 1);
    left.clear();
    QCOMPARE(claimLeftCaptures(spoolFolder(), {}).size(), std::size_t(1)); // let go of, it can be had again

    living->write("\n");
    QVERIFY(living->waitForFinished());
    QCOMPARE(names().size(), 1); // an orderly end leaves nothing
}

void TestLeftCaptures::keepAndDiscard()
{
    leave(QStringLiteral("capture-1-aaaaaa.pcapng"));
    leave(QStringLiteral("capture-2-bbbbbb.pcapng"));
    auto left = claimLeftCaptures(spoolFolder(), {});
    QCOMPARE(left.size(), std::size_t(2));
    QVERIFY(!left[0]->keep());
    QVERIFY(QFile::exists(left[0]->file()));
    QVERIFY(!left[1]->discard());
    QVERIFY(!left[1]->discard()); // gone already: as wanted
    QVERIFY(!QFile::exists(left[1]->file()));
    left.clear();
    QVERIFY(claimLeftCaptures(spoolFolder(), {}).empty()); // not offered again
    QCOMPARE(names().size(), 1);
    QVERIFY(names().constFirst().startsWith(QStringLiteral("recovered-")));
}

void TestLeftCaptures::moves()
{
    leave(QStringLiteral("capture-1-aaaaaa.pcapng"));
    // To another file system, where there is one; and over a file that is there.
    QStringList places { m_cache->filePath(QStringLiteral("there.pcapng")) };
    const QTemporaryDir elsewhere(QStringLiteral("/dev/shm/sockeye-XXXXXX"));
    if (elsewhere.isValid()) {
        places += elsewhere.filePath(QStringLiteral("there.pcapng"));
    }
    for (const QString& place : places) {
        leave(QStringLiteral("capture-1-aaaaaa.pcapng"));
        QFile old(place);
        QVERIFY(old.open(QIODevice::WriteOnly));
        QVERIFY(old.write("old") == 3);
        old.close();
        const auto left = claimLeftCaptures(spoolFolder(), {});
        QCOMPARE(left.size(), std::size_t(1));
        const Failure failure = left[0]->moveTo(place);
        QVERIFY2(!failure, qPrintable(failure.oneLine()));
        QVERIFY(names().isEmpty());
        const auto capture = Capture::open(place);
        capture->waitUntilIdle();
        QCOMPARE(capture->messageCount(), 1);
    }
}

void TestLeftCaptures::cannotBeMoved()
{
    leave(QStringLiteral("capture-1-aaaaaa.pcapng"));
    const auto left = claimLeftCaptures(spoolFolder(), {});
    const Failure failure = left.at(0)->moveTo(m_cache->filePath(QStringLiteral("no/such/folder")));
    QCOMPARE(failure.code, FailureCode::SpoolFull);
    QVERIFY(failure.oneLine().contains(QStringLiteral("no/such/folder")));
    QCOMPARE(names().size(), 1);
}

void TestLeftCaptures::emptyOnesGo()
{
    CaptureOptions options;
    options.file = QDir(spoolFolder()).filePath(QStringLiteral("capture-1-aaaaaa.pcapng"));
    Capture::create(options)->waitUntilIdle();
    for (const char* name : { "capture-2-bbbbbb.pcapng", "notes.txt" }) {
        QFile file(QDir(spoolFolder()).filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QVERIFY(claimLeftCaptures(spoolFolder(), {}).empty());
    QCOMPARE(names(), QStringList(QStringLiteral("notes.txt"))); // what is not ours stays
    QVERIFY(claimLeftCaptures(m_cache->filePath(QStringLiteral("nothing")), {}).empty());
}

void TestLeftCaptures::retention_data()
{
    QTest::addColumn<int>("days");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<int>("left"); // of three of the same size: today's, one of 3 days and one of 10
    QTest::newRow("a week") << 7 << qint64(0) << 2;
    QTest::newRow("a day") << 1 << qint64(0) << 1;
    QTest::newRow("a month") << 30 << qint64(0) << 3;
    QTest::newRow("without end") << 0 << qint64(0) << 3;
    QTest::newRow("room for none") << 0 << qint64(10) << 0;
    QTest::newRow("room for two") << 0 << qint64(-2) << 2;
}

void TestLeftCaptures::retention()
{
    QFETCH(const int, days);
    QFETCH(qint64, bytes);
    QFETCH(const int, left);
    leave(QStringLiteral("capture-1-old.pcapng"), 10);
    leave(QStringLiteral("capture-2-mid.pcapng"), 3);
    leave(QStringLiteral("capture-3-new.pcapng"));
    if (bytes < 0) {
        bytes = -bytes * QFile(QDir(spoolFolder()).filePath(QStringLiteral("capture-1-old.pcapng"))).size() + 1;
    }
    const auto offered = claimLeftCaptures(spoolFolder(), { days, bytes });
    QCOMPARE(offered.size(), static_cast<std::size_t>(left));
    QCOMPARE(names().size(), left);
    if (left > 0) {
        QVERIFY(offered[0]->file().endsWith(QStringLiteral("new.pcapng"))); // the latest first
    }
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (QCoreApplication::arguments().contains(QStringLiteral("--be-killed"))) {
        return beKilled();
    }
    TestLeftCaptures test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_left_captures.moc"
