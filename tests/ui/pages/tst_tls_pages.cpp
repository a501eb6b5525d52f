// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "tests/ui/pages/client_fixture.h"
#include "ui/connections/connection_entry.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/structure_view.h"
#include "ui/inspector/tls_facts_view.h"
#include "ui/pages/server/server_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace sockeye;

namespace {

ServerOptions tlsServer()
{
    ServerOptions options;
    options.tls.certificate = TlsServerOptions::Certificate::SelfSigned;
    return options;
}

template <typename T> T* partOf(const QWidget& page, const QString& name)
{
    const QList<T*> widgets = page.findChildren<T*>();
    for (T* widget : widgets) {
        if (widget->accessibleName() == name) {
            return widget;
        }
    }
    return nullptr;
}

/// TLS as the pages and the inspector show it.
class TestTlsPages : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void serverShowsItsCertificate()
    {
        IoThreads threads(1);
        QWidget window;
        window.resize(640, 700);
        ServerPage page(threads, &window);
        page.resize(640, 700);
        window.show();
        page.setPort(0);
        auto* const mode = partOf<QComboBox>(page, QStringLiteral("TLS"));
        auto* const shown = partOf<QLabel>(page, QStringLiteral("Server certificate"));
        auto* const state = partOf<QLabel>(page, QStringLiteral("Server state"));
        QVERIFY(mode && shown && state);
        mode->setCurrentIndex(1);
        page.start();
        QTRY_VERIFY(page.isActive());
        QVERIFY(shown->isVisible());
        QString print = page.server()->certificate()->fingerprint;
        QVERIFY(shown->text().contains(print.left(40)));
        QVERIFY(shown->text().contains(print.right(40)));
        const QString port = QString::number(page.server()->address().port);
        QVERIFY(shown->text().contains(u"openssl s_client -connect 127.0.0.1:" + port));
        QVERIFY(shown->text().contains(u"sockeye-cli send 127.0.0.1 " + port));
        QVERIFY(state->text().contains(u"TLS"));
        QVERIFY(page.minimumSizeHint().width() <= 700);
        page.stop();
        QTRY_VERIFY(!page.isActive());
        QTRY_VERIFY(!shown->isVisible());
        mode->setCurrentIndex(0);
        page.start();
        QTRY_VERIFY(page.isActive());
        QVERIFY(!page.server()->certificate());
        QVERIFY(!state->text().contains(u"TLS"));
    }

    void serverSettingsSurvive()
    {
        IoThreads threads(1);
        ServerPage page(threads);
        partOf<QComboBox>(page, QStringLiteral("TLS"))->setCurrentIndex(2);
        partOf<QLineEdit>(page, QStringLiteral("Certificate file"))->setText(QStringLiteral("/tmp/a.pem"));
        partOf<QLineEdit>(page, QStringLiteral("Key file"))->setText(QStringLiteral("/tmp/b.key"));
        ServerPage other(threads);
        other.restore(page.saveState());
        QCOMPARE(partOf<QComboBox>(other, QStringLiteral("TLS"))->currentIndex(), 2);
        QCOMPARE(partOf<QLineEdit>(other, QStringLiteral("Certificate file"))->text(), QStringLiteral("/tmp/a.pem"));
        QCOMPARE(partOf<QLineEdit>(other, QStringLiteral("Key file"))->text(), QStringLiteral("/tmp/b.key"));
        // Not over UDP.
        partOf<QComboBox>(other, QStringLiteral("Service"))->setCurrentText(QStringLiteral("echo-udp"));
        QVERIFY(!partOf<QComboBox>(other, QStringLiteral("TLS"))->isEnabledTo(&other));
    }

    void clientVerifiesUnlessAsked()
    {
        const ClientFixture fixture(tlsServer());
        auto* const transport = fixture.part<QComboBox>(QStringLiteral("Transport"));
        auto* const any = fixture.part<QCheckBox>(QStringLiteral("Accept any certificate"));
        auto* const value = fixture.part<QLineEdit>(QStringLiteral("Value"));
        QVERIFY(transport && any && value);
        value->setText(QStringLiteral("morpheus"));
        transport->setCurrentText(QStringLiteral("TLS"));
        QTest::keyClick(value, Qt::Key_Return);
        QTRY_COMPARE(fixture.last().failure.code, FailureCode::CertificateSelfSigned);
        QVERIFY(!fixture.last().failure.advice.isEmpty());
        any->setChecked(true);
        QVERIFY(!fixture.part<QLineEdit>(QStringLiteral("CA file"))->isEnabledTo(&fixture.page));
        const int before = fixture.transcript().rowCount();
        QTest::keyClick(value, Qt::Key_Return);
        QTRY_COMPARE(fixture.transcript().rowCount(), before + 2);
        QTRY_VERIFY(!fixture.last().failure);

        const std::shared_ptr<Capture> capture = fixture.page.capture();
        QTRY_VERIFY(capture->connection(2) && capture->connection(2)->tls);
        ConnectionEntry entry;
        entry.record = *capture->connection(2);
        QVERIFY(cellText(entry, ConnectionColumn::State, {}).contains(u"TLS"));
        QVERIFY(cellToolTip(entry, ConnectionColumn::State, {}).contains(u"TLSv1.3"));
        showsTheFacts(capture);
    }

    void clientSettingsSurvive()
    {
        IoThreads threads(1);
        ClientPage page(threads);
        partOf<QComboBox>(page, QStringLiteral("Transport"))->setCurrentText(QStringLiteral("TLS"));
        partOf<QLineEdit>(page, QStringLiteral("CA file"))->setText(QStringLiteral("/tmp/ca.pem"));
        ClientPage other(threads);
        other.restore(page.saveState());
        QCOMPARE(partOf<QComboBox>(other, QStringLiteral("Transport"))->currentText(), QStringLiteral("TLS"));
        QCOMPARE(partOf<QLineEdit>(other, QStringLiteral("CA file"))->text(), QStringLiteral("/tmp/ca.pem"));
        QVERIFY(!partOf<QCheckBox>(other, QStringLiteral("Accept any certificate"))->isChecked());
    }

private:
    static void showsTheFacts(const std::shared_ptr<Capture>& capture)
    {
        MessageRef note;
        for (qsizetype row = 0; row < capture->messageCount(); ++row) {
            const MessageRecord record = capture->message(row);
            if (record.kind == RecordKind::Note && capture->fault(record.text).code == tlsCode) {
                note = { capture, row, record };
            }
        }
        QVERIFY(note.capture);
        QWidget window;
        Inspector inspector(&window);
        inspector.resize(400, 700);
        window.show();
        inspector.show(note);
        auto* const facts = inspector.findChild<TlsFactsView*>();
        QVERIFY(facts->isVisible());
        QCOMPARE(facts->topLevelItem(0)->text(1), QStringLiteral("TLSv1.3"));
        QVERIFY(facts->topLevelItem(4)->text(1).contains(u"NOT verified"));
        QCOMPARE(facts->topLevelItemCount(), 6);
        QCOMPARE(facts->topLevelItem(5)->childCount(), 7);
        QCOMPARE(facts->topLevelItem(5)->child(2)->text(1), QStringLiteral("localhost, 127.0.0.1, ::1"));
        // A message has its own structure again.
        note.row += 1;
        note.record = capture->message(note.row);
        inspector.show(note);
        QTRY_VERIFY(inspector.findChild<StructureView*>()->isVisible());
        QVERIFY(!facts->isVisible());
    }
};

} // namespace

SOCKEYE_TEST(TestTlsPages)
#include "tst_tls_pages.moc"
