// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "tests/ui/models/capture_fixture.h"
#include "ui/messages/message_finder.h"

#include <QSignalSpy>
#include <QTest>

namespace sockeye {

class TestMessageFinder : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void findsText();
    void goesRound();
    void goesBackwards();
    void looksAtShownRowsOnly();
    void findsBytes();
    void findsBytesAcrossPieces();
    void findsNothing();
    void canBeCancelled();

private:
    void setUp();
    qsizetype found(FindRequest request);
    FindRequest request(const QString& text) const;
    std::unique_ptr<CaptureFixture> m_fixture;
};

void TestMessageFinder::setUp()
{
    m_fixture = std::make_unique<CaptureFixture>();
    m_fixture->open(1);
    for (const char* query : { "apple", "Banana", "cherry", "banana split" }) {
        m_fixture->in(1, CaptureFixture::search(QLatin1StringView(query)));
    }
    m_fixture->settle();
}

FindRequest TestMessageFinder::request(const QString& text) const
{
    FindRequest request;
    request.capture = m_fixture->capture;
    request.count = m_fixture->capture->messageCount();
    request.text = text;
    return request;
}

/// The capture row that a search ends with, -1 for none, -2 for a search that does not end.
qsizetype TestMessageFinder::found(FindRequest request)
{
    MessageFinder finder;
    QSignalSpy foundSpy(&finder, &MessageFinder::found);
    QSignalSpy notFoundSpy(&finder, &MessageFinder::notFound);
    finder.find(request);
    if (!QTest::qWaitFor([&] { return !foundSpy.isEmpty() || !notFoundSpy.isEmpty(); })) {
        return -2;
    }
    return foundSpy.isEmpty() ? -1 : foundSpy.first().first().value<qsizetype>();
}

void TestMessageFinder::findsText()
{
    setUp();
    QCOMPARE(found(request(QStringLiteral("BANANA"))), 1);
    FindRequest next = request(QStringLiteral("banana"));
    next.start = 2;
    QCOMPARE(found(next), 3);
}

void TestMessageFinder::goesRound()
{
    setUp();
    FindRequest round = request(QStringLiteral("apple"));
    round.start = 3;
    QCOMPARE(found(round), 0);
}

void TestMessageFinder::goesBackwards()
{
    setUp();
    FindRequest back = request(QStringLiteral("banana"));
    back.backwards = true;
    back.start = 2;
    QCOMPARE(found(back), 1);
    back.start = 0;
    QCOMPARE(found(back), 3);
}

void TestMessageFinder::looksAtShownRowsOnly()
{
    setUp();
    FindRequest filtered = request(QStringLiteral("banana"));
    filtered.rows = std::make_shared<const MessageRows>(MessageRows { 0, 2, 3 });
    filtered.count = 3;
    QCOMPARE(found(filtered), 3);
}

void TestMessageFinder::findsBytes()
{
    setUp();
    FindRequest bytes = request({});
    bytes.bytes = QByteArrayLiteral("cherry");
    QCOMPARE(found(bytes), 2);
}

void TestMessageFinder::findsBytesAcrossPieces()
{
    setUp();
    // Pieces are 256 KiB: the match lies across the first border.
    QByteArray content(600'000, '\0');
    content.replace(256 * 1024 - 150, 300, QByteArray(300, '\x7e'));
    m_fixture->in(1, CaptureFixture::binary(content));
    m_fixture->settle();
    FindRequest bytes = request({});
    bytes.bytes = QByteArray(300, '\x7e');
    QCOMPARE(found(bytes), 4);
}

void TestMessageFinder::findsNothing()
{
    setUp();
    QCOMPARE(found(request(QStringLiteral("durian"))), -1);
    FindRequest none = request(QStringLiteral("apple"));
    none.count = 0;
    QCOMPARE(found(none), -1);
}

void TestMessageFinder::canBeCancelled()
{
    setUp();
    MessageFinder finder;
    QSignalSpy foundSpy(&finder, &MessageFinder::found);
    finder.find(request(QStringLiteral("apple")));
    finder.cancel();
    finder.find(request(QStringLiteral("cherry")));
    QTRY_COMPARE(foundSpy.size(), 1);
    QCOMPARE(foundSpy.first().first().value<qsizetype>(), 2);
}

SOCKEYE_TEST(TestMessageFinder)

} // namespace sockeye

#include "tst_message_finder.moc"
