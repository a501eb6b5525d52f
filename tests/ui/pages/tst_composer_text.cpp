// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/encoded/encoded_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "protocol/protocols/registry.h"
#include "tests/testcase.h"
#include "tests/ui/pages/client_fixture.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_panel.h"
#include "ui/composer/composer_text.h"
#include "ui/transcript/chat_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QToolButton>

namespace sockeye {

/// Text as people type it, in the composer and on the whole of the client's page.
class TestComposerText : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void isThereForText();
    void bytesBeside_data();
    void bytesBeside();
    void mistakes_data();
    void mistakes();
    void otherViewsFollow();
    void bytesThatAreNoText();
    void encodings_data();
    void encodings();
    void encodingKeepsTheText();
    void formFollowsTheEncoding();
    void encodingStaysWithAnotherProtocol();
    void cutWithinACharacter();
    void chat();
    void macrosAreMadeAnew();
    void file();
    void stateComesBack();
};

namespace {

/// A client page with bytes of which nothing is known, and its parts.
struct TextPage {
    explicit TextPage(const ProtocolPtr& protocol = rawProtocol())
    {
        page.setProtocol(protocol);
        tabs()->setCurrentWidget(text());
        window.resize(1000, 800);
        page.resize(1000, 800);
        window.show();
    }
    template <typename T> [[nodiscard]] T* part(const QString& name) const
    {
        return ClientFixture::part<T>(page, name);
    }
    [[nodiscard]] ComposerText* text() const { return page.findChild<ComposerText*>(); }
    [[nodiscard]] QTabWidget* tabs() const { return page.findChild<ComposerPanel*>()->findChild<QTabWidget*>(); }
    [[nodiscard]] QPlainTextEdit* edit() const { return part<QPlainTextEdit>(QStringLiteral("Text")); }
    [[nodiscard]] ComposerModel& model() const { return page.findChild<ComposerPanel*>()->model(); }
    [[nodiscard]] QByteArray bytes() const { return model().draft().bytes(); }
    void check(const QString& what) const
    {
        for (QCheckBox* const box : text()->findChildren<QCheckBox*>()) {
            if (box->text() == what) {
                box->setChecked(true);
            }
        }
    }
    void choose(const QString& box, const QString& what) const { part<QComboBox>(box)->setCurrentText(what); }
    void chooseEncoding(const QString& encoding) const
    {
        auto* const box = part<QComboBox>(QStringLiteral("Text encoding"));
        box->setCurrentText(encoding);
        Q_EMIT box->activated(box->currentIndex());
    }
    [[nodiscard]] QString note() const
    {
        QStringList shown;
        for (const QLabel* const label : text()->findChildren<QLabel*>()) {
            if (label->isVisible()) {
                shown.append(label->text());
            }
        }
        return shown.join(u' ');
    }
    [[nodiscard]] QStringList summaries() const
    {
        const QAbstractItemModel* const rows = part<QTableView>(QStringLiteral("Messages"))->model();
        int column = rows->columnCount() - 1;
        while (column > 0 && rows->headerData(column, Qt::Horizontal).toString() != u"Summary") {
            --column;
        }
        QStringList texts;
        for (int row = 0; row < rows->rowCount(); ++row) {
            texts.append(rows->index(row, column).data().toString());
        }
        return texts;
    }

    IoThreads threads { 1 };
    QWidget window;
    ClientPage page { threads, &window };
};

/// Takes one connection and what comes over it.
struct Peer {
    Peer() { server.listen(QHostAddress::LocalHost); }
    [[nodiscard]] bool meets()
    {
        const bool came = QTest::qWaitFor([this] { return server.hasPendingConnections(); });
        socket = came ? server.nextPendingConnection() : nullptr;
        return came;
    }
    [[nodiscard]] bool has(const QByteArray& bytes)
    {
        return QTest::qWaitFor([&] { return (received += socket->readAll()) == bytes; });
    }
    QTcpServer server;
    QTcpSocket* socket = nullptr;
    QByteArray received;
};

} // namespace

