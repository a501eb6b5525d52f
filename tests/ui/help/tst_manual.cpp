// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/window/window_test.h"
#include "ui/help/manual_window.h"

#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QTest>
#include <QTextBrowser>

using namespace sockeye;

class TestManual : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { qDeleteAll(m_parent.findChildren<ManualWindow*>()); }
    void everyPageIsListed();
    void linksLeadToPages();
    void findsWords();
    void opensOnce();

private:
    QWidget m_parent;
};

void TestManual::everyPageIsListed()
{
    const ManualWindow* manual = ManualWindow::open({}, &m_parent);
    const auto* pages = manual->findChild<QListWidget*>();
    QCOMPARE(pages->count(), QDir(QStringLiteral(":/sockeye/manual")).entryList().size());
    for (int row = 0; row < pages->count(); ++row) {
        QVERIFY2(!pages->item(row)->text().isEmpty(), qPrintable(QString::number(row)));
    }
    QCOMPARE(manual->page(), QStringLiteral("first-steps"));
}

void TestManual::linksLeadToPages()
{
    static const QRegularExpression link(QStringLiteral("\\]\\(([^):]+)\\)"));
    const QDir folder(QStringLiteral(":/sockeye/manual"));
    int links = 0;
    for (const QString& name : folder.entryList()) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        for (auto each = link.globalMatch(text); each.hasNext();) {
            const QString target = each.next().captured(1);
            QVERIFY2(folder.exists(target), qPrintable(QString(name + u": " + target)));
            ++links;
        }
    }
    QVERIFY(links > 0);
}

void TestManual::findsWords()
{
    ManualWindow* manual = ManualWindow::open({}, &m_parent);
    auto* words = manual->findChild<QLineEdit*>();
    const auto* pages = manual->findChild<QListWidget*>();
    const auto* text = manual->findChild<QTextBrowser*>();
    QTest::keyClicks(words, QStringLiteral("SETCAP"));
    QCOMPARE(manual->page(), QStringLiteral("captures"));
    QCOMPARE(text->textCursor().selectedText(), QStringLiteral("setcap"));
    const int first = text->textCursor().selectionStart();
    QTest::keyClick(words, Qt::Key_Return);
    QVERIFY(text->textCursor().selectionStart() > first);
    words->setText(QStringLiteral("no such words"));
    const QList<QLabel*> labels = manual->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text() == QStringLiteral("No page has these words.");
    }));
    words->clear();
    QVERIFY(!pages->item(pages->count() - 1)->isHidden());
}

void TestManual::opensOnce()
{
    ManualWindow* manual = ManualWindow::open(QStringLiteral("filters"), &m_parent);
    QCOMPARE(manual->page(), QStringLiteral("filters"));
    QTest::ignoreMessage(QtWarningMsg, "This plugin does not support raise()");
    QCOMPARE(ManualWindow::open({}, &m_parent), manual);
    QCOMPARE(manual->page(), QStringLiteral("filters"));
    QCOMPARE(manual->findChild<QListWidget*>()->currentItem()->text(), QStringLiteral("Filters"));
}

SOCKEYE_TEST(TestManual)
#include "tst_manual.moc"
