// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/io_threads.h"
#include "app/reading/capture.h"
#include "app/recording/capture_writer.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/reading/wait_until_idle.h"
#include "tests/ui/window/window_test.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/capture/capture_page.h"
#include "ui/widgets/message_line.h"
#include "ui/window/main_window.h"
#include "ui/window/pages/page_actions.h"
#include "ui/window/pages/page_set.h"
#include "ui/window/settings.h"

#include <QAction>
#include <QComboBox>
#include <QDateTime>
#include <QFileDialog>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

/// An opened file looks and works as the capture of an endpoint does.
class TestCapturePage : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() override;
    void cleanup();
    void showsWhatTheFileHolds();
    void namesForAssistiveTools();
    void progressIsShownWhileReading();
    void cancelKeepsWhatWasRead();
    void closingMeanwhile();
    void readsByAnotherRule();
    void selectionIsTheCurrentMessage();
    void unreadableFilesSaySo_data();
    void unreadableFilesSaySo();
    void damagedFileShowsWhatIsWhole();
    void savedCopyHoldsTheSame();
    void savingWhereNobodyMaySaysSo();
    void comesBack();
    void nonsenseIsNotRestored();

private:
    CapturePage* open(const QString& file);
    void save(const QString& file);

    QTemporaryDir m_folder;
    QString m_file; ///< of two connections
    QString m_bigFile; ///< takes a while to be read
    std::unique_ptr<IoThreads> m_threads;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

namespace {

constexpr int messagesOfBigFile = 150'000;

int rows(const CapturePage& page)
{
    return page.findChild<MessagesPanel*>()->model()->rowCount();
}

/// What the page itself says in red above its tables; nothing while all is well.
QString complaint(const CapturePage& page)
{
    for (const QLabel* label : page.findChildren<QLabel*>(QString(), Qt::FindDirectChildrenOnly)) {
        if (label->isVisible()) {
            return label->text();
        }
    }
    return {};
}

template <typename T> T* named(const QWidget& page, const QString& name)
{
    for (T* widget : page.findChildren<T*>()) {
        if (widget->accessibleName() == name) {
            return widget;
        }
    }
    return nullptr;
}

QPushButton* cancelButton(const CapturePage& page)
{
    for (auto* button : page.findChildren<QPushButton*>()) {
        // Not the one that gives up reading by another protocol.
        if (button->text() == QStringLiteral("Cancel") && button->toolTip().contains(QStringLiteral("read so far"))) {
            return button;
        }
    }
    return nullptr;
}

QByteArray contentOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString& name, const QByteArray& content)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

std::shared_ptr<Capture> recordTo(const QString& file)
{
    CaptureOptions options;
    options.file = file;
    options.title = QStringLiteral("Server 127.0.0.1:65432");
    return Capture::create(options);
}

void openConnection(CaptureWriter& writer, quint32 connection)
{
    ConnectionFacts facts;
    facts.local = { QHostAddress(QHostAddress::LocalHost), 65432 };
    facts.peer = { QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(40'000 + connection) };
    writer.opened(connection, facts);
}

/// Two connections, each with a question in two reads and its answer in one write.
void recordTwoConnections(const QString& file)
{
    const std::shared_ptr<Capture> capture = recordTo(file);
    CaptureWriter writer(capture);
    for (quint32 connection = 1; connection <= 2; ++connection) {
        openConnection(writer, connection);
        const QByteArray question = encodeRequest(u"search", u"ring");
        writer.chunk(connection, Direction::In, QByteArrayView(question).first(17));
        writer.chunk(connection, Direction::In, QByteArrayView(question).sliced(17));
        writer.chunk(connection, Direction::Out, encodeRequest(u"search", u"answer"));
        writer.closed(connection, CloseKind::Orderly);
    }
    writer.flush();
    waitUntilIdle(*capture);
}

void recordManyMessages(const QString& file)
{
    const std::shared_ptr<Capture> capture = recordTo(file);
    CaptureWriter writer(capture);
    openConnection(writer, 1);
    const QByteArray question = encodeRequest(u"search", u"ring");
    for (int i = 0; i < messagesOfBigFile; ++i) {
        writer.chunk(1, Direction::In, question);
    }
    writer.flush();
    waitUntilIdle(*capture);
}

/// Nobody is writing it any more: it is not followed.
void makeOld(const QString& name)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-600), QFileDevice::FileModificationTime));
}

} // namespace

void TestCapturePage::initTestCase()
{
    m_file = m_folder.filePath(QStringLiteral("two.pcapng"));
    m_bigFile = m_folder.filePath(QStringLiteral("big.pcapng"));
    recordTwoConnections(m_file);
    recordManyMessages(m_bigFile);
    makeOld(m_file);
    makeOld(m_bigFile);
}

void TestCapturePage::init()
{
    WindowTest::init();
    m_threads = std::make_unique<IoThreads>(1);
    m_settings = std::make_unique<Settings>(m_folder.filePath(QStringLiteral("settings.ini")));
    m_window = std::make_unique<MainWindow>(*m_threads, *m_settings);
    m_window->show();
}

