// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/hex/hex_reader.h"
#include "tests/testcase.h"
#include "ui/composer/client_history.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_panel.h"
#include "ui/composer/composer_text_edit.h"
#include "ui/hexview/hex_view.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QToolButton>

namespace sockeye {

class TestComposer : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void formFillsTheOtherViews();
    void previewShowsWhatIsTyped();
    void jsonFillsTheOtherViews();
    void hexFillsTheOtherViews();
    void unreadableHexIsAnObstacle();
    void pastedDumpIsRead();
    void typingKeepsTheCursor();
    void badHexChangesNothing();
    void binaryContentIsHex();
    void locks();
    void plainText();
    void altArrowsInText();
    void history();

private:
    template <typename T> static T* part(const QWidget& panel, const char* name)
    {
        for (T* widget : panel.findChildren<T*>()) {
            if (widget->accessibleName() == QLatin1StringView(name)) {
                return widget;
            }
        }
        return nullptr;
    }
    static void type(QPlainTextEdit* edit, const QString& text)
    {
        edit->selectAll();
        edit->insertPlainText(text);
    }
};

void TestComposer::formFillsTheOtherViews()
{
    ComposerPanel panel;
    part<QLineEdit>(panel, "Value")->setText(QStringLiteral("morpheus 🐰"));
    QCOMPARE(part<QPlainTextEdit>(panel, "JSON content")->toPlainText(),
        QStringLiteral("{\"action\": \"search\", \"value\": \"morpheus 🐰\"}"));
    QVERIFY(
        part<QPlainTextEdit>(panel, "JSON header")->toPlainText().contains(QStringLiteral("\"content-length\": 46}")));
    QCOMPARE(part<QLineEdit>(panel, "content-length")->text(), QStringLiteral("46"));
    QCOMPARE(part<QPlainTextEdit>(panel, "Request in hex")->toPlainText(), hexText(panel.model().draft().bytes()));
}

void TestComposer::previewShowsWhatIsTyped()
{
    ComposerPanel panel;
    auto* preview = panel.findChild<HexView*>();
    QTRY_VERIFY(preview->message());
    auto* value = part<QLineEdit>(panel, "Value");
    value->setText(QStringLiteral("ring"));
    QTRY_COMPARE(preview->message()->bytes(), panel.model().draft().bytes());
    const auto selected = [&] {
        return preview->message()->bytes().mid(preview->selectionOffset(), preview->selectionSize());
    };
    QCOMPARE(selected(), QByteArray("\"ring\""));
    value->setText(QStringLiteral("rin"));
    QTRY_COMPARE(selected(), QByteArray("\"rin\""));
    part<QComboBox>(panel, "byteorder")->setEditText(QStringLiteral("middle"));
    QTRY_COMPARE(selected(), QByteArray("\"middle\""));
    type(part<QPlainTextEdit>(panel, "Request in hex"), QString());
    QTRY_VERIFY(preview->message()->bytes().isEmpty());
}

void TestComposer::jsonFillsTheOtherViews()
{
    ComposerPanel panel;
    type(
        part<QPlainTextEdit>(panel, "JSON content"), QStringLiteral("{\"action\": \"search\", \"value\": \"日本語\"}"));
    QCOMPARE(part<QLineEdit>(panel, "Value")->text(), QStringLiteral("日本語"));
    auto* header = part<QPlainTextEdit>(panel, "JSON header");
    type(header, header->toPlainText().replace(QStringLiteral("utf-8"), QStringLiteral("utf-16-le")));
    QCOMPARE(part<QComboBox>(panel, "content-encoding")->currentText(), QStringLiteral("utf-16-le"));
    QCOMPARE(part<QLineEdit>(panel, "Value")->text(), QStringLiteral("日本語"));
    QVERIFY(panel.model().draft().content().startsWith(QByteArray("{\0", 2)));
}

