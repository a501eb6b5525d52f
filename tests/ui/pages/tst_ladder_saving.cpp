// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/file_saver.h"
#include "tests/ui/pages/ladder_fixture.h"
#include "tests/ui/window/window_test.h"
#include "ui/ladder/ladder_panel.h"
#include "ui/ladder/ladder_view.h"
#include "ui/widgets/message_line.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace sockeye {

class TestLadderSaving : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { m_panel.reset(); }
    void savesSvg();
    void savesPng();
    void refusesWhatIsTooLarge();
    void saysWhyItWasNotSaved();
    void stopsSaving();

private:
    void show(const std::shared_ptr<Capture>& capture);
    [[nodiscard]] qsizetype total() const { return m_panel->view()->picture() ? m_panel->view()->picture()->total : 0; }

    std::unique_ptr<LadderPanel> m_panel;
    QTemporaryDir m_folder;
};

void TestLadderSaving::show(const std::shared_ptr<Capture>& capture)
{
    m_panel = std::make_unique<LadderPanel>();
    m_panel->resize(800, 500);
    m_panel->setCapture(capture);
    m_panel->show();
}

void TestLadderSaving::savesSvg()
{
    const auto made = quickLadder([](LadderFixture& fixture) {
        fixture.fill(1, 600); // more than are drawn at once
        fixture.in(1, QByteArray("<&\"\x01\x7f\xef\xbf\xbf\xef\xbf\xbe\n"));
        fixture.writer->note(1, QStringLiteral("not <XML>: \x01\uffff\ufffe"));
        fixture.writer->closed(1, CloseKind::ResetByPeer);
    });
    LadderFixture& fixture = *made;
    show(fixture.capture);
    QTRY_COMPARE(total(), 604);
    QSignalSpy saved(m_panel->saver(), &FileSaver::saved);
    QSignalSpy told(m_panel.get(), &LadderPanel::statusMessage);
    const QString name = m_folder.filePath(QStringLiteral("ladder.svg"));
    m_panel->save(name);
    QVERIFY(saved.wait(60'000));
    QVERIFY(told.constLast().constFirst().toString().contains(QStringLiteral("ladder.svg")));
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString description;
    QString title;
    QStringList texts;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QStringLiteral("desc")) {
            description = xml.readElementText();
        } else if (xml.name() == QStringLiteral("title")) {
            title = xml.readElementText();
        } else if (xml.name() == QStringLiteral("text")) {
            texts += xml.readElementText().trimmed();
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(title.startsWith(QStringLiteral("Ladder of all connections: 604 steps")));
    QVERIFY2(description.contains(QStringLiteral("connected to 127.0.0.1:65432")), qPrintable(description.left(300)));
    for (int i = 0; i < 600; ++i) {
        QVERIFY2(texts.contains(QStringLiteral("#1 line %1").arg(i)), qPrintable(QString::number(i)));
    }
    QVERIFY(texts.contains(QStringLiteral("#1 RST: connection reset")));
}

void TestLadderSaving::savesPng()
{
    const auto made = quickLadder([](LadderFixture& fixture) { fixture.fill(1, 20); });
    LadderFixture& fixture = *made;
    show(fixture.capture);
    QTRY_COMPARE(total(), 21);
    QSignalSpy saved(m_panel->saver(), &FileSaver::saved);
    const QString name = m_folder.filePath(QStringLiteral("ladder.PNG"));
    m_panel->save(name);
    QVERIFY(saved.wait(60'000));
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadOnly) && file.peek(4) == QByteArray("\x89PNG"));
    const QImage image(name);
    QVERIFY(!image.isNull());
    const int least = 20 * m_panel->view()->stepRect(0).height();
    QVERIFY(image.height() > least && image.height() < least * 2);
}

void TestLadderSaving::refusesWhatIsTooLarge()
{
    const auto made = quickLadder([](LadderFixture& fixture) { fixture.fill(1, 3000); });
    LadderFixture& fixture = *made;
    show(fixture.capture);
    QTRY_COMPARE(total(), 3001);
    QSignalSpy failed(m_panel->saver(), &FileSaver::failed);
    const QString name = m_folder.filePath(QStringLiteral("large.png"));
    m_panel->save(name);
    QVERIFY(failed.wait(60'000));
    auto* const line = m_panel->findChild<MessageLine*>();
    QVERIFY(line->isVisible());
    QVERIFY2(
        line->text().contains(QStringLiteral("3,001 steps, which are too many for a PNG")), qPrintable(line->text()));
    QVERIFY(!QFile::exists(name));
}

void TestLadderSaving::saysWhyItWasNotSaved()
{
    LadderFixture fixture;
    fixture.fill(1, 2);
    fixture.settle();
    show(fixture.capture);
    QSignalSpy failed(m_panel->saver(), &FileSaver::failed);
    m_panel->save(m_folder.filePath(QStringLiteral("no such folder/ladder.svg")));
    QVERIFY(failed.wait(60'000));
    QVERIFY(!m_panel->findChild<MessageLine*>()->text().isEmpty());
}

void TestLadderSaving::stopsSaving()
{
    LadderFixture fixture;
    fixture.fill(1, 5000);
    fixture.settle();
    show(fixture.capture);
    QSignalSpy busy(m_panel->saver(), &FileSaver::busyChanged);
    const QString name = m_folder.filePath(QStringLiteral("stopped.svg"));
    m_panel->save(name);
    QVERIFY(m_panel->saver()->isBusy());
    m_panel->saver()->cancel();
    QTRY_VERIFY_WITH_TIMEOUT(!m_panel->saver()->isBusy(), 60'000);
    QCOMPARE(busy.size(), 2);
    QVERIFY(!QFile::exists(name));
    QVERIFY(QDir(m_folder.path()).entryList({ QStringLiteral("stopped*") }).isEmpty());
}

SOCKEYE_TEST(TestLadderSaving)

} // namespace sockeye

#include "tst_ladder_saving.moc"
