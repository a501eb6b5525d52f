// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/message.h"
#include "tests/ui/pages/relay_page_fixture.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/pages/relay/faults_model.h"
#include "ui/pages/relay/faults_panel.h"

#include <QCheckBox>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

namespace sockeye {

/// The report of a relay's page.
class TestRelayPageReport : public RelayPageTest {
    Q_OBJECT
private Q_SLOTS:
    void isThereOnceThereIsSomethingToSay();
    void saysWhatWasDone();
    void saysWhereItCannotBeWritten();

private:
    static QByteArray contentOf(const QString& name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void TestRelayPageReport::isThereOnceThereIsSomethingToSay()
{
    setUp();
    auto* button = named<QToolButton>(QStringLiteral("Save report…"));
    QVERIFY(button && !button->isEnabled());
    startTarget();
    startRelay();
    QVERIFY(button->isEnabled());
}

void TestRelayPageReport::saysWhatWasDone()
{
    setUp();
    startTarget();
    FaultSettings latency;
    latency.kind = QStringLiteral("latency");
    latency.attributes = { { QStringLiteral("latency"), 1 } };
    m_page->faults().model()->setFaults({ latency });
    startRelay();
    const QByteArray request = encodeRequest(u"search", u"ring");
    QVERIFY(!exchange(request).isEmpty());
    QTRY_VERIFY(m_page->relay()->strikes(QStringLiteral("latency")) > 0);
    QTRY_COMPARE(m_page->connections()->model()->rowCount(), 1);
    QTRY_COMPARE(m_page->connections()->model()->openCount(), 0);
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("run.md"));
    QSignalSpy said(m_page.get(), &Page::statusMessage);
    m_page->reportTo(name, true);
    QTRY_COMPARE(said.count(), 1);
    const QString text = QString::fromUtf8(contentOf(name));
    for (const QString& part : { QStringLiteral("| Seed | %1 |").arg(m_page->relay()->seed()), m_page->command(),
             QStringLiteral("| `latency` | `latency:"), QStringLiteral("| Capture | `run.pcapng` |"),
             QStringLiteral("| Bytes from clients | %1 |").arg(request.size()),
             QStringLiteral("| Connections | 1 |") }) {
        QVERIFY2(text.contains(part), qPrintable(part + u"\nis not in\n" + text));
    }
    QVERIFY(contentOf(folder.filePath(QStringLiteral("run.pcapng"))).contains(request));
    m_page->reportTo(name, true); // the capture beside it is not written over
    QTRY_COMPARE(said.count(), 2);
    QVERIFY(contentOf(name).contains("`run-2.pcapng`"));
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("run-2.pcapng"))));
    QVERIFY(QFile::remove(folder.filePath(QStringLiteral("run-2.pcapng"))));
    m_page->reportTo(name, false);
    QTRY_COMPARE(said.count(), 3);
    QVERIFY(!contentOf(name).contains("pcapng"));
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("run-2.pcapng"))));
}

void TestRelayPageReport::saysWhereItCannotBeWritten()
{
    setUp();
    startTarget();
    startRelay();
    QSignalSpy said(m_page.get(), &Page::statusMessage);
    m_page->reportTo(QStringLiteral("/nowhere/at/all.md"), false);
    QTRY_COMPARE(said.count(), 1);
    QVERIFY2(said.at(0).at(0).toString().contains(QStringLiteral("/nowhere/at/all.md")),
        qPrintable(said.at(0).at(0).toString()));
}

SOCKEYE_TEST(TestRelayPageReport)

} // namespace sockeye

#include "tst_relay_page_report.moc"
