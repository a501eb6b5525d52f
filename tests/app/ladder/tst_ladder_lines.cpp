// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ladder/ladder_lines.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

class TestLadderLines : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void givesLines_data();
    void givesLines();
    void sharesTheLast();
    void goesBack();
};

namespace {

/// Literals as texts.
QStringList lineEvents(std::initializer_list<const char*> literals)
{
    QStringList texts;
    for (const char* const literal : literals) {
        texts += QString::fromUtf8(literal);
    }
    return texts;
}

ConnectionFacts lineFacts(quint32 connection, quint16 server = 80, bool weConnected = false)
{
    const SocketAddress client { QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(40'000 + connection) };
    const SocketAddress there { QHostAddress(QHostAddress::LocalHost), server };
    ConnectionFacts facts;
    facts.weConnected = weConnected;
    facts.local = weConnected ? client : there;
    facts.peer = weConnected ? there : client;
    return facts;
}

/// "left 0: 40001 0-5; …"
QString spanTexts(const LadderLines& lines, qsizetype first, qsizetype next, qsizetype total)
{
    QStringList told;
    for (const LadderSpan& span : lines.spans(first, next, total)) {
        told += QStringLiteral("%1 %2: %3 %4-%5")
                    .arg(QLatin1StringView(span.isServer ? "right" : "left"), QString::number(span.column),
                        span.isShared ? QStringLiteral("several") : span.name.section(u':', -1),
                        QString::number(span.from), QString::number(span.to));
    }
    return told.join(QLatin1StringView("; "));
}

} // namespace

void TestLadderLines::givesLines_data()
{
    // "+1" opens connection 1, "-1" ends it, "." is a step; what stands at 100 steps.
    QTest::addColumn<QStringList>("events");
    QTest::addColumn<QString>("expected");
    QTest::newRow("none") << QStringList {} << "";
    QTest::newRow("one") << lineEvents({ "+1" }) << "left 0: 40001 0-100; right 0: 80 0-100";
    QTest::newRow("one that ends") << lineEvents({ "+1", ".", "-1", "." }) << "left 0: 40001 0-2; right 0: 80 0-100";
    QTest::newRow("one after the other") << lineEvents({ "+1", ".", "-1", "+2", "." })
                                         << "left 0: 40001 0-2; left 0: 40002 3-100; right 0: 80 0-100";
    QTest::newRow("two at once") << lineEvents({ "+1", "+2", "." })
                                 << "left 0: 40001 0-100; left 1: 40002 1-100; right 0: 80 0-100";
    QTest::newRow("the first line is free again")
        << lineEvents({ "+1", "+2", "-1", "+3", "." })
        << "left 0: 40001 0-2; left 0: 40003 3-100; left 1: 40002 1-100; right 0: 80 0-100";
    QTest::newRow("of no known connection") << lineEvents({ "-7", "." }) << "";
}

void TestLadderLines::givesLines()
{
    QFETCH(const QStringList, events);
    LadderLines lines;
    qsizetype step = 0;
    for (const QString& event : events) {
        const quint32 connection = event.sliced(1).toUInt();
        if (event.startsWith(u'+')) {
            lines.open(connection, lineFacts(connection), step);
        } else if (event.startsWith(u'-')) {
            lines.close(connection, step);
        }
        ++step;
    }
    QTEST(spanTexts(lines, 0, 100, 100), "expected");
}

void TestLadderLines::sharesTheLast()
{
    LadderLines lines;
    for (quint32 connection = 1; connection <= 10; ++connection) {
        lines.open(connection, lineFacts(connection, static_cast<quint16>(80 + connection), true), connection);
    }
    QCOMPARE(lines.leftColumns(), LadderLines::mostLeft);
    QCOMPARE(lines.rightColumns(), LadderLines::mostRight);
    QCOMPARE(lines.of(10).left, LadderLines::mostLeft - 1);
    QCOMPARE(lines.of(10).right, LadderLines::mostRight - 1);
    QVERIFY(spanTexts(lines, 20, 30, 100).contains(QStringLiteral("left 7: several 10-100")));
    QVERIFY(spanTexts(lines, 20, 30, 100).contains(QStringLiteral("right 3: several")));
    // Who is left of them is not known by name any more, until the line is free.
    for (const quint32 connection : { 8U, 9U }) {
        lines.close(connection, 40 + connection);
    }
    QVERIFY(spanTexts(lines, 60, 61, 100).contains(QStringLiteral("left 7: several 49-100")));
    lines.close(10, 70);
    QVERIFY(!spanTexts(lines, 80, 81, 100).contains(QStringLiteral("left 7")));
}

void TestLadderLines::goesBack()
{
    LadderLines lines;
    lines.open(1, lineFacts(1), 0);
    const LadderLines::State state = lines.state();
    const QString before = spanTexts(lines, 0, 100, 100);
    lines.close(1, 3);
    lines.open(2, lineFacts(2, 81), 4);
    QVERIFY(spanTexts(lines, 0, 100, 100) != before);
    lines.goBack(state);
    QCOMPARE(spanTexts(lines, 0, 100, 100), before);
    lines.open(3, lineFacts(3), 5);
    QCOMPARE(lines.of(3).left, 1);
}

SOCKEYE_TEST(TestLadderLines)
#include "tst_ladder_lines.moc"