void TestComposerText::isThereForText()
{
    TextPage page;
    QVERIFY(page.tabs()->isTabVisible(page.tabs()->indexOf(page.text())));
    page.page.setProtocol(defaultProtocol());
    QVERIFY(!page.tabs()->isTabVisible(page.tabs()->indexOf(page.text())));
    QTRY_COMPARE(page.page.capture()->protocol(), defaultProtocol());
}

void TestComposerText::bytesBeside_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("end");
    QTest::addColumn<QString>("checksum");
    QTest::addColumn<QByteArray>("bytes");
    const QString nothing = QStringLiteral("no line end");
    QTest::newRow("plain") << QStringLiteral("abc") << nothing << QString() << QByteArray("abc");
    QTest::newRow("escapes") << QStringLiteral("a\\r\\n\\x00\\u4e2d") << nothing << QString()
                             << QByteArray("a\r\n\0", 4) + "中";
    QTest::newRow("several lines") << QStringLiteral("a\nb") << QStringLiteral("CR LF (\\r\\n)") << QString()
                                   << QByteArray("a\r\nb\r\n");
    QTest::newRow("line feed") << QStringLiteral("a") << QStringLiteral("LF (\\n)") << QString() << QByteArray("a\n");
    QTest::newRow("checksum") << QStringLiteral("123456789") << nothing << QStringLiteral("crc-16/modbus:little")
                              << QByteArray("123456789\x37\x4b");
}

void TestComposerText::bytesBeside()
{
    QFETCH(QString, text);
    QFETCH(QString, end);
    QFETCH(QString, checksum);
    QFETCH(QByteArray, bytes);
    const TextPage page;
    page.check(QStringLiteral("Escapes"));
    page.choose(QStringLiteral("Line ends"), end);
    page.choose(QStringLiteral("Checksum"), checksum);
    page.edit()->setPlainText(text);
    QCOMPARE(page.bytes().toHex(' '), bytes.toHex(' '));
    QCOMPARE(page.model().obstacle(), QString());
    QCOMPARE(page.edit()->toPlainText(), text);
}

void TestComposerText::mistakes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QString>("checksum");
    QTest::addColumn<QString>("says");
    QTest::addColumn<QString>("underlined");
    QTest::newRow("escape") << QStringLiteral("a\nb\\q") << QStringLiteral("UTF-8") << QString()
                            << QStringLiteral("There is no escape “\\q”") << QStringLiteral("\\q");
    QTest::newRow("macro") << QStringLiteral("{{tme}}") << QStringLiteral("UTF-8") << QString()
                           << QStringLiteral("There is no macro “tme”") << QStringLiteral("tme");
    QTest::newRow("character") << QStringLiteral("ab한") << QStringLiteral("Big5") << QString()
                               << QStringLiteral("Big5 has no “한” (U+D55C)") << QStringLiteral("한");
    QTest::newRow("checksum") << QStringLiteral("a") << QStringLiteral("UTF-8") << QStringLiteral("crc-17")
                              << QStringLiteral("There is no checksum") << QString();
}

void TestComposerText::mistakes()
{
    QFETCH(QString, text);
    QFETCH(QString, encoding);
    QFETCH(QString, checksum);
    QFETCH(QString, says);
    QFETCH(QString, underlined);
    TextPage page;
    page.check(QStringLiteral("Escapes"));
    page.check(QStringLiteral("Macros"));
    page.chooseEncoding(encoding);
    page.choose(QStringLiteral("Line ends"), QStringLiteral("CR LF (\\r\\n)"));
    page.choose(QStringLiteral("Checksum"), checksum);
    page.edit()->setPlainText(text);
    QVERIFY2(page.note().contains(says), qPrintable(page.note()));
    QVERIFY2(page.model().obstacle().contains(says), qPrintable(page.model().obstacle()));
    QStringList marked;
    for (const QTextEdit::ExtraSelection& each : page.edit()->extraSelections()) {
        marked.append(each.cursor.selectedText());
    }
    QCOMPARE(marked.join(u','), underlined);
    QSignalSpy said(&page.page, &ClientPage::statusMessage);
    page.page.send();
    QCOMPARE(said.size(), 1);
    page.choose(QStringLiteral("Checksum"), QString());
    page.edit()->setPlainText(QStringLiteral("right"));
    QCOMPARE(page.model().obstacle(), QString());
    QVERIFY(page.edit()->extraSelections().isEmpty());
}

