// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kaitai_help.h"
#include "protocol/kaitai/cutter.h"
#include "tests/testcase.h"

#include <algorithm>

using namespace sockeye;
using namespace sockeye::kaitai;

class TestCutter : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void everyCut_data();
    void everyCut();
    void waiting();
    void fault();
    void tooLong();
    void notOnStreams_data();
    void notOnStreams();
    void linearWork();
    void manySmallElements();
};

namespace {

/// Feeds the bytes as they come in pieces of `piece`, asking only when what was asked for is there. The sizes of the
/// messages, or the fault.
QByteArray cut(const std::shared_ptr<const Description>& description, const QByteArray& stream, qsizetype piece)
{
    Cutter cutter(description);
    QByteArray out;
    qsizetype begin = 0;
    qint64 needed = 0;
    for (qsizetype end = 0; end <= stream.size();
         end = end == stream.size() ? end + 1 : std::min(end + piece, stream.size())) {
        while (end - begin >= needed) {
            // In other memory each time, as a buffer that grows does.
            const QByteArray bytes = stream.sliced(begin, end - begin);
            const CutResult result = cutter.feed(bytes);
            if (result.kind == CutResult::Kind::Fault) {
                return out + "! " + describe(result.fault).toUtf8();
            }
            if (result.kind == CutResult::Kind::Need) {
                needed = result.size;
                if (needed <= end - begin) {
                    return out + "? asks for what is there";
                }
                break;
            }
            out += QByteArray::number(result.size) + ' ';
            begin += result.size;
            needed = 0;
            cutter.restart();
        }
    }
    return out + '+' + QByteArray::number(stream.size() - begin);
}

} // namespace

void TestCutter::everyCut_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* text, const char* hex, const char* expected) {
        QTest::newRow(name) << QByteArray("meta: {id: m, endian: be, encoding: ASCII}\n") + text << QByteArray(hex)
                            << QByteArray(expected);
    };
    row("fixed", "seq: [{id: a, type: u2}, {id: b, size: 2}]", "00010203 00010203 00", "4 4 +1");
    row("length in front", "seq: [{id: n, type: u1}, {id: b, size: n}]", "02 6162 00 03 616263 02 61", "3 1 4 +2");
    row("terminators", "seq: [{id: a, type: strz}, {id: b, terminator: 0x0a}]", "6100620a 000a 61", "4 2 +1");
    row("wide terminator", "seq: [{id: a, terminator: [13, 10]}]", "610d0d0a 0d0a 0d", "4 2 +1");
    row("bits", "seq: [{id: a, type: b4}, {id: b, type: b12}]", "1234 5678", "2 2 +0");
    row("elements",
        "seq: [{id: n, type: u1}, {id: a, type: t, repeat: expr, repeat-expr: n}]\n"
        "types: {t: {seq: [{id: k, type: u1}, {id: v, size: k}]}}",
        "02 0161 00 00 01 0261", "4 1 +3");
    row("until",
        "seq: [{id: a, type: t, repeat: until, repeat-until: _.k == 0}]\ntypes: {t: {seq: [{id: k, type: u1}, {id: "
        "v, size: k}]}}",
        "0161 0262630000 00 01", "6 1 1 +1");
    row("sum of a field that is passed over",
        "seq: [{id: n, type: u1}, {id: a, type: u2, repeat: expr, repeat-expr: n}]", "02 00010002 00", "5 1 +0");
    row("sized types",
        "seq: [{id: n, type: u1}, {id: a, size: n, type: t}]\ntypes: {t: {seq: [{id: x, type: u1, repeat: eos}]}}",
        "03 010203 00", "4 1 +0");
    row("instances on the way", "seq: [{id: n, type: u1}, {id: a, size: last}]\ninstances: {last: {pos: n, type: u1}}",
        "01 02 03 01 01", "3 2 +0");
    row("nested", "seq: [{id: a, type: t}]\ntypes: {t: {seq: [{id: k, type: u1}, {id: v, type: t, if: k != 0}]}}",
        "010100 00 01", "3 1 +1");
}

void TestCutter::everyCut()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, hex);
    QFETCH(QByteArray, expected);
    const auto description = loaded(text);
    QVERIFY(description);
    QVERIFY(!description->cuttingProblem());
    const QByteArray stream = QByteArray::fromHex(hex);
    for (qsizetype piece = 1; piece <= stream.size(); ++piece) {
        QCOMPARE(cut(description, stream, piece), expected);
    }
}

