// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/reading/wait_until_idle.h"
#include "tests/testcase.h"
#include "tests/ui/models/capture_fixture.h"
#include "ui/pages/capture/capture_page.h"

#include <QCheckBox>
#include <QDateTime>
#include <QFile>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

class TestCapturePageFollow : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void init() override;
    void followsWhatIsWritten();
    void anOldFileIsNotFollowed();
    void followSwitchedOnAndOff();
    void followComesBack();
    void damagedIsSaid();

private:
    /// The capture of an endpoint, to m_file.
    void write(int messages);
    void makeOld() const;
    [[nodiscard]] static QCheckBox* box(const CapturePage& page) { return page.findChild<QCheckBox*>(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::shared_ptr<Capture> m_live;
};

void TestCapturePageFollow::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(QStringLiteral("live.pcapng"));
    CaptureOptions options;
    options.file = m_file;
    m_live = Capture::create(options);
    write(3);
}

void TestCapturePageFollow::write(int messages)
{
    CaptureWriter writer(m_live);
    for (int i = 0; i < messages; ++i) {
        writer.chunk(1, Direction::In, CaptureFixture::search(QStringLiteral("morpheus")));
    }
    writer.flush();
    waitUntilIdle(*m_live);
}

void TestCapturePageFollow::makeOld() const
{
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-600), QFileDevice::FileModificationTime));
}

void TestCapturePageFollow::followsWhatIsWritten()
{
    CapturePage page(m_file);
    QTRY_VERIFY(box(page)->isChecked());
    QCOMPARE(page.stateText(), QStringLiteral("following"));
    QVERIFY(page.isActive());
    QTRY_COMPARE(page.capture()->messageCount(), 3);
    write(5);
    QTRY_COMPARE(page.capture()->messageCount(), 8);
    QVERIFY(box(page)->isChecked());
}

void TestCapturePageFollow::anOldFileIsNotFollowed()
{
    makeOld();
    CapturePage page(m_file);
    QTRY_COMPARE(page.stateText(), QStringLiteral("file"));
    QVERIFY(!box(page)->isChecked());
    QVERIFY(!page.isActive());
}

void TestCapturePageFollow::followSwitchedOnAndOff()
{
    makeOld();
    CapturePage page(m_file);
    QTRY_COMPARE(page.stateText(), QStringLiteral("file"));
    write(1);
    QSignalSpy changed(&page, &Page::titleChanged);
    box(page)->click();
    QTRY_COMPARE(page.stateText(), QStringLiteral("following"));
    QTRY_COMPARE(page.capture()->messageCount(), 4);
    QTRY_VERIFY(!changed.isEmpty());
    box(page)->click();
    QTRY_COMPARE(page.stateText(), QStringLiteral("file"));
    QVERIFY(!box(page)->isChecked());
    write(1);
    QVERIFY(!page.isFollowing());
    QCOMPARE(page.capture()->messageCount(), 4);
}

void TestCapturePageFollow::followComesBack()
{
    makeOld();
    CapturePage page(m_file);
    page.setFollowing(true);
    CapturePage again(m_file);
    again.restore(page.saveState());
    QTRY_COMPARE(again.stateText(), QStringLiteral("following"));
    QVERIFY(box(again)->isChecked());
}

void TestCapturePageFollow::damagedIsSaid()
{
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::Append));
    QVERIFY(file.write(QByteArray(100, 'x')) == 100);
    file.close();
    CapturePage page(m_file);
    QTRY_COMPARE(page.stateText(), QStringLiteral("not all readable"));
    QCOMPARE(page.capture()->messageCount(), 3);
}

SOCKEYE_TEST(TestCapturePageFollow)
#include "tst_capture_page_follow.moc"
