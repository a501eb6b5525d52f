// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/events/event.h"
#include "app/words/english_plurals.h"
#include "tests/testcase.h"

#include <QCoreApplication>
#include <QTest>

using namespace sockeye;

namespace {

class TestEnglishPlurals : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void forms_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<int>("n");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* source, const char* one, const char* several) {
            QTest::addRow("1 %s", source) << QByteArray(source) << 1 << QString::fromLatin1(one);
            QTest::addRow("3 %s", source) << QByteArray(source) << 3 << QString::fromLatin1(several);
        };
        row("%n more byte(s) after the error.", "1 more byte after the error.", "3 more bytes after the error.");
        row("%n packet(s) that hold neither TCP nor UDP over IP are not shown.",
            "1 packet that holds neither TCP nor UDP over IP is not shown.",
            "3 packets that hold neither TCP nor UDP over IP are not shown.");
        row("%n packet(s) whose headers are cut short are not shown.",
            "1 packet whose headers are cut short is not shown.",
            "3 packets whose headers are cut short are not shown.");
        row("%n fragment(s) of IP packets are not put together: what they carried is missing.",
            "1 fragment of IP packets is not put together: what it carried is missing.",
            "3 fragments of IP packets are not put together: what they carried is missing.");
        row("%n page(s) of the workspace are of a kind that this version does not know, and were left out.",
            "1 page of the workspace is of a kind that this version does not know, and was left out.",
            "3 pages of the workspace are of a kind that this version does not know, and were left out.");
        QTest::newRow("none") << QByteArray("%n byte(s)") << 0 << QStringLiteral("0 bytes");
        QTest::newRow("thousands") << QByteArray("%n byte(s)") << 1'032'522 << QStringLiteral("1,032,522 bytes");
        QTest::newRow("thousands, no plural") << QByteArray("%n of them") << 1'000 << QStringLiteral("1,000 of them");
        QTest::newRow("no plural") << QByteArray("%n of them") << 1 << QStringLiteral("1 of them");
    }
    void forms()
    {
        QFETCH(QByteArray, source);
        QFETCH(int, n);
        QFETCH(QString, expected);
        EnglishPlurals plurals;
        QVERIFY(QCoreApplication::installTranslator(&plurals));
        QCOMPARE(QCoreApplication::translate("Any", source.constData(), nullptr, n), expected);
        QCoreApplication::removeTranslator(&plurals);
    }

    void textsWithoutNumberStay()
    {
        EnglishPlurals plurals;
        QVERIFY(QCoreApplication::installTranslator(&plurals));
        QCOMPARE(QCoreApplication::translate("Any", "name(s) are not shown"), QStringLiteral("name(s) are not shown"));
        QCOMPARE(leftOutText(1),
            QStringLiteral("gap: 1 byte left out here: it came faster than the capture could be written."));
        QCoreApplication::removeTranslator(&plurals);
    }
};

} // namespace

SOCKEYE_TEST(TestEnglishPlurals)
#include "tst_english_plurals.moc"
