// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "filter_row.h"
#include "protocol/filter/completion.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

class TestFilterCompletion : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    /// The cursor stands at the |; what a candidate replaces stands between « and |, or between « and ».
    void completes_data()
    {
        QTest::addColumn<QString>("marked");
        QTest::addColumn<QString>("expected"); // some that have to be among them
        QTest::addColumn<QString>("unwanted");
        const auto row = [](const char* marked, const char* expected, const char* unwanted) {
            QTest::newRow(marked) << QString::fromUtf8(marked) << QString::fromUtf8(expected)
                                  << QString::fromUtf8(unwanted);
        };
        row("«|»", "conn dir peer.port header function json.items[*].id len( all(", "== && \"message\"");
        row("«si|»", "size", "conn len( function");
        row("«SI|»", "size", "conn");
        row("«|»si", "conn size", "==");
        row("«si|ze» > 1", "size", "conn");
        row("size > 1 && «pe|»", "peer peer.port", "size");
        row("(«l|»", "local local.port latency label len( lower(", "size");
        row("len(«te|»", "text", "size");
        row("«peer.|»", "peer.port", "peer.host size");
        row("«json.|»", "json.items[*].id json.items[*].name", "json size");
        row("«json.items[0].n|»", "json.items[0].name", "json.items[*].name json.items[0].id");
        row("«header.con|»", "header.content-type", "header.x");
        row("«$si|»", "$size", "size");
        row("size «|»", "== != < <= > >= in && ||", "contains ~ size");
        row("text «|»", "== != contains ~ in", "<");
        row("peer «|»", "== != in contains ~", "<");
        row("glued «|»", "== && ||", "");
        row("json.x «|»", "== < contains ~ in", "");
        row("kind == «|»", "\"message\" \"error\" \"note\" text", "== 5");
        row("kind == «m|»", "\"message\"", "\"error\"");
        row("kind == «\"m|»", "\"message\"", "\"error\"");
        row("dir == «|»", "in out", "\"in\"");
        row("dir != «o|»", "out", "in");
        row("dir in {«|»", "in out", "size");
        row("dir in {in, «|»", "in out", "size");
        row("dir in {in «|»", ", }", "out");
        row("dir in {in} «|»", "&& ||", "==");
        row("header.content-type == «|»", "\"text/json\"", "\"text/plain\"");
        row("header.content-type contains «\"te|»", "\"text/json\"", "");
        row("json.items[3].id == «|»", "1 2", "3");
        row("glued == «|»", "true false", "");
        row("size > 1 «|»", "&& ||", "== size");
        row("text ~ «|»", "", "size \"x\"");
        row("size > 1 || «|»", "conn dir", "&&");
        row("size > 1 and «|»", "conn dir", "and");
        row("conn == 1 && \"unfinished«|»", "", "size");
        row("; «|»", "", "");
    }
    void completes()
    {
        QFETCH(QString, marked);
        QFETCH(QString, expected);
        QFETCH(QString, unwanted);
        QString text = marked;
        const qsizetype begin = text.indexOf(u'«');
        text.remove(u'«');
        const qsizetype cursor = text.indexOf(u'|', begin);
        text.remove(cursor, 1);
        const qsizetype end = text.indexOf(u'»');
        text.remove(u'»');

        filter::Schema schema = testSchema();
        schema.occurring = QList<filter::OccurringField> {
            { QStringLiteral("header.content-type"), { QStringLiteral("\"text/json\"") } },
            { QStringLiteral("json.items[*].id"), { QStringLiteral("1"), QStringLiteral("2") } },
            { QStringLiteral("json.items[*].name") },
        };
        const filter::Completion completion = filter::complete(text, cursor, schema);
        QStringList texts;
        for (const filter::Candidate& candidate : completion.candidates) {
            texts.append(candidate.text);
        }
        for (const QString& wanted : expected.split(u' ', Qt::SkipEmptyParts)) {
            QVERIFY2(texts.contains(wanted), qPrintable(wanted + u" is not among " + texts.join(u' ')));
        }
        for (const QString& other : unwanted.split(u' ', Qt::SkipEmptyParts)) {
            QVERIFY2(!texts.contains(other), qPrintable(other + u" is among " + texts.join(u' ')));
        }
        if (!texts.isEmpty()) {
            QCOMPARE(completion.at, begin);
            QCOMPARE(completion.at + completion.length, end);
        }
    }
};

} // namespace

SOCKEYE_TEST(TestFilterCompletion)
#include "tst_filter_completion.moc"