void TestComposer::hexFillsTheOtherViews()
{
    ComposerPanel panel;
    RequestDraft other;
    other.setForm(QStringLiteral("search"), QStringLiteral("ring"));
    type(part<QPlainTextEdit>(panel, "Request in hex"), hexText(other.bytes()));
    QCOMPARE(part<QLineEdit>(panel, "Value")->text(), QStringLiteral("ring"));
    QCOMPARE(panel.model().draft().bytes(), other.bytes());
    // What is typed stays as it is typed, and comes out as it is.
    type(part<QPlainTextEdit>(panel, "Request in hex"), QStringLiteral("00 05 7B"));
    QCOMPARE(part<QPlainTextEdit>(panel, "Request in hex")->toPlainText(), QStringLiteral("00 05 7B"));
    QCOMPARE(panel.model().draft().bytes(), QByteArray::fromHex("00057b"));
    QVERIFY(panel.model().draft().isLoose());
}

void TestComposer::unreadableHexIsAnObstacle()
{
    ComposerPanel panel;
    auto* hex = part<QPlainTextEdit>(panel, "Request in hex");
    type(hex, QStringLiteral("00 02 5b 5d"));
    QCOMPARE(panel.model().obstacle(), QString());
    for (const auto& text : { QStringLiteral("0 1 2 3"), QStringLiteral("00 02 5"), QStringLiteral("00 zz") }) {
        type(hex, text);
        QVERIFY2(panel.model().obstacle().startsWith(u"Hex: Column "), qPrintable(panel.model().obstacle()));
        QCOMPARE(panel.model().draft().bytes(), QByteArray::fromHex("00025b5d")); // as it was
    }
    type(hex, QStringLiteral("00 02 5b"));
    QCOMPARE(panel.model().obstacle(), QString());
    QCOMPARE(panel.model().draft().bytes(), QByteArray::fromHex("00025b"));
    type(hex, QStringLiteral("5"));
    QVERIFY(!panel.model().obstacle().isEmpty());
    panel.model().edit(nullptr, [](RequestDraft& draft) { draft.setForm(QStringLiteral("search"), {}); });
    QCOMPARE(panel.model().obstacle(), QString()); // another view has the say
}

void TestComposer::pastedDumpIsRead()
{
    ComposerPanel panel;
    type(part<QPlainTextEdit>(panel, "Request in hex"),
        QStringLiteral("00000000: 0002 5b5d                                ..[]\n"));
    QCOMPARE(panel.model().draft().bytes(), QByteArray::fromHex("00025b5d"));
    const QList<QLabel*> labels = panel.findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
        [](const QLabel* label) { return label->text().startsWith(u"Read as a hex dump"); }));
}

void TestComposer::typingKeepsTheCursor()
{
    QWidget window; // without size limits, of which the offscreen platform would warn
    ComposerPanel panel(&window);
    window.show();
    auto* header = part<QPlainTextEdit>(panel, "JSON header");
    auto* content = part<QPlainTextEdit>(panel, "JSON content");
    const QString before = content->toPlainText();
    QTextCursor cursor = content->textCursor();
    cursor.setPosition(static_cast<int>(before.indexOf(QStringLiteral("\"}"))));
    content->setTextCursor(cursor);
    QTest::keyClicks(content, QStringLiteral("ring"));
    QCOMPARE(content->toPlainText(), QStringLiteral("{\"action\": \"search\", \"value\": \"ring\"}"));
    QVERIFY(header->toPlainText().contains(QStringLiteral("\"content-length\": 37")));
    // A length that follows moves nothing under the cursor in the header either.
    cursor = header->textCursor();
    cursor.setPosition(1);
    header->setTextCursor(cursor);
    QTest::keyClicks(header, QStringLiteral(" \"x\": 1,"));
    QVERIFY(header->toPlainText().startsWith(QStringLiteral("{ \"x\": 1,\"byteorder\"")));
    QVERIFY(panel.model().draft().headerText().startsWith("{ \"x\": 1,\"byteorder\""));
}

void TestComposer::badHexChangesNothing()
{
    ComposerPanel panel;
    const QByteArray before = panel.model().draft().bytes();
    type(part<QPlainTextEdit>(panel, "Request in hex"), QStringLiteral("00 zz"));
    QCOMPARE(panel.model().draft().bytes(), before);
}