void TestCutter::waiting()
{
    const auto description = loaded("meta: {id: m}\nseq: [{id: head, type: h}, {id: text, terminator: 0}]\n"
                                    "types: {h: {seq: [{id: n, type: u1}, {id: data, size: n}]}}");
    QVERIFY(description);
    Cutter cutter(description);
    CutResult result = cutter.feed(QByteArray("\x0c"
                                              "abc"));
    QCOMPARE(result.kind, CutResult::Kind::Need);
    QCOMPARE(result.size, 13);
    QCOMPARE(waitingText(result), QStringLiteral("head.data: 3 of 12 bytes"));
    result = cutter.feed(QByteArray("\x0c"
                                    "abcdefghijklxy"));
    QCOMPARE(result.size, 16);
    QCOMPARE(waitingText(result), QStringLiteral("text: 2 bytes, and not its end yet"));
}

void TestCutter::fault()
{
    const auto description = loaded("meta: {id: m}\nseq: [{id: n, type: u1}, {id: magic, contents: [1, 2]}]");
    QVERIFY(description);
    QCOMPARE(cut(description, QByteArray::fromHex("05 0102 06 0103"), 1),
        QByteArray("3 ! magic, byte 1: 01 02 was expected, but it is 01 03."));
}

void TestCutter::tooLong()
{
    const auto description =
        loaded("meta: {id: m, endian: be, -max: 1 KiB}\nseq: [{id: n, type: u4}, {id: a, size: n}]");
    QVERIFY(description);
    Cutter cutter(description);
    QCOMPARE(cutter.feed(QByteArray::fromHex("000003f0")).kind, CutResult::Kind::Need);
    cutter.restart();
    // At once, not when they have come.
    const CutResult result = cutter.feed(QByteArray::fromHex("7fffffff"));
    QCOMPARE(result.kind, CutResult::Kind::Fault);
    QCOMPARE(describe(result.fault),
        QStringLiteral("a, byte 4: The message has at least 2147483651 bytes, but 1024 are the most."));
}

void TestCutter::notOnStreams_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("path");
    QTest::newRow("size-eos") << QByteArray("seq: [{id: a, type: u1}, {id: b, size-eos: true}]")
                              << QStringLiteral("/seq/1");
    QTest::newRow("repeat eos") << QByteArray("seq: [{id: a, type: u1, repeat: eos}]") << QStringLiteral("/seq/0");
    QTest::newRow("in a type") << QByteArray("seq: [{id: a, type: t}]\ntypes: {t: {seq: [{id: b, size-eos: true}]}}")
                               << QStringLiteral("/types/t/seq/0");
    QTest::newRow("in a case") << QByteArray(
        "seq: [{id: a, type: {switch-on: 1, cases: {1: t}}}]\ntypes: {t: {seq: [{id: b, "
        "size-eos: true}]}}") << QStringLiteral("/types/t/seq/0");
    QTest::newRow("eof") << QByteArray("seq: [{id: a, type: u1, repeat: until, repeat-until: _io.eof}]")
                         << QStringLiteral("/seq/0");
    QTest::newRow("size of the stream") << QByteArray("seq: [{id: a, size: _io.size - 1}]") << QStringLiteral("/seq/0");
}

void TestCutter::notOnStreams()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, path);
    const auto description = loaded("meta: {id: m}\n" + text);
    QVERIFY(description);
    const auto problem = description->cuttingProblem();
    QVERIFY(problem.has_value());
    QCOMPARE(QString::fromUtf8(problem->place.path), path);
    QVERIFY2(problem->text.contains(QStringLiteral("over UDP")), qPrintable(problem->text));
    QVERIFY(cut(description, "abc", 1).contains("! "));
}

/// However small the pieces are, no byte is looked at twice: a quadratic way would take minutes here.
void TestCutter::linearWork()
{
    const auto lines =
        loaded("meta: {id: m}\nseq: [{id: a, type: l, repeat: until, repeat-until: _.text.length == 0}]\n"
               "types: {l: {seq: [{id: text, type: str, encoding: ASCII, terminator: 10}]}}");
    QVERIFY(lines);
    QByteArray message = QByteArray(40'000, 'x') + '\n';
    message += QByteArray("abc\n").repeated(5'000) + '\n';
    Cutter cutter(lines);
    CutResult result;
    for (qsizetype size = 1; size <= message.size(); ++size) {
        if (size >= result.size) {
            result = cutter.feed(QByteArrayView(message).first(size));
        }
    }
    QCOMPARE(result.kind, CutResult::Kind::Message);
    QCOMPARE(result.size, message.size());
}

void TestCutter::manySmallElements()
{
    const auto description =
        loaded("meta: {id: m, endian: be}\nseq: [{id: n, type: u4}, {id: a, type: u1, repeat: expr, "
               "repeat-expr: n}]");
    QVERIFY(description);
    // More elements than a message may have fields: nobody asks for them.
    const QByteArray message = QByteArray::fromHex("00800000") + QByteArray(0x800000, 'x');
    Cutter cutter(description);
    QCOMPARE(cutter.feed(QByteArrayView(message).first(10)).size, message.size());
    QCOMPARE(cutter.feed(message).kind, CutResult::Kind::Message);
}

SOCKEYE_TEST(TestCutter)
#include "tst_kaitai_cutter.moc"
