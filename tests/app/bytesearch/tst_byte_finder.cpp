// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/bytesearch/byte_finder.h"
#include "tests/testcase.h"

#include <QTest>

#include <vector>

using namespace sockeye;

/// Needles in bytes that come in pieces.
class TestByteFinder : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void wherever_data();
    void wherever();
    void refuses_data();
    void refuses();
    void longMatchesEndSomewhere();
    void manyKindsOfBytes();
    void endsWhenNoMoreIsWanted();
    void beginsAnew();
    void looksAtWhatCameSoFar();
};

namespace {

using MatchList = QList<std::pair<qint64, qsizetype>>;

ByteNeedle needleOf(const ByteNeedle::Made& made)
{
    if (!made) {
        qFatal("%s", qPrintable(made.error()));
    }
    return *made;
}

/// What is found in bytes that come in pieces of these sizes, and then all that is left.
MatchList findInPieces(const ByteNeedle& needle, QByteArrayView bytes, const std::vector<qsizetype>& sizes)
{
    MatchList list;
    ByteMatcher matcher(needle);
    ByteFinder finder(matcher);
    const ByteFinder::Found found = [&list](qint64 offset, qsizetype size) {
        list.append({ offset, size });
        return true;
    };
    finder.begin(0);
    for (const qsizetype size : sizes) {
        // A copy, so that whoever keeps a view of what is gone is found out.
        (void)finder.add(bytes.first(size).toByteArray(), false, found);
        bytes = bytes.sliced(size);
    }
    (void)finder.add(bytes, true, found);
    return list;
}

enum class NeedleKind { Hex, Text, Pattern };

} // namespace

Q_DECLARE_METATYPE(NeedleKind)

void TestByteFinder::wherever_data()
{
    QTest::addColumn<NeedleKind>("kind");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<MatchList>("matches");
    const auto hex = [](const char* name, const char* what, const QByteArray& bytes, MatchList matches) {
        QTest::newRow(name) << NeedleKind::Hex << QString::fromLatin1(what) << QByteArray() << bytes
                            << std::move(matches);
    };
    hex("a byte", "00", QByteArray("a\0b\0\0", 5), { { 1, 1 }, { 3, 1 }, { 4, 1 } });
    hex("two bytes", "0d 0a", "\r\nab\r\n\r\r\n", { { 0, 2 }, { 4, 2 }, { 7, 2 } });
    hex("shared bytes", "61 61", "aaaaa-aaa", { { 0, 2 }, { 2, 2 }, { 6, 2 } });
    hex("begins again in itself", "61 62 61 62 63", "abababcababc", { { 2, 5 }, { 7, 5 } });
    hex("all of it", "78 79 7a", "xyz", { { 0, 3 } });
    hex("longer than all", "78 79 7a 7a", "xyz", {});
    hex("nothing there", "01", "", {});
    hex("high bytes", "ff fe ff", "\xff\xfe\xff\xfe\xff\xff\xfe\xff", { { 0, 3 }, { 5, 3 } });
    const auto text = [](const char* name, const char* what, const char* encoding, const QByteArray& bytes,
                          MatchList matches) {
        QTest::newRow(name) << NeedleKind::Text << QString::fromUtf8(what) << QByteArray(encoding) << bytes
                            << std::move(matches);
    };
    text("UTF-8", "沉默", "UTF-8", "x沉默y沉 默", { { 1, 6 } });
    text("GBK", "沉默", "GBK", QByteArray("x\xb3\xc1\xc4\xac\xc1\xc4\xac\xb3\xc1\xc4\xac"), { { 1, 4 }, { 8, 4 } });
    text("UTF-16, little", "ab", "UTF-16LE", QByteArray("\0a\0b\0a\0b\0", 9), { { 1, 4 }, { 5, 4 } });
    text("UTF-16, big", "ab", "UTF-16BE", QByteArray("a\0a\0b\0b", 7), { { 1, 4 } });
    text("Latin-1", "é", "ISO-8859-1", "\xe9\xc3\xa9", { { 0, 1 } });
    const auto pattern = [](const char* name, const char* what, const QByteArray& bytes, MatchList matches) {
        QTest::newRow(name) << NeedleKind::Pattern << QString::fromUtf8(what) << QByteArray() << bytes
                            << std::move(matches);
    };
    pattern("pattern", "q[a-z]+y", "query-qy-qry", { { 0, 5 }, { 9, 3 } });
    pattern("bytes", "\\x00[\\xf0-\\xff]", QByteArray("\0\xef\0\xf0\0\xff", 6), { { 2, 2 }, { 4, 2 } });
    pattern("begins", "^a", "aab", { { 0, 1 } });
    pattern("ends", "a$", "aba", { { 2, 1 } });
    pattern("lines", "(?m)^a.*$", "ab\nba\nac", { { 0, 2 }, { 6, 2 } });
    pattern("whole words", "\\bcat\\b", "cat concat cat", { { 0, 3 }, { 11, 3 } });
    pattern("as long as it goes", "x+", "xx-xxxx-x", { { 0, 2 }, { 3, 4 }, { 8, 1 } });
    pattern("empty ones do not count", "x*", "-xx--x", { { 1, 2 }, { 5, 1 } });
    pattern("UTF-8 by its bytes", "é+", "\xc3\xa9-\xe9", { { 0, 2 } });
    pattern("either", "abc|b", "ababcb", { { 1, 1 }, { 2, 3 }, { 5, 1 } });
}

