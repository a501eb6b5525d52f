// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/system_file.h"
#include "tests/testcase.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cerrno>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// What every build must do alike, whatever its system has for it.
class TestSystemFile : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void writesAndReadsAtPositions();
    void cannotBeOpened_data();
    void cannotBeOpened();
    void isNew();
    void isLocked();
    void withoutName();
    void comesPieceByPiece();
    void takesANameThatIsTaken();
    void tellsWhatItIs();

private:
    [[nodiscard]] QString in(const QString& name) const { return m_folder.filePath(name); }
    static QByteArray contents(const QString& path);

    QTemporaryDir m_folder;
};

QByteArray TestSystemFile::contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not to be opened)");
}

void TestSystemFile::writesAndReadsAtPositions()
{
    const QString path = in(QStringLiteral("positions"));
    SystemFile file = SystemFile::create(path);
    QVERIFY(file.isOpen());
    QCOMPARE(file.write("abcdef", 6, 0), 6);
    QCOMPARE(file.write("XY", 2, 2), 2);
    std::array<char, 16> bytes {};
    QCOMPARE(file.read(bytes.data(), 3, 1), 3);
    QCOMPARE(QByteArray(bytes.data(), 3), QByteArray("bXY"));
    QCOMPARE(file.read(bytes.data(), 16, 4), 2); // as much as there is
    QCOMPARE(file.read(bytes.data(), 16, 100), 0);
    QCOMPARE(file.truncate(5), 0);
    QCOMPARE(file.facts()->size, 5);
    QCOMPARE(file.sync(), 0);
    SystemFile moved = std::move(file);
    QCOMPARE(moved.close(), 0);
    QVERIFY(!moved.isOpen());
    QCOMPARE(contents(path), QByteArray("abXYe"));
    const SystemFile emptied = SystemFile::create(path);
    QCOMPARE(emptied.facts()->size, 0);
}

void TestSystemFile::cannotBeOpened_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("toRead");
    QTest::addColumn<int>("error");
    QTest::newRow("nothing to read") << QStringLiteral("missing") << true << ENOENT;
    QTest::newRow("a folder to write") << QStringLiteral(".") << false << EISDIR;
    QTest::newRow("in no folder") << QStringLiteral("missing/new") << false << ENOENT;
}

void TestSystemFile::cannotBeOpened()
{
    QFETCH(QString, name);
    QFETCH(bool, toRead);
    QFETCH(int, error);
    const SystemFile file = toRead ? SystemFile::openToRead(in(name)) : SystemFile::create(in(name));
    QVERIFY(!file.isOpen());
    QCOMPARE(file.error(), error);
    QVERIFY(!file.facts());
}

void TestSystemFile::isNew()
{
    const QString path = in(QStringLiteral("new"));
    SystemFile file = SystemFile::createNew(path);
    QVERIFY(file.isOpen());
    QCOMPARE(file.append("one ", 4), 0);
    QCOMPARE(file.append("two", 3), 0);
    file.close();
    const SystemFile again = SystemFile::createNew(path);
    QVERIFY(!again.isOpen());
    QCOMPARE(again.error(), EEXIST);
    QCOMPARE(contents(path), QByteArray("one two"));
}

void TestSystemFile::isLocked()
{
    QString path;
    SystemFile file = SystemFile::createLocked(in(QStringLiteral("locked-")), QStringLiteral(".end"), path);
    QVERIFY(file.isOpen());
    QVERIFY2(path.startsWith(in(QStringLiteral("locked-"))) && path.endsWith(u".end"), qPrintable(path));
    QVERIFY(QFile::exists(path));
    QCOMPARE(QFile::permissions(path) & QFileDevice::Permissions(0x0077), QFileDevice::Permissions());
    QCOMPARE(file.write("x", 1, 0), 1);
    QVERIFY(!SystemFile::openLocked(path).isOpen());
    file.close();
    SystemFile later = SystemFile::openLocked(path);
    QVERIFY(later.isOpen());
    QCOMPARE(later.facts()->size, 1);
    QVERIFY(!SystemFile::openLocked(path).isOpen());
    later = {};
    QVERIFY(SystemFile::openLocked(path).isOpen());
    QVERIFY(!SystemFile::openLocked(in(QStringLiteral("locked-not"))).isOpen());
    const QString link = in(QStringLiteral("link"));
    QVERIFY(QFile::link(path, link));
    QVERIFY(!SystemFile::openLocked(link).isOpen());
    QFile::remove(path);
    QCOMPARE(QDir(m_folder.path()).entryList({ QStringLiteral("locked*") }, QDir::Files), QStringList());
}

void TestSystemFile::withoutName()
{
    const QString folder = in(QStringLiteral("unnamed"));
    QVERIFY(QDir().mkpath(folder));
    {
        SystemFile file = SystemFile::createUnnamed(folder);
        QVERIFY(file.isOpen());
        QCOMPARE(file.write("abc", 3, 0), 3);
        std::array<char, 3> bytes {};
        QCOMPARE(file.read(bytes.data(), 3, 0), 3);
        QCOMPARE(QByteArray(bytes.data(), 3), QByteArray("abc"));
        QVERIFY(file.room() && file.room()->free > 0 && file.room()->free <= file.room()->all);
        QVERIFY(QDir(folder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    }
    QVERIFY(QDir(folder).isEmpty());
}

void TestSystemFile::comesPieceByPiece()
{
    const QString path = in(QStringLiteral("pieces"));
    SystemFile written = SystemFile::create(path);
    QCOMPARE(written.append("abcde", 5), 0);
    SystemFile file = SystemFile::openToRead(path);
    std::array<char, 3> bytes {};
    QCOMPARE(file.read(bytes.data(), 2, 3), 2); // which moves nothing
    QCOMPARE(file.readNext(bytes.data(), 3, 1s), 3);
    QCOMPARE(file.readNext(bytes.data(), 3, 1s), 2);
    QCOMPARE(QByteArray(bytes.data(), 2), QByteArray("de"));
    QCOMPARE(file.readNext(bytes.data(), 3, 1s), 0);
}

void TestSystemFile::takesANameThatIsTaken()
{
    const QString from = in(QStringLiteral("from"));
    const QString to = in(QStringLiteral("to"));
    SystemFile::create(from).append("new", 3);
    SystemFile::create(to).append("old", 3);
    QCOMPARE(renameFile(from, to), 0);
    QCOMPARE(contents(to), QByteArray("new"));
    QCOMPARE(renameFile(from, to), ENOENT);
}

void TestSystemFile::tellsWhatItIs()
{
    QVERIFY(!SystemFile().facts());
    QCOMPARE(SystemFile::openToRead(m_folder.path()).facts()->kind, FileFacts::Kind::Folder);
    const SystemFile file = SystemFile::create(in(QStringLiteral("file")));
    QCOMPARE(file.facts()->kind, FileFacts::Kind::Regular);
    QVERIFY(qAbs(QDateTime::currentSecsSinceEpoch() - file.facts()->changed) < 100);
}

} // namespace

SOCKEYE_TEST(TestSystemFile)
#include "tst_system_file.moc"
