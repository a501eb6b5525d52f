// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/io_threads.h"
#include "protocol/dissector/wireshark_dissector.h"
#include "tests/app/reading/capture_help.h"
#include "tests/app/reading/wait_until_idle.h"
#include "tests/ui/window/window_test.h"
#include "ui/messages/messages_menu.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"
#include "ui/pages/capture/capture_page.h"
#include "ui/widgets/message_line.h"
#include "ui/window/export_bar.h"
#include "ui/window/export_dialog.h"
#include "ui/window/main_window.h"
#include "ui/window/page_exports.h"
#include "ui/window/page_window.h"
#include "ui/window/settings.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QSemaphore>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace sockeye;

/// Exporting as one does it: from the menus, through the dialog, to a file.
class TestExportWindow : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void init() override;
    void cleanup();
    void offersWhatThereIs();
    void meansTheSelected();
    void meansTheFiltered();
    void suffixFollowsTheFormat();
    void saysThatAFileIsReplaced();
    void exportsAll();
    void exportsTheSelectedFromTheContextMenu();
    void exportsFromATornOffWindow();
    void saysWhatWentWrong();
    void cancels();
    void savesTheDissector();

private:
    [[nodiscard]] QAction* action(const QString& text) const;
    [[nodiscard]] ExportDialog* dialog(const QWidget* window) const;
    [[nodiscard]] static QAbstractButton* button(const QWidget* parent, const QString& text);
    [[nodiscard]] static QAbstractButton* scope(const ExportDialog* dialog, const QString& start);
    [[nodiscard]] static QByteArray contentOf(const QString& file);
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }
    [[nodiscard]] MessagesPanel* messages() const { return m_page->findChild<MessagesPanel*>(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<IoThreads> m_threads;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    CapturePage* m_page = nullptr;
};

namespace {

/// Where the file's name stands.
QLineEdit* fileOf(const ExportDialog* dialog)
{
    const QList<QLineEdit*> edits = dialog->findChildren<QLineEdit*>(QString(), Qt::FindDirectChildrenOnly);
    const auto found = std::find_if(edits.begin(), edits.end(),
        [](const QLineEdit* edit) { return edit->accessibleName() == QStringLiteral("File"); });
    return found != edits.end() ? *found : nullptr;
}

/// Keeps all threads for exports busy while it lives.
class BusyThreads {
public:
    BusyThreads()
        : m_threads(ExportBar::threads().maxThreadCount())
    {
        for (int i = 0; i < m_threads; ++i) {
            ExportBar::threads().start([this] {
                m_release.acquire();
                m_gone.release();
            });
        }
    }
    ~BusyThreads()
    {
        m_release.release(m_threads);
        m_gone.acquire(m_threads);
    }
    BusyThreads(const BusyThreads&) = delete;
    BusyThreads& operator=(const BusyThreads&) = delete;

private:
    const int m_threads;
    QSemaphore m_release;
    QSemaphore m_gone;
};

} // namespace

void TestExportWindow::init()
{
    WindowTest::init();
    m_folder = std::make_unique<QTemporaryDir>();
    const QString file = path(QStringLiteral("sample.pcapng"));
    {
        CaptureOptions options;
        options.file = file;
        const auto capture = Capture::create(options);
        CaptureWriter writer(capture);
        for (quint32 id = 1; id <= 2; ++id) {
            writer.opened(id, factsFor(static_cast<quint16>(40'000 + id)));
            for (int i = 0; i < 5; ++i) {
                writer.chunk(id, Direction::In, jsonMessage(QByteArray::number(i + 10 * static_cast<int>(id))));
            }
        }
        writer.chunk(2, Direction::Out, QByteArray("\0\0", 2));
        writer.flush();
        waitUntilIdle(*capture);
    }
    m_threads = std::make_unique<IoThreads>(1);
    m_settings = std::make_unique<Settings>(path(QStringLiteral("settings.ini")));
    m_window = std::make_unique<MainWindow>(*m_threads, *m_settings);
    m_page = new CapturePage(file);
    m_window->addPage(m_page);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTRY_VERIFY(!m_page->isReading());
    QTRY_COMPARE(messages()->model()->rowCount(), 11);
}

void TestExportWindow::cleanup()
{
    m_window.reset();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    ExportBar::threads().waitForDone();
    m_settings.reset();
    m_threads.reset();
}

QAction* TestExportWindow::action(const QString& text) const
{
    for (QAction* candidate : m_window->findChildren<QAction*>()) {
        if (candidate->text().remove(u'&') == text) {
            return candidate;
        }
    }
    return nullptr;
}

ExportDialog* TestExportWindow::dialog(const QWidget* window) const
{
    return window->findChild<ExportDialog*>();
}

QAbstractButton* TestExportWindow::button(const QWidget* parent, const QString& text)
{
    for (QAbstractButton* candidate : parent->findChildren<QAbstractButton*>()) {
        if (candidate->text().remove(u'&') == text) {
            return candidate;
        }
    }
    return nullptr;
}

QAbstractButton* TestExportWindow::scope(const ExportDialog* dialog, const QString& start)
{
    for (QAbstractButton* candidate : dialog->findChildren<QAbstractButton*>()) {
        if (candidate->text().startsWith(start)) {
            return candidate;
        }
    }
    return nullptr;
}

QByteArray TestExportWindow::contentOf(const QString& file)
{
    QFile reader(file);
    return reader.open(QIODevice::ReadOnly) ? reader.readAll() : QByteArray();
}

void TestExportWindow::offersWhatThereIs()
{
    action(QStringLiteral("Export messages…"))->trigger();
    const ExportDialog* asking = dialog(m_window.get());
    QVERIFY(asking != nullptr && asking->isVisible());
    const auto* formats = asking->findChild<QComboBox*>();
    QCOMPARE(formats->accessibleName(), QStringLiteral("Format"));
    QCOMPARE(formats->count(), static_cast<int>(allExportFormats.size()));
    QVERIFY(scope(asking, QStringLiteral("All (11)"))->isChecked());
    QVERIFY(!scope(asking, QStringLiteral("Those that pass the filter"))->isEnabled());
    QCOMPARE(asking->rows().spans, std::vector<RowSpan>({ { 0, 11 } }));
    QVERIFY2(asking->file().endsWith(QStringLiteral("/sample.pcapng")), qPrintable(asking->file()));
}

void TestExportWindow::meansTheSelected()
{
    messages()->table()->sortBy(static_cast<int>(MessageColumn::Time), Qt::DescendingOrder);
    QTRY_VERIFY(!messages()->model()->isBusy());
    messages()->table()->goToRow(1);
    messages()->table()->selectionModel()->select(
        messages()->model()->index(3, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    action(QStringLiteral("Export messages…"))->trigger();
    const ExportDialog* asking = dialog(m_window.get());
    QVERIFY(scope(asking, QStringLiteral("Selected (2)"))->isChecked());
    // Sorted the other way round: rows 1 and 3 of the table are these of the capture.
    QVERIFY(captureSpans(asking->rows(), 11) == std::vector<RowSpan>({ { 7, 8 }, { 9, 10 } }));
}

void TestExportWindow::meansTheFiltered()
{
    messages()->showConnection(2);
    QTRY_COMPARE(messages()->model()->rowCount(), 6);
    action(QStringLiteral("Export messages…"))->trigger();
    const ExportDialog* asking = dialog(m_window.get());
    QVERIFY(scope(asking, QStringLiteral("Those that pass the filter (6)"))->isChecked());
    QVERIFY(captureSpans(asking->rows(), 11) == std::vector<RowSpan>({ { 5, 11 } }));
    scope(asking, QStringLiteral("All (11)"))->click();
    QVERIFY(captureSpans(asking->rows(), 11) == std::vector<RowSpan>({ { 0, 11 } }));
}

void TestExportWindow::suffixFollowsTheFormat()
{
    ExportDialog asking({}, path(QStringLiteral("a.b")), false);
    auto* formats = asking.findChild<QComboBox*>();
    for (int index = 0; index < formats->count(); ++index) {
        formats->setCurrentIndex(index);
        QCOMPARE(asking.format(), allExportFormats[static_cast<std::size_t>(index)]);
        QCOMPARE(asking.file(), QString(path(QStringLiteral("a.b.")) + exportSuffix(asking.format())));
    }
    QLineEdit* file = fileOf(&asking);
    QCOMPARE(file->accessibleName(), QStringLiteral("File"));
    file->setText(QStringLiteral("relative.py"));
    QCOMPARE(asking.file(), path(QStringLiteral("relative.py")));
    file->clear();
    QVERIFY(!button(&asking, QStringLiteral("Export"))->isEnabled());
}

void TestExportWindow::saysThatAFileIsReplaced()
{
    ExportDialog asking({}, path(QStringLiteral("sample")), false);
    const auto warns = [&asking] {
        const QList<QLabel*> labels = asking.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
            [](const QLabel* label) { return label->text().contains(QStringLiteral("will be replaced")); });
    };
    QVERIFY(warns()); // sample.pcapng
    asking.findChild<QComboBox*>()->setCurrentIndex(1);
    QVERIFY(!warns());
}

void TestExportWindow::exportsAll()
{
    action(QStringLiteral("Export messages…"))->trigger();
    ExportDialog* asking = dialog(m_window.get());
    asking->findChild<QComboBox*>()->setCurrentIndex(1);
    fileOf(asking)->setText(path(QStringLiteral("all.jsonl")));
    button(asking, QStringLiteral("Export"))->click();
    QTRY_VERIFY(m_window->statusBar()->currentMessage().contains(QStringLiteral("all.jsonl")));
    const QByteArray written = contentOf(path(QStringLiteral("all.jsonl")));
    QCOMPARE(written.count("{\"event\":\"message\""), 10);
    QCOMPARE(written.count("{\"event\":\"error\""), 1);
    QTRY_VERIFY(m_window->findChild<ExportBar*>() == nullptr);
    QCOMPARE(m_window->messageLine().text(), QString());
}

void TestExportWindow::exportsTheSelectedFromTheContextMenu()
{
    MessagesTable* table = messages()->table();
    table->goToRow(6);
    MessagesMenu menu(*table, *messages()->model(), -1, 1);
    connect(&menu, &MessagesMenu::exportChosen, messages(), &MessagesPanel::exportRequested);
    QAction* chosen = nullptr;
    for (QAction* candidate : menu.actions()) {
        chosen = candidate->text() == QStringLiteral("Export selected…") ? candidate : chosen;
    }
    QVERIFY(chosen != nullptr && chosen->isEnabled());
    chosen->trigger();
    ExportDialog* asking = dialog(m_window.get());
    QVERIFY(asking != nullptr);
    QVERIFY(scope(asking, QStringLiteral("Selected (1)"))->isChecked());
    asking->findChild<QComboBox*>()->setCurrentIndex(4); // raw bytes
    fileOf(asking)->setText(path(QStringLiteral("one.bin")));
    button(asking, QStringLiteral("Export"))->click();
    QTRY_COMPARE(contentOf(path(QStringLiteral("one.in.bin"))), jsonMessage("21"));
    QTRY_VERIFY(m_window->statusBar()->currentMessage().contains(QStringLiteral("one.in.bin")));
}

void TestExportWindow::exportsFromATornOffWindow()
{
    PageWindow* window = m_window->tearOff(m_page);
    messages()->table()->goToRow(0);
    Q_EMIT messages()->exportRequested();
    QVERIFY(dialog(m_window.get()) == nullptr);
    ExportDialog* asking = dialog(window);
    QVERIFY(asking != nullptr);
    fileOf(asking)->setText(path(QStringLiteral("torn.pcapng")));
    button(asking, QStringLiteral("Export"))->click();
    QTRY_VERIFY(window->statusBar()->currentMessage().contains(QStringLiteral("torn.pcapng")));
    QVERIFY(QFile::exists(path(QStringLiteral("torn.pcapng"))));
    m_window->putBack(m_page);
    Q_EMIT messages()->exportRequested();
    QVERIFY(dialog(m_window.get()) != nullptr);
}

void TestExportWindow::saysWhatWentWrong()
{
    m_window->findChild<PageExports*>()->start({ m_page->capture(), { { { 0, 11 } }, nullptr }, ExportFormat::Csv,
        path(QStringLiteral("no/such/x.csv")), {} });
    QTRY_VERIFY2(m_window->messageLine().text().contains(QStringLiteral("no/such/x.csv")),
        qPrintable(m_window->messageLine().text()));
}

void TestExportWindow::cancels()
{
    // All threads are busy, so that the export is still to begin when the button is pressed.
    auto busy = std::make_unique<BusyThreads>();
    m_window->findChild<PageExports*>()->start({ m_page->capture(), { { { 0, 11 } }, nullptr }, ExportFormat::Csv,
        path(QStringLiteral("cancelled.csv")), {} });
    const auto* bar = m_window->findChild<ExportBar*>();
    QVERIFY(bar != nullptr);
    QTRY_VERIFY(bar->isVisible());
    button(bar, QStringLiteral("Cancel"))->click();
    busy.reset();
    QTRY_VERIFY(m_window->statusBar()->currentMessage().contains(QStringLiteral("cancelled")));
    QTRY_VERIFY(m_window->findChild<ExportBar*>() == nullptr);
    QCOMPARE(QDir(m_folder->path()).entryList({ QStringLiteral("cancelled*") }), QStringList());
}

void TestExportWindow::savesTheDissector()
{
    QVERIFY(action(QStringLiteral("Wireshark dissector…")) != nullptr);
    auto* exports = m_window->findChild<PageExports*>();
    exports->saveDissector(defaultProtocol(), path(QStringLiteral("sockeye.lua")));
    QTRY_VERIFY(m_window->statusBar()->currentMessage().contains(QStringLiteral("sockeye.lua")));
    QCOMPARE(contentOf(path(QStringLiteral("sockeye.lua"))), wiresharkDissector());
    exports->saveDissector(defaultProtocol(), path(QStringLiteral("no/such.lua")));
    QTRY_VERIFY(m_window->messageLine().text().contains(QStringLiteral("no/such.lua")));
}

SOCKEYE_TEST(TestExportWindow)
#include "tst_export_window.moc"