void TestByteFinder::wherever()
{
    QFETCH(const NeedleKind, kind);
    QFETCH(const QString, what);
    QFETCH(const QByteArray, encoding);
    QFETCH(const QByteArray, bytes);
    QFETCH(const MatchList, matches);
    const ByteNeedle needle = needleOf(kind == NeedleKind::Hex ? ByteNeedle::ofHex(what)
            : kind == NeedleKind::Text                         ? ByteNeedle::ofText(what, encoding)
                                                               : ByteNeedle::ofPattern(what));
    QCOMPARE(findInPieces(needle, bytes, {}), matches);
    for (qsizetype first = 0; first <= bytes.size(); ++first) {
        for (qsizetype second = 0; second <= bytes.size() - first; ++second) {
            QCOMPARE(findInPieces(needle, bytes, { first, second }), matches);
        }
    }
    QCOMPARE(findInPieces(needle, bytes, std::vector<qsizetype>(static_cast<std::size_t>(bytes.size()), 1)), matches);
}

void TestByteFinder::refuses_data()
{
    QTest::addColumn<NeedleKind>("kind");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QString>("why");
    QTest::newRow("no hex") << NeedleKind::Hex << QStringLiteral("0g") << QByteArray() << QStringLiteral("g");
    QTest::newRow("half a byte") << NeedleKind::Hex << QStringLiteral("0") << QByteArray() << QString();
    QTest::newRow("no bytes") << NeedleKind::Hex << QString() << QByteArray() << QStringLiteral("00 67 7b");
    QTest::newRow("no text") << NeedleKind::Text << QString() << QByteArray("UTF-8") << QStringLiteral("what to look");
    QTest::newRow("no such encoding") << NeedleKind::Text << QStringLiteral("x") << QByteArray("UTF-9")
                                      << QStringLiteral("UTF-9");
    QTest::newRow("not in it") << NeedleKind::Text << QStringLiteral("沉") << QByteArray("ISO-8859-1")
                               << QStringLiteral("ISO-8859-1");
    QTest::newRow("too long") << NeedleKind::Text << QString(70'000, u'x') << QByteArray("UTF-8")
                              << QStringLiteral("65,536");
    QTest::newRow("no pattern") << NeedleKind::Pattern << QStringLiteral("a(") << QByteArray() << QStringLiteral("a(");
    QTest::newRow("empty pattern") << NeedleKind::Pattern << QString() << QByteArray()
                                   << QStringLiteral("what to look");
}

void TestByteFinder::refuses()
{
    QFETCH(const NeedleKind, kind);
    QFETCH(const QString, what);
    QFETCH(const QByteArray, encoding);
    QFETCH(const QString, why);
    const ByteNeedle::Made made = kind == NeedleKind::Hex ? ByteNeedle::ofHex(what)
        : kind == NeedleKind::Text                        ? ByteNeedle::ofText(what, encoding)
                                                          : ByteNeedle::ofPattern(what);
    QVERIFY(!made);
    QVERIFY(!made.error().isEmpty());
    QVERIFY2(made.error().contains(why), qPrintable(made.error()));
}

void TestByteFinder::longMatchesEndSomewhere()
{
    const ByteNeedle needle = needleOf(ByteNeedle::ofPattern(u"x+y?"));
    constexpr qsizetype most = ByteNeedle::longestMatch;
    for (const qsizetype size : { most - 1, most, most + 1, 3 * most }) {
        QByteArray bytes = '-' + QByteArray(size, 'x') + "--xy";
        MatchList expected;
        for (qsizetype at = 0; at < size; at += most) {
            expected.append({ 1 + at, std::min(most, size - at) });
        }
        expected.append({ size + 3, 2 });
        QCOMPARE(findInPieces(needle, bytes, {}), expected);
        QCOMPARE(
            findInPieces(needle, bytes, std::vector<qsizetype>(static_cast<std::size_t>(size / 1000), 1000)), expected);
    }
}

void TestByteFinder::manyKindsOfBytes()
{
    // Where every byte of the needle is frequent, and where all but one are.
    for (const QByteArray& unit : { QByteArray("ab"), QByteArray("aaab"), QByteArray("ba\0", 3) }) {
        QByteArray bytes = unit.repeated(30'000);
        bytes.replace(45'001, 4, "abba");
        bytes.replace(60'002, 5, "abcba");
        for (const QByteArray& what :
            { QByteArray("abba"), QByteArray("abcba"), QByteArray("bc"), QByteArray("abab") }) {
            MatchList expected;
            for (qsizetype at = bytes.indexOf(what); at >= 0; at = bytes.indexOf(what, at + what.size())) {
                expected.append({ at, what.size() });
            }
            const ByteNeedle needle = needleOf(ByteNeedle::ofHex(QString::fromLatin1(what.toHex())));
            QCOMPARE(findInPieces(needle, bytes, {}), expected);
            QCOMPARE(findInPieces(needle, bytes, { 20'000, 20'001, 5'003, 1 }), expected);
        }
    }
}

void TestByteFinder::endsWhenNoMoreIsWanted()
{
    for (const ByteNeedle& needle : { needleOf(ByteNeedle::ofHex(u"61")), needleOf(ByteNeedle::ofPattern(u"a")) }) {
        ByteMatcher matcher(needle);
        ByteFinder finder(matcher);
        int calls = 0;
        finder.begin(0);
        QVERIFY(!finder.add("aaaa", true, [&calls](qint64, qsizetype) { return ++calls < 2; }));
        QCOMPARE(calls, 2);
    }
}

void TestByteFinder::beginsAnew()
{
    ByteMatcher matcher(needleOf(ByteNeedle::ofHex(u"61 62")));
    ByteFinder finder(matcher);
    MatchList list;
    const ByteFinder::Found found = [&list](qint64 offset, qsizetype size) {
        list.append({ offset, size });
        return true;
    };
    finder.begin(0);
    (void)finder.add("xa", false, found);
    finder.begin(100); // what is between is not there
    (void)finder.add("bab", true, found);
    QCOMPARE(list, MatchList({ { 101, 2 } }));
}

/// What touches the end is told at once, and not again when it turns out to be longer; nothing is passed over.
void TestByteFinder::looksAtWhatCameSoFar()
{
    ByteMatcher matcher(needleOf(ByteNeedle::ofPattern(u"[a-z]+[0-9]?")));
    ByteFinder finder(matcher);
    MatchList list;
    const ByteFinder::Found found = [&list](qint64 offset, qsizetype size) {
        list.append({ offset, size });
        return true;
    };
    finder.begin(0);
    (void)finder.add("ab1 cd", false, found);
    QCOMPARE(list, MatchList());
    (void)finder.lookSoFar(found);
    (void)finder.lookSoFar(found);
    QCOMPARE(list, MatchList({ { 0, 3 }, { 4, 2 } }));
    (void)finder.add("ef2g", false, found);
    (void)finder.lookSoFar(found);
    QCOMPARE(list, MatchList({ { 0, 3 }, { 4, 2 }, { 9, 1 } }));
    (void)finder.add(" h", true, found);
    QCOMPARE(list, MatchList({ { 0, 3 }, { 4, 2 }, { 9, 1 }, { 11, 1 } }));
}

SOCKEYE_TEST(TestByteFinder)
#include "tst_byte_finder.moc"