void TestCapturePage::cleanup()
{
    m_window.reset();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    m_settings.reset();
    m_threads.reset();
}

/// As the Open dialog does it.
CapturePage* TestCapturePage::open(const QString& file)
{
    m_window->openFile(file);
    return qobject_cast<CapturePage*>(m_window->area().current());
}

/// As the user does it, from the menu on.
void TestCapturePage::save(const QString& file)
{
    m_window->findChild<PageActions*>()->saveCapture()->trigger();
    QDialog* dialog = nullptr;
    QTRY_VERIFY((dialog = m_window->findChild<QFileDialog*>()) != nullptr);
    qobject_cast<QFileDialog*>(dialog)->selectFile(file);
    dialog->accept();
}

void TestCapturePage::showsWhatTheFileHolds()
{
    const CapturePage& page = *open(m_file);
    QVERIFY(page.isVisible());
    QTRY_VERIFY(!page.isReading());
    QTRY_COMPARE(rows(page), 4);
    QTRY_COMPARE(page.findChild<ConnectionsPanel*>()->model()->rowCount(), 2);
    QCOMPARE(page.title(), QStringLiteral("two.pcapng"));
    QTRY_COMPARE(page.stateText(), QStringLiteral("file"));
    QVERIFY(!page.isActive());
    QCOMPARE(complaint(page), QString());
}

void TestCapturePage::namesForAssistiveTools()
{
    const CapturePage& page = *open(m_file);
    QVERIFY(named<QTableView>(page, QStringLiteral("Connections")) != nullptr);
    QVERIFY(named<QTableView>(page, QStringLiteral("Messages")) != nullptr);
    QVERIFY(named<QComboBox>(page, QStringLiteral("Protocol")) != nullptr);
    QVERIFY(named<QProgressBar>(page, QStringLiteral("Reading the file")) != nullptr);
}

void TestCapturePage::progressIsShownWhileReading()
{
    const CapturePage& page = *open(m_bigFile);
    const auto* bar = named<QProgressBar>(page, QStringLiteral("Reading the file"));
    QVERIFY(page.isReading());
    QCOMPARE(page.stateText(), QStringLiteral("reading"));
    QVERIFY(bar->isVisible());
    QVERIFY(cancelButton(page)->isVisible());
    const QSignalSpy steps(bar, &QProgressBar::valueChanged);
    QTRY_VERIFY_WITH_TIMEOUT(!bar->isVisible(), 60'000);

    QVERIFY(!page.isReading());
    QVERIFY(!cancelButton(page)->isVisible());
    QCOMPARE(page.stateText(), QStringLiteral("file"));
    QTRY_COMPARE(rows(page), messagesOfBigFile);
    // On the way there it stood in the middle, and never went back.
    QVERIFY(steps.size() >= 2);
    int before = -1;
    for (const QList<QVariant>& step : steps) {
        QVERIFY(step.constFirst().toInt() > before);
        before = step.constFirst().toInt();
    }
    QCOMPARE(before, bar->maximum());
}

void TestCapturePage::cancelKeepsWhatWasRead()
{
    const CapturePage& page = *open(m_bigFile);
    const auto* bar = named<QProgressBar>(page, QStringLiteral("Reading the file"));
    QVERIFY(page.isReading());
    connect(bar, &QProgressBar::valueChanged, cancelButton(page), &QPushButton::click); // as soon as it moves
    QTRY_VERIFY(!page.isReading());
    QTRY_VERIFY(!cancelButton(page)->isVisible());
    QCOMPARE(page.stateText(), QStringLiteral("read in part"));
    QCOMPARE(complaint(page), QString());
    const auto read = static_cast<int>(page.capture()->messageCount());
    QVERIFY(read > 0);
    QVERIFY(read < messagesOfBigFile);
    QTRY_COMPARE(rows(page), read);
}

void TestCapturePage::closingMeanwhile()
{
    const QPointer<CapturePage> page(open(m_bigFile));
    QVERIFY(page->isReading());
    const std::weak_ptr<Capture> capture = page->capture();
    m_window->closePage(page);
    QTRY_VERIFY(page.isNull());
    QTRY_VERIFY(capture.expired());
}

void TestCapturePage::readsByAnotherRule()
{
    const CapturePage& page = *open(m_file);
    QTRY_COMPARE(rows(page), 4);
    auto* readAs = named<QComboBox>(page, QStringLiteral("Protocol"));
    QCOMPARE(readAs->currentText(), QStringLiteral("Application protocol"));
    readAs->setCurrentIndex(readAs->findData(rawProtocol()->id()));
    QCOMPARE(page.protocol(), rawProtocol());
    QTRY_COMPARE(rows(page), 6); // each read and each write
    readAs->setFocus();
    QTest::keyClick(readAs, Qt::Key_Home); // the first one that is offered
    QCOMPARE(page.protocol(), appProtocol());
    QTRY_COMPARE(rows(page), 4);
}

void TestCapturePage::selectionIsTheCurrentMessage()
{
    CapturePage& page = *open(m_file);
    QTRY_COMPARE(rows(page), 4);
    const QSignalSpy changed(&page, &Page::currentMessageChanged);
    page.findChild<MessagesPanel*>()->selectLast(Direction::Out);
    QTRY_VERIFY(!changed.isEmpty());
    QCOMPARE(page.currentMessage().record.direction, Direction::Out);
    QCOMPARE(page.currentMessage().record.connection, 2U);
    QCOMPARE(page.currentMessage().capture, page.capture());
}

void TestCapturePage::unreadableFilesSaySo_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("said");
    QTest::newRow("missing") << QStringLiteral("absent.pcapng") << QByteArray() << QStringLiteral("cannot be read");
    QTest::newRow("empty") << QStringLiteral("empty.pcapng") << QByteArray("") << QStringLiteral("is empty");
    QTest::newRow("text") << QStringLiteral("text.pcapng") << QByteArray("No capture, whatever its name says.")
                          << QStringLiteral("is no capture");
    QTest::newRow("marked up") << QStringLiteral("<b>a&b.pcapng") << QByteArray("<html>")
                               << QStringLiteral("<b>a&b.pcapng is no capture");
}

