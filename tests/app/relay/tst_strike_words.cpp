// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay_script.h"
#include "app/words/english_plurals.h"
#include "tests/testcase.h"

#include <QCoreApplication>
#include <QTest>

using namespace sockeye;

namespace {

/// What people read of a strike.
class TestStrikeWords : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void says_data()
    {
        QTest::addColumn<QJsonObject>("detail");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const QJsonObject& detail, const char* words) {
            QTest::newRow(name) << detail << QString::fromUtf8(words);
        };
        row("nothing more", {}, ".");
        row("late", { { QStringLiteral("delay_us"), 34'981 } }, ": 35.0 ms later.");
        row("lost", { { QStringLiteral("lost"), true } }, ": lost.");
        row("sliced", { { QStringLiteral("slices"), 3 } }, ": in 3 pieces.");
        row("twice", { { QStringLiteral("copies"), 2 } }, ": sent 2 times.");
        row("overtaken", { { QStringLiteral("overtaken_by"), 1 } }, ": behind 1 that came later.");
        row("glued", { { QStringLiteral("glued"), 2 } }, ": 2 messages glued.");
        row("XOR", { { QStringLiteral("xor"), 9 } }, ": XOR 0x09.");
        row("another size", { { QStringLiteral("bytes"), 1 } }, ": 1 byte now.");
        row("retransmitted", { { QStringLiteral("delay_us"), 200'000 }, { QStringLiteral("tries"), 1 } },
            ": 200 ms later, lost 1 time before.");
        row("what nobody knows", { { QStringLiteral("colour"), QStringLiteral("red") } }, ": colour red.");
    }
    void says()
    {
        QFETCH(const QJsonObject, detail);
        QFETCH(const QString, words);
        EnglishPlurals plurals;
        QVERIFY(QCoreApplication::installTranslator(&plurals));
        FaultSettings fault;
        fault.name = QStringLiteral("mine");
        const QString text = strikeText(Direction::Out, fault, { 1'000, 30, detail });
        QCoreApplication::removeTranslator(&plurals);
        QCOMPARE(text, QStringLiteral("Fault mine struck 30 bytes from the target, at byte 1,000") + words);
    }
};

} // namespace

SOCKEYE_TEST(TestStrikeWords)
#include "tst_strike_words.moc"