void TestComposerText::otherViewsFollow()
{
    const TextPage page;
    page.check(QStringLiteral("Escapes"));
    page.model().edit(nullptr, [](RequestDraft& draft) { draft.setBytes("a\\\x01\xe4\xb8\xad\n"); });
    QCOMPARE(page.edit()->toPlainText(), QStringLiteral("a\\\\\\u0001中"));
    page.edit()->setPlainText(QStringLiteral("x\\ty"));
    QCOMPARE(page.bytes(), QByteArray("x\ty\n"));
    QCOMPARE(page.part<QPlainTextEdit>(QStringLiteral("Request in hex"))->toPlainText(), QStringLiteral("78 09 79 0a"));
}

void TestComposerText::bytesThatAreNoText()
{
    const TextPage page;
    page.model().edit(nullptr, [](RequestDraft& draft) { draft.setBytes("\xff\xfe"); });
    QCOMPARE(page.edit()->toPlainText(), QString());
    QVERIFY2(page.note().contains(QStringLiteral("no text in UTF-8")), qPrintable(page.note()));
    QCOMPARE(page.bytes(), QByteArray("\xff\xfe"));
}

void TestComposerText::encodings_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QString>("answered");
    QTest::addColumn<QByteArray>("reply");
    const auto row = [](const char* encoding, const QString& said, const char* sent, const QString& answered,
                         const char* reply) {
        QTest::newRow(encoding) << said << QByteArray::fromHex(sent) << answered << QByteArray::fromHex(reply);
    };
    // As Python's codecs have them.
    row("GBK", QStringLiteral("你好，世界"), "c4e3bac3a3accac0bde7", QStringLiteral("再见"), "d4d9bcfb");
    row("GB18030", QStringLiteral("你好🐰"), "c4e3bac39439ce32", QStringLiteral("㐀再见"), "8139ee39d4d9bcfb");
    row("Big5", QStringLiteral("許功蓋"), "b35ca55cbb5c", QStringLiteral("再見"), "a641a8a3");
    row("Shift_JIS", QStringLiteral("ソ表、こんにちは"), "835c955c814182b182f182c982bf82cd",
        QStringLiteral("さようなら"), "82b382e682a482c882e7");
    row("EUC-KR", QStringLiteral("안녕하세요"), "bec8b3e7c7cfbcbcbfe4", QStringLiteral("잘 가"), "c0df20b0a1");
    row("UTF-16LE", QStringLiteral("中文🐰"), "2d4e87653dd830dc", QStringLiteral("再见"), "8d51c189");
}

void TestComposerText::encodings()
{
    QFETCH(QString, said);
    QFETCH(QByteArray, sent);
    QFETCH(QString, answered);
    QFETCH(QByteArray, reply);
    TextPage page;
    Peer peer;
    page.page.setTarget(QStringLiteral("127.0.0.1"), peer.server.serverPort());
    page.chooseEncoding(QString::fromLatin1(QTest::currentDataTag()));
    page.choose(QStringLiteral("Line ends"), QStringLiteral("no line end"));
    page.edit()->setPlainText(said);
    page.page.send();
    QVERIFY(peer.meets());
    QVERIFY2(peer.has(sent), peer.received.toHex().constData());
    peer.socket->write(reply);
    peer.socket->disconnectFromHost();
    const auto* const transcript = qobject_cast<TranscriptModel*>(page.page.findChild<TranscriptView*>()->model());
    QTRY_COMPARE(transcript->rowCount(), 2);
    QCOMPARE(transcript->entry(0).text, said);
    QCOMPARE(transcript->entry(1).text, answered);
    QTRY_COMPARE(page.summaries(), QStringList({ said, answered }));
}