void TestComposer::binaryContentIsHex()
{
    ComposerPanel panel;
    part<QComboBox>(panel, "Action")->setEditText(QStringLiteral("double"));
    part<QLineEdit>(panel, "Value")->setText(QStringLiteral("21"));
    auto* content = part<QPlainTextEdit>(panel, "Content in hex");
    QVERIFY(content);
    QCOMPARE(content->toPlainText(), QStringLiteral("64 6f 75 62 6c 65 00 00 00 15"));
    type(content, QStringLiteral("64 6f 75 62 6c 65 00 00 00 16"));
    QCOMPARE(part<QLineEdit>(panel, "Value")->text(), QStringLiteral("22"));
}

void TestComposer::locks()
{
    QWidget window; // without size limits, of which the offscreen platform would warn
    ComposerPanel panel(&window);
    window.show();
    auto* lock = part<QToolButton>(panel, "Set the fixed header length by hand");
    auto* length = part<QSpinBox>(panel, "Fixed header length");
    QVERIFY(length->isReadOnly());
    QTest::mouseClick(lock, Qt::LeftButton);
    QVERIFY(!length->isReadOnly());
    length->setValue(65'535);
    QVERIFY(panel.model().draft().bytes().startsWith("\xff\xff"));
    part<QLineEdit>(panel, "Value")->setText(QStringLiteral("longer than before"));
    QVERIFY(panel.model().draft().bytes().startsWith("\xff\xff"));
    QTest::mouseClick(lock, Qt::LeftButton);
    QCOMPARE(length->value(), panel.model().draft().headerText().size());
}

void TestComposer::plainText()
{
    QWidget window; // without size limits, of which the offscreen platform would warn
    ComposerPanel panel(&window);
    window.show();
    panel.model().edit(nullptr, [](RequestDraft& draft) {
        draft.setForm(QString(), QStringLiteral("hello"));
        draft.setShape(RequestDraft::Shape::Plain);
    });
    QVERIFY(!part<QComboBox>(panel, "Action")->isVisible());
    QCOMPARE(panel.model().draft().bytes(), QByteArray("hello\n"));
    part<QLineEdit>(panel, "Value")->setText(QStringLiteral("exit"));
    QCOMPARE(part<QPlainTextEdit>(panel, "Request in hex")->toPlainText(), QStringLiteral("65 78 69 74 0a"));
}

void TestComposer::altArrowsInText()
{
    ComposerPanel panel;
    part<QLineEdit>(panel, "Value")->setText(QStringLiteral("ring"));
    panel.remember();
    part<QLineEdit>(panel, "Value")->setText(QStringLiteral("other"));
    auto* content = part<QPlainTextEdit>(panel, "JSON content");
    QTest::keyClick(content, Qt::Key_Up);
    QCOMPARE(part<QLineEdit>(panel, "Value")->text(), QStringLiteral("other"));
    QTest::keyClick(content, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(part<QLineEdit>(panel, "Value")->text(), QStringLiteral("ring"));
    QTest::keyClick(content, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(part<QLineEdit>(panel, "Value")->text(), QStringLiteral("other"));
}

void TestComposer::history()
{
    using Request = RequestHistory::Request;
    RequestHistory history;
    const Request typed { QStringLiteral("a"), QStringLiteral("typed") };
    QVERIFY(!history.older(typed));
    QVERIFY(!history.newer());
    for (int i = 0; i < 300; ++i) {
        history.add({ QStringLiteral("search"), QString::number(i) });
    }
    history.add({ QStringLiteral("search"), QStringLiteral("299") });
    QCOMPARE(history.requests().size(), RequestHistory::maxRequests);
    QCOMPARE(history.older(typed)->value, QStringLiteral("299"));
    QCOMPARE(history.older(typed)->value, QStringLiteral("298"));
    QCOMPARE(history.newer()->value, QStringLiteral("299"));
    QCOMPARE(*history.newer(), typed);
    QVERIFY(!history.newer());
    // What was just sent and still stands there is skipped.
    QCOMPARE(history.older({ QStringLiteral("search"), QStringLiteral("299") })->value, QStringLiteral("298"));

    RequestHistory other;
    other.fromJson(history.toJson());
    QCOMPARE(other.requests(), history.requests());
}

SOCKEYE_TEST(TestComposer)

} // namespace sockeye

#include "tst_composer.moc"
