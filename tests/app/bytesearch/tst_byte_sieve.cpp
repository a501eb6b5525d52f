// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/bytesearch/byte_finder.h"
#include "app/bytesearch/byte_sieve.h"
#include "protocol/filter/pattern.h"
#include "tests/testcase.h"

#include <QRandomGenerator>
#include <QTest>

using namespace sockeye;

/// What the sieve says against what RE2 finds.
class TestByteSieve : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void knowsWhatDiffers_data();
    void knowsWhatDiffers();
    void losesNothing();
    void finds();
};

void TestByteSieve::knowsWhatDiffers_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<bool>("isUsual");
    const auto row = [](const char* name, const char* expression, bool isUsual) {
        QTest::newRow(name) << QByteArray(expression) << isUsual;
    };
    row("text", "rabbit", true);
    row("classes", "[a-z]+@[^\\d]+\\.com", true);
    row("any case", "(?i)rabbit", true);
    row("any case of a group", "a(?i:rabbit)", true);
    row("counted", "[0-9]{4,9}x{3}y{2,}", true);
    row("bytes", "\\x00\\xff[\\x01-\\x7f]", true);
    row("UTF-8", "caf\xc3\xa9", true);
    row("ends", "^a|b$", true);
    row("spaces", "a\\s+b", true);
    row("nothing", "", false);
    row("no spaces", "\\S+", false);
    row("a set without spaces", "[^\\s]+", false);
    row("any case beyond ASCII", "(?i)caf\xc3\xa9", false);
    row("any case of a byte", "(?i)\\xe9", false);
    row("lines", "(?m)^a$", false);
    row("all in one line", "(?s)a.b", false);
    row("least", "(?U)a+", false);
    row("a name", "(?P<n>a)", false);
    row("properties", "\\pL", false);
    row("quoted", "\\Qa+\\E", false);
    row("one digit", "\\x4", false);
    row("long code", "\\x{41}", false);
    row("octal", "\\012", false);
    row("a brace", "{\"id\"", false);
    row("a brace at the end", "a{", false);
    row("often", "a{65}", false);
    row("huge", "a{99999999999999999999}", false);
    row("in each other", "(((a{9}){9}){9}){9}", false);
    row("named set", "[[:space:]]", false);
    row("a bracket in a set", "[]a]", false);
    row("an end", "a\\", false);
}

void TestByteSieve::knowsWhatDiffers()
{
    QFETCH(const QByteArray, expression);
    QTEST(meansNoLess(expression), "isUsual");
}

/// Expressions and bytes at random, of few kinds, so that they meet often.
void TestByteSieve::losesNothing()
{
    if (!ByteSieve::isThere()) {
        QSKIP("Hyperscan is not in this build.");
    }
    const QByteArrayList pieces { "a", "b", "ab", ".", "[ab]", "[^a]", "[^b\\n]", "\\b", "\\B", "^", "$", "\\s", "\\w",
        "\\W", "\\d", "\\D", "\\x0a", "\\x00", "\\xff", "\\xc3", "\xc3\xa9", "a*", "b+", "(?:ab)?", "(a|b)", "(|a)",
        "a{2}", "b{1,3}", "a*?", "(?i)", "(?i:A)", "A", "\\n", "\\.", "-", "|" };
    const QByteArray letters("aabbAB \n\0\xff\xc3\xa9_\x0b-.", 17);
    QRandomGenerator random(14);
    const auto below = [&random](qsizetype end) { return random.bounded(static_cast<int>(end)); };
    int sieves = 0;
    int without = 0;
    for (int i = 0; i < 800; ++i) {
        QByteArray expression;
        for (int count = 1 + below(6); count > 0; --count) {
            expression += pieces.at(below(pieces.size()));
        }
        filter::Pattern::Problem problem;
        const auto pattern = filter::Pattern::make(expression, problem);
        const auto sieve = pattern ? ByteSieve::make(expression) : nullptr;
        if (!sieve) {
            continue;
        }
        ++sieves;
        for (int sample = 0; sample < 10; ++sample) {
            QByteArray bytes(below(20), '\0');
            for (char& each : bytes) {
                each = letters.at(below(letters.size()));
            }
            const bool mayBe = sieve->mayBeIn(bytes);
            without += mayBe ? 0 : 1;
            QVERIFY2(mayBe || !pattern->isInBytes(bytes),
                qPrintable(QString::fromLatin1(expression + " in " + bytes.toHex(' '))));
        }
    }
    QVERIFY(sieves > 400);
    QVERIFY(without > 400); // and it does say no
}

/// The byte before where one goes on matters.
void TestByteSieve::finds()
{
    QByteArray bytes(300'000, '.');
    bytes.replace(5000, 3, "xab");
    bytes.replace(100'000, 3, " ab");
    bytes.replace(299'997, 3, "xab");
    for (const auto& [expression, expected] :
        { std::pair("\\bab", QList<qint64> { 100'001 }), std::pair("\\Bab", QList<qint64> { 5001, 299'998 }),
            std::pair("[w-y]a", QList<qint64> { 5000, 299'997 }), std::pair("b$", QList<qint64> { 299'999 }),
            std::pair("^\\.", QList<qint64> { 0 }), std::pair("ab{2}", QList<qint64> {}) }) {
        const auto needle = ByteNeedle::ofPattern(QString::fromLatin1(expression));
        QVERIFY(needle);
        for (const qsizetype piece : { 1000, 70'000, 300'000 }) {
            ByteMatcher matcher(*needle);
            ByteFinder finder(matcher);
            finder.begin(0);
            QList<qint64> found;
            for (qsizetype at = 0; at < bytes.size(); at += piece) {
                const QByteArray part = bytes.mid(at, piece);
                QVERIFY(finder.add(part, at + piece >= bytes.size(), [&found](qint64 offset, qsizetype) {
                    found.append(offset);
                    return true;
                }));
            }
            QCOMPARE(found, expected);
        }
    }
}

SOCKEYE_TEST(TestByteSieve)

#include "tst_byte_sieve.moc"
