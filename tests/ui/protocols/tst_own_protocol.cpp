// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/window/main_window_test.h"
#include "ui/pages/client/client_page.h"
#include "ui/protocols/new_protocol_dialog.h"
#include "ui/protocols/protocol_box.h"
#include "ui/protocols/protocol_editor.h"
#include "ui/window/welcome_page.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;

/// A protocol of the user's own, from "New protocol…" to the form that writes its messages.
class TestOwnProtocol : public MainWindowTest {
    Q_OBJECT
private Q_SLOTS:
    void init() override
    {
        qputenv("XDG_CONFIG_HOME", m_config.path().toUtf8());
        MainWindowTest::init();
    }
    void startPageOffersIt();
    void formBecomesAClient();
    void mistakeInTheForm();
    void editorKeepsTheLastGoodReading();

private:
    NewProtocolDialog* askForNew();
    QTemporaryDir m_config;
};

namespace {

template <typename T> T* named(const QWidget* within, const QString& accessibleName)
{
    const QList<T*> all = within->findChildren<T*>();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const T* each) { return each->accessibleName() == accessibleName; });
    return found != all.end() ? *found : nullptr;
}

QAbstractButton* createButton(const NewProtocolDialog& dialog)
{
    const auto* box = dialog.findChild<QDialogButtonBox*>();
    for (QAbstractButton* button : box->buttons()) {
        if (box->buttonRole(button) == QDialogButtonBox::AcceptRole) {
            return button;
        }
    }
    return nullptr;
}

} // namespace

NewProtocolDialog* TestOwnProtocol::askForNew()
{
    m_window->actions().newProtocol->trigger();
    return m_window->findChild<NewProtocolDialog*>();
}

void TestOwnProtocol::startPageOffersIt()
{
    const auto* welcome = m_window->findChild<WelcomePage*>();
    auto* tile = named<QAbstractButton>(welcome, QStringLiteral("Describe your protocol"));
    QVERIFY(tile != nullptr);
    tile->click();
    QVERIFY(m_window->findChild<NewProtocolDialog*>() != nullptr);
}

void TestOwnProtocol::formBecomesAClient()
{
    NewProtocolDialog* dialog = askForNew();
    QVERIFY(dialog != nullptr);
    const QList<QLineEdit*> lines = dialog->findChildren<QLineEdit*>();
    QVERIFY(lines.size() >= 2);
    QTest::keyClicks(lines.at(0), QStringLiteral("Weather station"));
    QCOMPARE(lines.at(1)->text(), QStringLiteral("weather_station"));
    createButton(*dialog)->click();

    QTRY_COMPARE(m_window->findChildren<ClientPage*>().size(), 1);
    const auto* page = m_window->findChild<ClientPage*>();
    QCOMPARE(page->findChild<ProtocolBox*>()->protocol()->title(), QStringLiteral("Weather station"));
    bool hasFields = false;
    for (const QTabWidget* tabs : page->findChildren<QTabWidget*>()) {
        hasFields = hasFields || tabs->tabText(tabs->currentIndex()) == QStringLiteral("Fields");
    }
    QVERIFY(hasFields);
    QVERIFY(QFile::exists(m_config.filePath(QStringLiteral("Sockeye/protocols/weather_station.ksy"))));
}

void TestOwnProtocol::mistakeInTheForm()
{
    NewProtocolDialog* dialog = askForNew();
    QVERIFY(createButton(*dialog)->isEnabled());
    const auto* table = named<QTableView>(dialog, QStringLiteral("Fields"));
    QVERIFY(table->model()->setData(table->model()->index(0, 0), QStringLiteral("no name")));
    QVERIFY(!createButton(*dialog)->isEnabled());
    const QList<QLabel*> labels = dialog->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
        [](const QLabel* label) { return label->text().startsWith(QStringLiteral("Field 1, no name: ")); }));
    QVERIFY(table->model()->setData(table->model()->index(0, 0), QStringLiteral("magic")));
    QVERIFY(createButton(*dialog)->isEnabled());
}

void TestOwnProtocol::editorKeepsTheLastGoodReading()
{
    const QString name = m_config.filePath(QStringLiteral("pair.ksy"));
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("meta:\n  id: pair\nseq:\n  - id: left\n    type: u1\n  - id: right\n    type: u1\n");
    file.close();
    ProtocolEditor* editor = ProtocolEditor::open(name, m_window.get());
    auto* hex = named<QPlainTextEdit>(editor, QStringLiteral("Message in hexadecimal"));
    const auto* structure = named<QAbstractItemView>(editor, QStringLiteral("Structure"));
    hex->setPlainText(QStringLiteral("0102"));
    QTRY_COMPARE(structure->model()->rowCount(), 2);

    const QList<QPlainTextEdit*> edits = editor->findChildren<QPlainTextEdit*>();
    QPlainTextEdit* text = edits.at(0) == hex ? edits.at(1) : edits.at(0);
    const QString good = text->toPlainText();
    text->setPlainText(
        QString(good).replace(QStringLiteral("right\n    type: u1"), QStringLiteral("right\n    type: u9")));
    const auto* mistakes = named<QListWidget>(editor, QStringLiteral("Mistakes"));
    QTRY_COMPARE(mistakes->count(), 1);
    QVERIFY2(mistakes->item(0)->text().startsWith(QStringLiteral("Line 7: ")), qPrintable(mistakes->item(0)->text()));
    QCOMPARE(structure->model()->rowCount(), 2);

    text->setPlainText(good + QStringLiteral("  - id: third\n    type: u1\n"));
    hex->setPlainText(QStringLiteral("010203"));
    QTRY_COMPARE(structure->model()->rowCount(), 3);
    QCOMPARE(mistakes->count(), 0);
    editor->save();
    const auto saved = [&name] {
        QFile now(name);
        return now.open(QIODevice::ReadOnly) ? now.readAll() : QByteArray();
    };
    QTRY_VERIFY(saved().contains("third"));
    editor->close();
}

SOCKEYE_TEST(TestOwnProtocol)
#include "tst_own_protocol.moc"