void TestComposerText::encodingKeepsTheText()
{
    const TextPage page;
    page.choose(QStringLiteral("Line ends"), QStringLiteral("no line end"));
    page.edit()->setPlainText(QStringLiteral("中文"));
    page.chooseEncoding(QStringLiteral("GBK"));
    QCOMPARE(page.edit()->toPlainText(), QStringLiteral("中文"));
    QCOMPARE(page.bytes().toHex(), QByteArray("d6d0cec4"));
    page.chooseEncoding(QStringLiteral("UTF-16BE"));
    QCOMPARE(page.bytes().toHex(), QByteArray("4e2d6587"));
}

/// The one line of the form, too.
void TestComposerText::formFollowsTheEncoding()
{
    const TextPage page(protocolInEncoding(rawProtocol(), "GBK"));
    auto* const value = page.part<QLineEdit>(QStringLiteral("Value"));
    value->setText(QStringLiteral("中文"));
    QCOMPARE(page.bytes().toHex(), QByteArray("d6d0cec40a"));
    QCOMPARE(page.edit()->toPlainText(), QStringLiteral("中文"));
    page.model().edit(nullptr, [](RequestDraft& draft) { draft.setBytes("\xce\xc4\n"); });
    QCOMPARE(value->text(), QStringLiteral("文"));
    QCOMPARE(page.model().draft().remark(), QString());
    value->setText(QStringLiteral("\U0001d11e"));
    QCOMPARE(page.bytes(), QByteArray("?\n"));
    QVERIFY(page.model().draft().remark().contains(QStringLiteral("GBK")));
}

void TestComposerText::encodingStaysWithAnotherProtocol()
{
    TextPage page(protocolInEncoding(rawProtocol(), "Big5"));
    auto* const box = page.part<QComboBox>(QStringLiteral("Encoding of texts"));
    QCOMPARE(box->currentText(), QStringLiteral("Big5"));
    QCOMPARE(page.page.capture()->protocol()->id(), QStringLiteral("raw:encoding=Big5"));
    page.page.setProtocol(defaultProtocol());
    QVERIFY(!box->isEnabled());
    QTRY_COMPARE(page.page.capture()->protocol(), defaultProtocol());
}

/// Each byte comes in a read of its own, and each read is a message.
void TestComposerText::cutWithinACharacter()
{
    TextPage page(protocolInEncoding(rawProtocol(), "GBK"));
    Peer peer;
    page.page.setTarget(QStringLiteral("127.0.0.1"), peer.server.serverPort());
    page.edit()->setPlainText(QStringLiteral("xxx")); // with its line end as much as comes back
    page.page.send();
    QVERIFY(peer.meets());
    const QByteArray reply = QByteArray::fromHex("d4d9bcfb");
    const QAbstractItemModel* const rows = page.part<QTableView>(QStringLiteral("Messages"))->model();
    for (qsizetype at = 0; at < reply.size(); ++at) {
        peer.socket->write(reply.mid(at, 1));
        QTRY_COMPARE(rows->rowCount(), 2 + static_cast<int>(at));
    }
    peer.socket->disconnectFromHost();
    QTRY_COMPARE(page.summaries().mid(1).filter(QStringLiteral("再")).size(), 1);
    QTRY_COMPARE(page.summaries().mid(1).filter(QStringLiteral("见")).size(), 1);
}

