// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/registry.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

/// Silence ends its messages, not what came.
class TestIdleCutter : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void idle();
};

void TestIdleCutter::idle()
{
    const auto protocol = protocolFromName(u"idle:ms=20").value_or(nullptr);
    QVERIFY(protocol);
    QVERIFY(!protocolFromName(u"idle"));
    QVERIFY(!protocolFromName(u"idle:ms=0"));
    Limits limits;
    limits.maxContent = 10;
    const auto framing = protocol->newFraming(limits);
    Frames frames;
    QCOMPARE(framing->patience(), 20);
    framing->silence(frames);
    framing->feed("ab", frames);
    framing->feed("c", frames);
    QCOMPARE(frames.size(), 0U);
    QVERIFY(framing->progress().isWithin());
    QCOMPARE(framing->progress().have, 3);
    framing->silence(frames);
    framing->silence(frames);
    QCOMPARE(frames.size(), 1U);
    QCOMPARE(frames[0].size, 3);
    QVERIFY(!framing->progress().isWithin());
    framing->feed("defg", frames);
    framing->finish(frames);
    QCOMPARE(frames.size(), 2U);
    QCOMPARE(frames[1].offset, 3);
    QCOMPARE(frames[1].size, 4);
    framing->feed("01234567890", frames);
    QVERIFY(framing->error());
    QCOMPARE(framing->error()->code, ErrorCode::TooLong);
}

SOCKEYE_TEST(TestIdleCutter)
#include "tst_idle_cutter.moc"
