// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kaitai/kaitai_help.h"
#include "protocol/protocols/described/described_protocol.h"
#include "protocol/protocols/registry.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

/// 64 MiB in pieces of one byte, and 16 where nothing is optimized: a minute at most where each byte is looked at once,
/// days where a rule looks back.
class TestCuttersLarge : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void linear_data();
    void linear();
};

namespace {

constexpr qsizetype mebi = 1024 * 1024;
#ifdef __OPTIMIZE__
constexpr qsizetype all = 64 * mebi;
#else
constexpr qsizetype all = 16 * mebi;
#endif

ProtocolPtr lengthFirst()
{
    const auto description =
        kaitai::loaded("meta: {id: m, endian: be}\nseq: [{id: n, type: u4}, {id: head, type: head}, "
                       "{id: body, size: n - 4}]\ntypes: {head: {seq: [{id: a, type: u2}, "
                       "{id: b, type: u2}]}}");
    return description ? std::make_shared<const DescribedProtocol>(QStringLiteral("m.ksy"), description) : nullptr;
}

} // namespace

void TestCuttersLarge::linear_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("filling"); ///< again and again in between
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<qsizetype>("size"); ///< of a message; there are as many as make 64 MiB
    const auto row = [](const char* name, const QByteArray& begin, const char* filling, const QByteArray& end,
                         qsizetype size = all) {
        QTest::newRow(name) << QByteArray(name).split(' ').first() << begin << QByteArray(filling) << end << size;
    };
    row("delimited:end=616162", {}, "a", "b");
    row("length:size=4,adjust=-4", QByteArray::fromHex(all == 64 * mebi ? "04000000" : "01000000"), "x", {});
    row("length:size=1 short", QByteArray(1, '\xff'), "x", {}, 256);
    row(all == 64 * mebi ? "fixed:size=67108864" : "fixed:size=16777216", {}, "x", {});
    row("lines", {}, "x", "\n", mebi / 2);
    row("jsonl", "\"", "x", "\"\n");
    row("json", "\"", "x", "\"");
    row("json nested", "[", "[1],", "2]");
    row("http body", "PUT / HTTP/1.1\r\ncontent-length: " + QByteArray::number(all - 44) + "\r\n\r\n", "x", {});
    row("http chunks", "PUT / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n", "1\r\nx\r\n", "0\r\n\r\n");
    row("resp string", "$" + QByteArray::number(all - 13) + "\r\n", "x", "\r\n");
    row("resp values", {}, ":1\r\n", {}, 4);
    row("slip", {}, "x", "\xc0");
    row("cobs", {}, "\x02x", QByteArray(1, '\0'));
    row("described", QByteArray::fromHex("00fffffc"), "x", {}, 16 * mebi);
    row("described short", QByteArray::fromHex("0000003c"), "x", {}, 64);
}

void TestCuttersLarge::linear()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, begin);
    QFETCH(QByteArray, filling);
    QFETCH(QByteArray, end);
    QFETCH(qsizetype, size);
    const auto named = name == "described" ? tl::expected<ProtocolPtr, QString>(lengthFirst())
                                           : protocolFromName(QString::fromLatin1(name));
    QVERIFY2(named.has_value() && *named, named ? "" : qPrintable(named.error()));
    const qsizetype count = (size - begin.size() - end.size()) / filling.size();
    const QByteArray message = begin + filling.repeated(count) + end;
    Limits limits;
    limits.maxContent = 2 * all;
    limits.maxLine = 2 * all;
    const auto framing = (*named)->newFraming(limits);
    qsizetype messages = 0;
    for (qsizetype round = 0; round < all / size; ++round) {
        Frames frames;
        for (const char& byte : message) {
            framing->feed(QByteArrayView(&byte, 1), frames);
        }
        QVERIFY2(!framing->error(), framing->error() ? qPrintable(describe(*framing->error())) : "");
        messages += static_cast<qsizetype>(frames.size());
    }
    QCOMPARE(messages, all / size);
}

SOCKEYE_TEST(TestCuttersLarge)
#include "tst_cutters_large.moc"