void TestComposerText::chat()
{
    TextPage page(protocolInEncoding(linesProtocol(), "Big5"));
    Peer peer;
    page.page.setTarget(QStringLiteral("127.0.0.1"), peer.server.serverPort());
    auto* const view = page.page.findChild<ChatView*>();
    Q_EMIT view->said(QStringLiteral("許功"), 0);
    QVERIFY(peer.meets());
    QVERIFY2(peer.has(QByteArray::fromHex("b35ca55c0a")), peer.received.toHex().constData());
    peer.socket->write(QByteArray::fromHex("bb")); // 蓋, cut by a read
    peer.socket->flush();
    peer.socket->write(QByteArray::fromHex("5c0a"));
    QTRY_VERIFY2(view->text().contains(QStringLiteral("蓋")), qPrintable(view->text()));
    QVERIFY(view->text().contains(QStringLiteral("許功")));
    Q_EMIT view->said(QStringLiteral("한"), 0);
    QTRY_VERIFY2(view->text().contains(QStringLiteral("was not said")), qPrintable(view->text()));
}

void TestComposerText::macrosAreMadeAnew()
{
    TextPage page;
    Peer peer;
    page.page.setTarget(QStringLiteral("127.0.0.1"), peer.server.serverPort());
    page.check(QStringLiteral("Macros"));
    page.choose(QStringLiteral("Line ends"), QStringLiteral("no line end"));
    page.edit()->setPlainText(QStringLiteral("<{{counter}}>"));
    for (QCheckBox* const box : page.page.findChildren<QCheckBox*>()) {
        if (box->text() == u"&Keep connection") {
            box->setChecked(true);
        }
    }
    page.page.send();
    QVERIFY(peer.meets());
    QVERIFY(peer.has("<1>"));
    peer.socket->write("<1>");
    page.part<QSpinBox>(QStringLiteral("Repeat every"))->setValue(1);
    page.part<QSpinBox>(QStringLiteral("Repeat how often"))->setValue(2);
    connect(peer.socket, &QTcpSocket::readyRead, peer.socket, [&peer] {
        const QByteArray came = peer.socket->readAll();
        peer.received += came;
        peer.socket->write(came);
    });
    page.page.repeat();
    QTRY_COMPARE(peer.received, QByteArray("<1><2><3>"));
    QTRY_VERIFY(page.part<QPushButton>(QStringLiteral("Start repeating"))->isEnabled());
    page.page.send();
    QTRY_COMPARE(peer.received, QByteArray("<1><2><3><4>"));
}

void TestComposerText::file()
{
    const TextPage page;
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("content"));
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\0\xff any bytes", 12);
    file.close();
    page.text()->readFile(name);
    QTRY_COMPARE(page.bytes(), QByteArray("\0\xff any bytes", 12));
    page.text()->readFile(folder.filePath(QStringLiteral("none")));
    QTRY_VERIFY2(page.note().contains(QStringLiteral("cannot be read")), qPrintable(page.note()));
    QCOMPARE(page.bytes(), QByteArray("\0\xff any bytes", 12));
}

void TestComposerText::stateComesBack()
{
    QJsonObject state;
    {
        const TextPage page;
        page.check(QStringLiteral("Escapes"));
        page.check(QStringLiteral("Macros"));
        page.chooseEncoding(QStringLiteral("GBK"));
        page.choose(QStringLiteral("Checksum"), QStringLiteral("sum-8"));
        page.edit()->setPlainText(QStringLiteral("中\\t{{counter}}"));
        state = page.page.saveState();
    }
    TextPage page;
    page.page.restore(state);
    QTRY_COMPARE(page.part<QComboBox>(QStringLiteral("Text encoding"))->currentText(), QStringLiteral("GBK"));
    QCOMPARE(page.edit()->toPlainText(), QStringLiteral("中\\t{{counter}}"));
    QCOMPARE(page.part<QComboBox>(QStringLiteral("Checksum"))->currentText(), QStringLiteral("sum-8"));
    QVERIFY(page.model().maker());
}

} // namespace sockeye

using sockeye::TestComposerText;
SOCKEYE_TEST(TestComposerText)
#include "tst_composer_text.moc"
