// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/message_calls.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

class TestMessageCalls : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void countsCalls_data()
    {
        QTest::addColumn<QList<int>>("segments");
        QTest::addColumn<QList<int>>("messages"); // their sizes
        QTest::addColumn<QString>("expected"); // a count for each, with + where it is glued
        const auto row = [](const char* name, const QList<int>& segments, const QList<int>& messages,
                             const char* expected) {
            QTest::newRow(name) << segments << messages << QString::fromLatin1(expected);
        };
        row("one each", { 5, 7 }, { 5, 7 }, "1 1");
        row("two in one", { 12 }, { 5, 7 }, "1+ 1+");
        row("one in two", { 3, 2 }, { 5 }, "2");
        row("byte by byte", { 1, 1, 1, 1 }, { 2, 2 }, "2 2");
        row("the end of one with the next", { 3, 9 }, { 5, 7 }, "2+ 1+");
        row("a beginning behind a whole one", { 7, 5 }, { 5, 7 }, "1+ 2+");
        row("three in three, shifted", { 3, 4, 5 }, { 4, 4, 4 }, "2+ 2+ 1+");
        row("empty datagrams", { 0, 0, 0 }, { 0, 0, 0 }, "1 1 1");
        row("some empty datagrams", { 0, 3, 0 }, { 0, 3, 0 }, "1 1 1");
    }
    void countsCalls()
    {
        QFETCH(QList<int>, segments);
        QFETCH(QList<int>, messages);
        QFETCH(QString, expected);
        MessageCalls calls;
        QStringList found;
        qint64 offset = 0;
        auto message = messages.cbegin();
        for (const int segment : segments) {
            calls.segment(segment);
            // A message is told as soon as it is whole; of empty ones one for each call.
            while (message != messages.cend() && offset + *message <= calls.end() && (*message > 0 || segment == 0)) {
                const MessageCalls::Calls its = calls.message(offset, *message);
                found.append(QString::number(its.count) + (its.glued ? u"+" : u""));
                offset += *message;
                const bool isEmpty = *message++ == 0;
                if (isEmpty) {
                    break;
                }
            }
        }
        QCOMPARE(found.join(u' '), expected);
    }

    void gaps()
    {
        MessageCalls calls;
        calls.segment(5);
        QCOMPARE(calls.message(0, 5).count, 1);
        calls.gap(100);
        QCOMPARE(calls.end(), 105);
        calls.segment(7);
        const MessageCalls::Calls its = calls.message(105, 7);
        QCOMPARE(its.count, 1);
        QVERIFY(!its.glued);
    }

    void neverAMessage()
    {
        MessageCalls calls;
        for (int i = 0; i < 300'000; ++i) {
            calls.segment(10);
        }
        QVERIFY(calls.message(0, 3'000'000).count >= 100'000);
    }
};

} // namespace

SOCKEYE_TEST(TestMessageCalls)
#include "tst_message_calls.moc"
