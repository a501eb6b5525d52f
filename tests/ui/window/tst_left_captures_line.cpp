// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/io_threads.h"
#include "app/reading/capture.h"
#include "app/recording/capture_writer.h"
#include "app/storage/spool_folder.h"
#include "tests/ui/window/fake_page.h"
#include "tests/ui/window/window_test.h"
#include "ui/models/ticker.h"
#include "ui/pages/capture/capture_page.h"
#include "ui/widgets/message_line.h"
#include "ui/window/left_captures_line.h"
#include "ui/window/left_captures_menu.h"
#include "ui/window/main_window.h"
#include "ui/window/pages/page_set.h"
#include "ui/window/settings.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

/// What the window offers after a kill, and what it says when a capture can no longer be written.
class TestLeftCapturesLine : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void init() override;
    void cleanup();
    void nothingIsOfferedWhereNothingIsLeft();
    void opens();
    void savesOne();
    void discards();
    void later();
    void cannotBeSaved();
    void retentionIsRemembered();
    void fullDiskIsSaid();

private:
    [[nodiscard]] LeftCapturesLine& line() const { return m_window->leftCapturesLine(); }
    void leave(int count) const;
    void offer();
    void press(const char* label) const;
    [[nodiscard]] static QStringList names() { return QDir(spoolFolder()).entryList(QDir::Files); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<IoThreads> m_threads;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void TestLeftCapturesLine::init()
{
    WindowTest::init();
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CACHE_HOME", m_folder->path().toLocal8Bit());
    m_threads = std::make_unique<IoThreads>(1);
    m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
    m_window = std::make_unique<MainWindow>(*m_threads, *m_settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestLeftCapturesLine::cleanup()
{
    m_window.reset();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    m_settings.reset();
    m_threads.reset();
}

void TestLeftCapturesLine::leave(int count) const
{
    QVERIFY(QDir().mkpath(spoolFolder()));
    for (int i = 0; i < count; ++i) {
        CaptureOptions options;
        options.file = QDir(spoolFolder()).filePath(QStringLiteral("capture-1-left0%1.pcapng").arg(i));
        const auto capture = Capture::create(options);
        CaptureWriter writer(capture);
        writer.chunk(1, Direction::In, "not of the application protocol");
        writer.flush();
        capture->waitUntilIdle();
    }
}

void TestLeftCapturesLine::offer()
{
    m_window->offerLeftCaptures();
    QTRY_VERIFY(!line().text().isEmpty());
}

void TestLeftCapturesLine::press(const char* label) const
{
    for (auto* button : line().findChildren<QPushButton*>()) {
        if (button->text() == QString::fromUtf8(label)) {
            QVERIFY(button->isEnabled() && !button->accessibleName().isEmpty());
            QTest::mouseClick(button, Qt::LeftButton);
            return;
        }
    }
    QFAIL("there is no such button");
}

void TestLeftCapturesLine::nothingIsOfferedWhereNothingIsLeft()
{
    QSignalSpy nothing(&line(), &LeftCapturesLine::nothingLeft);
    m_window->offerLeftCaptures();
    Q_EMIT m_window->actions().leftCaptures->showRequested(); // asked for by hand, it is said
    QTRY_COMPARE(nothing.size(), 1);
    QVERIFY(line().isHidden());
}

void TestLeftCapturesLine::opens()
{
    leave(2);
    offer();
    QVERIFY2(line().text().contains(QStringLiteral("left 2 captures behind")), qPrintable(line().text()));
    press("Open");
    QTRY_COMPARE(m_window->pages().pages().size(), 2);
    QVERIFY(line().isHidden());
    for (Page* page : m_window->pages().pages()) {
        QTRY_COMPARE(page->capture()->byteCount(), 31);
    }
    QCOMPARE(names().size(), 2);
    // They are kept, and not offered again.
    QSignalSpy nothing(&line(), &LeftCapturesLine::nothingLeft);
    Q_EMIT m_window->actions().leftCaptures->showRequested();
    QTRY_COMPARE(nothing.size(), 1);
}

void TestLeftCapturesLine::savesOne()
{
    leave(1);
    offer();
    QSignalSpy saved(&line(), &LeftCapturesLine::saved);
    press("Save…");
    auto* dialog = m_window->findChild<QFileDialog*>();
    QVERIFY(dialog != nullptr);
    const QString place = m_folder->filePath(QStringLiteral("mine.pcapng"));
    Q_EMIT dialog->fileSelected(place);
    dialog->close();
    QTRY_COMPARE(saved.size(), 1);
    QVERIFY(QFile::exists(place));
    QVERIFY(names().isEmpty());
    QVERIFY(line().isHidden());
    QCOMPARE(m_settings->recentFiles(), QStringList(place));
}

void TestLeftCapturesLine::discards()
{
    leave(2);
    offer();
    press("Discard");
    QTRY_VERIFY(names().isEmpty());
    QTRY_VERIFY(line().isHidden());
}

void TestLeftCapturesLine::later()
{
    leave(1);
    offer();
    press("Later");
    QVERIFY(line().isHidden());
    QCOMPARE(names().size(), 1);
    offer();
}

void TestLeftCapturesLine::cannotBeSaved()
{
    leave(1);
    offer();
    press("Save…");
    auto* dialog = m_window->findChild<QFileDialog*>();
    QVERIFY(dialog != nullptr);
    Q_EMIT dialog->fileSelected(m_folder->filePath(QStringLiteral("no/such/folder/mine.pcapng")));
    dialog->close();
    QTRY_VERIFY(m_window->messageLine().text().contains(QStringLiteral("no/such/folder")));
    QVERIFY(!line().text().isEmpty()); // still on offer
    QCOMPARE(names().size(), 1);
    press("Discard");
    QTRY_VERIFY(names().isEmpty());
}

void TestLeftCapturesLine::retentionIsRemembered()
{
    QCOMPARE(readRetention(*m_settings), SpoolRetention());
    LeftCapturesMenu* menu = m_window->actions().leftCaptures;
    QCOMPARE(menu->retention(), SpoolRetention());
    for (QAction* action : menu->findChildren<QAction*>()) {
        const QString text = QString(action->text()).remove(u'&');
        if (text == u"30 days" || text == u"Any size") {
            action->trigger();
        }
    }
    const SpoolRetention chosen { 30, 0 };
    QCOMPARE(menu->retention(), chosen);
    QCOMPARE(readRetention(*m_settings), chosen);
    LeftCapturesMenu again;
    again.setRetention(readRetention(*m_settings));
    QCOMPARE(again.retention(), chosen);
}

void TestLeftCapturesLine::fullDiskIsSaid()
{
    CaptureOptions options;
    options.file = m_folder->filePath(QStringLiteral("no/such/folder/live.pcapng"));
    auto* page = new FakePage(QStringLiteral("Server"));
    page->choose({ Capture::create(options), 0, {} });
    m_window->addPage(page);
    QTRY_VERIFY(m_window->messageLine().text().contains(QStringLiteral("live.pcapng cannot be written")));
    QVERIFY2(m_window->messageLine().text().contains(QStringLiteral(". Connections go on; ")),
        qPrintable(m_window->messageLine().text()));
    // Once: dismissed, it stays away, until another capture fails.
    m_window->messageLine().hide();
    QSignalSpy ticks(&Ticker::instance(), &Ticker::tick);
    QTRY_VERIFY(ticks.size() >= 3);
    QVERIFY(m_window->messageLine().text().isEmpty());
    page->choose({ Capture::create(options), 0, {} });
    QTRY_VERIFY(!m_window->messageLine().text().isEmpty());
}

SOCKEYE_TEST(TestLeftCapturesLine)
#include "tst_left_captures_line.moc"
