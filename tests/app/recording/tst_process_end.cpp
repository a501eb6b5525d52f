// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace sockeye;

/// A program that ends while recordings have work to do ends well, and everything is done.
class TestProcessEnd : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void leavesWork_data();
    void leavesWork();
    void endsWell_data();
    void endsWell();

private:
    QTemporaryDir m_cache;
};

namespace {

enum class Left : quint8 { Events, Save, Rereading, File };

constexpr int leftMessages = 20'000;
constexpr const char* fileVariable = "SOCKEYE_LEFT_FILE";

void leftRows()
{
    QTest::addColumn<Left>("left");
    QTest::newRow("events") << Left::Events;
    QTest::newRow("a copy being saved") << Left::Save;
    QTest::newRow("another reading") << Left::Rereading;
    QTest::newRow("a file being read") << Left::File;
}

void write(const std::shared_ptr<Capture>& capture)
{
    // Of each other's kind, so that nothing of one helps with the next.
    const std::array messages { jsonMessage(R"({"action":"search","value":"morpheus"})"), binaryMessage("0123456789") };
    const QByteArray wrong = QByteArray::fromHex("0002") + "[]";
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(40'000));
    for (int i = 0; i < leftMessages; ++i) {
        writer.chunk(1, Direction::In, messages[static_cast<std::size_t>(i) % messages.size()]);
    }
    writer.opened(2, factsFor(40'001));
    writer.chunk(2, Direction::In, wrong);
    writer.closed(2, CloseKind::Orderly);
    writer.closed(1, CloseKind::Orderly);
}

} // namespace

void TestProcessEnd::initTestCase()
{
    qputenv("XDG_CACHE_HOME", m_cache.path().toLocal8Bit());
}

void TestProcessEnd::leavesWork_data()
{
    leftRows();
}

/// The work is left to whatever this program does at its end.
void TestProcessEnd::leavesWork()
{
    QFETCH(const Left, left);
    const QString file = qEnvironmentVariable(fileVariable);
    CaptureOptions options;
    options.file = left == Left::Save || file.isEmpty() ? QString() : file;
    const auto capture = Capture::create(options);
    write(capture);
    switch (left) {
    case Left::Events:
        break;
    case Left::Save:
        if (!file.isEmpty()) {
            capture->save(file, [](const Failure&) {});
        }
        break;
    case Left::Rereading:
        static_cast<void>(capture->readAnew(plainProtocol(), {}));
        break;
    case Left::File:
        if (!file.isEmpty()) {
            capture->waitUntilIdle();
            static_cast<void>(Capture::open(file));
        }
        break;
    }
}

void TestProcessEnd::endsWell_data()
{
    leftRows();
}

void TestProcessEnd::endsWell()
{
    constexpr int rounds = 3;
    for (int round = 0; round < rounds; ++round) {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("left.pcapng"));
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QString::fromLatin1(fileVariable), file);
        // What is freed is overwritten, so that nobody goes on with it unseen.
        environment.insert(QStringLiteral("MALLOC_PERTURB_"), QStringLiteral("165"));
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QCoreApplication::applicationFilePath(),
            { QStringLiteral("tst_process_end"),
                QStringLiteral("leavesWork:") + QString::fromUtf8(QTest::currentDataTag()) });
        QVERIFY(process.waitForFinished());
        const QByteArray said = process.readAll();
        QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, said.constData());

        const auto again = Capture::open(file);
        again->waitUntilIdle();
        QCOMPARE(again->messageCount(), leftMessages + 1);
    }
}

SOCKEYE_TEST(TestProcessEnd)
#include "tst_process_end.moc"
