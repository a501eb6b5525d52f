// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/channel/unsent_bytes.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

class TestUnsentBytes : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void isEmptyAtFirst()
    {
        const UnsentBytes bytes;
        QVERIFY(bytes.isEmpty());
        QCOMPARE(bytes.size(), 0);
        QVERIFY(bytes.view().isEmpty());
    }

    void keepsTheOrder_data()
    {
        QTest::addColumn<int>("added");
        QTest::addColumn<int>("taken");
        QTest::newRow("as much as comes") << 7 << 7;
        QTest::newRow("one at a time") << 7 << 1;
        QTest::newRow("less than comes") << 9 << 4;
        QTest::newRow("more than comes at once") << 3 << 11;
    }

    /// Takes some after each piece, and the rest at the end: what comes out is what went in.
    void keepsTheOrder()
    {
        QFETCH(const int, added);
        QFETCH(const int, taken);
        UnsentBytes bytes;
        QByteArray in;
        QByteArray out;
        const auto take = [&](qsizetype size) {
            out += bytes.view().first(std::min(size, bytes.size())).toByteArray();
            bytes.discard(std::min(size, bytes.size()));
        };
        for (int i = 0; i < 1000; ++i) {
            const QByteArray piece(added, static_cast<char>('a' + i % 26));
            in += piece;
            bytes.append(piece);
            QCOMPARE(bytes.size(), in.size() - out.size());
            take(taken);
        }
        while (!bytes.isEmpty()) {
            take(taken);
        }
        QCOMPARE(out, in);
    }

    void forgets()
    {
        UnsentBytes bytes;
        bytes.append("abc");
        bytes.discard(1);
        bytes.clear();
        QVERIFY(bytes.isEmpty());
        bytes.append("d");
        QCOMPARE(bytes.view().toByteArray(), QByteArray("d"));
    }

    /// Of many bytes, a few at a time: not each time all that is left is moved.
    void costsTheSameHoweverManyWait()
    {
        UnsentBytes bytes;
        bytes.append(QByteArray(64 * 1024 * 1024, 'x'));
        for (int i = 0; i < 1'000'000; ++i) {
            bytes.discard(1); // quadratic, this would take hours
        }
        QCOMPARE(bytes.size(), 64 * 1024 * 1024 - 1'000'000);
    }
};

} // namespace

SOCKEYE_TEST(TestUnsentBytes)
#include "tst_unsent_bytes.moc"