void TestCapturePage::unreadableFilesSaySo()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, content);
    QFETCH(const QString, said);
    const QString path = m_folder.filePath(name);
    if (!content.isNull()) {
        QVERIFY(writeFile(path, content));
    }
    const CapturePage& page = *open(path);
    QTRY_VERIFY(!page.isReading());
    QTRY_VERIFY2(complaint(page).contains(said), qPrintable(complaint(page)));
    QCOMPARE(page.stateText(), QStringLiteral("not all readable"));
    QCOMPARE(rows(page), 0);
    QTRY_VERIFY(!cancelButton(page)->isVisible());
}

void TestCapturePage::damagedFileShowsWhatIsWhole()
{
    const QString path = m_folder.filePath(QStringLiteral("cut.pcapng"));
    // A block whose length cannot be, after everything that is well.
    QVERIFY(writeFile(path, contentOf(m_file) + QByteArray::fromHex("0600000001000000")));
    const CapturePage& page = *open(path);
    QTRY_VERIFY2(complaint(page).contains(QStringLiteral("is damaged at byte")), qPrintable(complaint(page)));
    QCOMPARE(page.stateText(), QStringLiteral("not all readable"));
    QTRY_COMPARE(rows(page), 4);
}

void TestCapturePage::savedCopyHoldsTheSame()
{
    const CapturePage& page = *open(m_file);
    QTRY_COMPARE(rows(page), 4);
    const QString copy = m_folder.filePath(QStringLiteral("copy.pcapng"));
    save(copy);
    QTRY_VERIFY(m_window->statusBar()->currentMessage().contains(QStringLiteral("Saved as")));
    QVERIFY(m_settings->recentFiles().contains(copy));

    const CapturePage& again = *open(copy);
    QTRY_COMPARE(rows(again), 4);
    QCOMPARE(complaint(again), QString());
    for (qsizetype row = 0; row < 4; ++row) {
        const MessageRecord before = page.capture()->message(row);
        const MessageRecord after = again.capture()->message(row);
        QCOMPARE(after.time, before.time);
        QCOMPARE(after.connection, before.connection);
        QCOMPARE(after.direction, before.direction);
        QCOMPARE(again.capture()->read(after.connection, after.direction, after.offset, after.size),
            page.capture()->read(before.connection, before.direction, before.offset, before.size));
    }
}

void TestCapturePage::savingWhereNobodyMaySaysSo()
{
    const CapturePage& page = *open(m_file);
    QTRY_COMPARE(rows(page), 4);
    const QString inNowhere = m_folder.filePath(QStringLiteral("two.pcapng/copy.pcapng"));
    save(inNowhere);
    QTRY_VERIFY(m_window->messageLine().isVisible());
    QVERIFY2(m_window->messageLine().text().contains(inNowhere), qPrintable(m_window->messageLine().text()));
    QVERIFY(!m_settings->recentFiles().contains(inNowhere));
}

void TestCapturePage::comesBack()
{
    CapturePage& page = *open(m_file);
    page.setProtocol(linesProtocol());
    const Workspace saved = m_window->workspace();
    m_window->closePage(&page);
    m_window->openWorkspace(saved);
    const auto* restored = qobject_cast<CapturePage*>(m_window->area().current());
    QVERIFY(restored != nullptr);
    QCOMPARE(restored->file(), m_file);
    QCOMPARE(restored->protocol(), linesProtocol());
}

void TestCapturePage::nonsenseIsNotRestored()
{
    CapturePage& page = *open(m_file);
    page.setProtocol(linesProtocol());
    page.restore({ { QStringLiteral("framing"), 7 }, { QStringLiteral("splitter"), QStringLiteral("@@@") },
        { QStringLiteral("messages"), QStringLiteral("none") } });
    QCOMPARE(page.protocol(), linesProtocol());
    page.restore({ { QStringLiteral("framing"), QStringLiteral("no such rule") } });
    QCOMPARE(page.protocol(), linesProtocol());
}

SOCKEYE_TEST(TestCapturePage)
#include "tst_capture_page.moc"
