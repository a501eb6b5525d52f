// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "inspected_fixtures.h"
#include "protocol/protocols/registry.h"
#include "tests/ui/window/window_test.h"
#include "ui/inspector/content_panel.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>

using namespace sockeye;

/// The content of a message, or what is selected of it, in the view that one chooses.
class TestContentPanel : public WindowTest {
    Q_OBJECT

private Q_SLOTS:
    void byTypeAndLook();
    void chosenViews();
    void keepsTheView();
};

namespace {

QString shownText(const ContentPanel& panel)
{
    return panel.findChild<QPlainTextEdit*>()->toPlainText();
}

QString aboutIt(const ContentPanel& panel)
{
    QStringList texts;
    for (const QLabel* label : panel.findChildren<QLabel*>()) {
        texts.append(label->text());
    }
    return texts.join(u' ');
}

InspectedMessagePtr overHttp(const QByteArray& type, const QByteArray& body)
{
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: " + type
        + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
    const auto message =
        std::make_shared<InspectedMessage>(*inspected(QByteArray(head + body), {}, *protocolFromName(u"http")));
    message->content = body;
    return message;
}

} // namespace

void TestContentPanel::byTypeAndLook()
{
    ContentPanel panel;
    panel.show();
    panel.setBytes(overHttp("application/cbor", QByteArray::fromHex("a1616101")), 0, 0);
    QCOMPARE(shownText(panel), u"{\n  \"a\": 1\n}"_qs);
    QVERIFY2(aboutIt(panel).contains(u"CBOR"), qPrintable(aboutIt(panel)));
    panel.setBytes(overHttp("text/plain; charset=gbk", QByteArray::fromHex("d6d0cec4")), 0, 0);
    QCOMPARE(shownText(panel), u"中文"_qs);
    panel.setBytes(
        overHttp("application/octet-stream", QByteArray::fromHex("82a7636f6d70616374c3a6736368656d6100")), 0, 0);
    QVERIFY2(aboutIt(panel).contains(u"MessagePack"), qPrintable(aboutIt(panel)));
    // The head of it, selected.
    panel.setBytes(overHttp("application/cbor", QByteArray::fromHex("a1616101")), 0, 8);
    QCOMPARE(shownText(panel), u"HTTP/1.1"_qs);
    panel.setBytes(nullptr, 0, 0);
    QCOMPARE(shownText(panel), QString());
}

void TestContentPanel::chosenViews()
{
    ContentPanel panel;
    panel.show();
    const InspectedMessagePtr message = overHttp("text/plain", QByteArray::fromHex("736561726368ffffffeb"));
    panel.setView(u"struct:>6si"_qs);
    panel.setBytes(message, 0, 0);
    QVERIFY2(shownText(panel).contains(u"i     -21"), qPrintable(shownText(panel)));
    panel.findChild<QLineEdit*>(QString(), Qt::FindDirectChildrenOnly)->setText(u">Z"_qs);
    QVERIFY2(aboutIt(panel).contains(u"is no format"), qPrintable(aboutIt(panel)));
    panel.setView(u"hex"_qs);
    QVERIFY2(shownText(panel).startsWith(u"00000000  73 65"), qPrintable(shownText(panel)));
    panel.setView(u"cbor"_qs);
    QVERIFY2(aboutIt(panel).contains(u"At byte"), qPrintable(aboutIt(panel)));
}

void TestContentPanel::keepsTheView()
{
    for (const QString& view : { QString(), u"cbor"_qs, u"text:Big5"_qs, u"struct:<HH"_qs }) {
        ContentPanel panel;
        panel.setView(view);
        QCOMPARE(panel.view(), view);
    }
    ContentPanel panel;
    panel.setView(u"no such view"_qs);
    QCOMPARE(panel.view(), QString());
}

SOCKEYE_TEST(TestContentPanel)
#include "tst_content_panel.moc"
