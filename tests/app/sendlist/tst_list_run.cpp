// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sendlist/list_file.h"
#include "app/sendlist/list_step.h"
#include "tests/app/endpoint/client_help.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// A list that a client sends.
class TestListRun : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 2 };

    static ListPlan planFor(const QString& text, const ProtocolPtr& protocol = defaultProtocol())
    {
        const ListFile read = readListText(text, {}, protocol, Transport::Tcp);
        return read.prepared ? allOf(read.prepared) : ListPlan();
    }

private Q_SLOTS:
    void inOrder();
    void endsWithWhatWasNotExpected();
    void goesOn();
    void fromHere();
    void stops();
    void cannotBeMade();
    void filesNeedAPlace();
};

struct Running {
    explicit Running(IoThreads& threads)
        : client(threads, nullptr)
    {
    }
    [[nodiscard]] bool waitForEnd() { return !ends.isEmpty() || ends.wait(20'000); }
    [[nodiscard]] RepeatEnd end() const { return ends.constFirst().constFirst().value<RepeatEnd>(); }
    [[nodiscard]] QList<ListStep::Outcome> outcomes(const ListPlan& plan) const
    {
        QList<ListStep::Outcome> out;
        for (const QList<QVariant>& each : exchanges) {
            out.append(stepOf(plan, each.constFirst().value<Exchange>()).outcome);
        }
        return out;
    }

    Client client;
    QSignalSpy exchanges { &client, &Client::exchangeFinished };
    QSignalSpy ends { &client, &Client::repeatFinished };
};

constexpr QStringView search = u"[[message]]\njson = { action = 'search', value = 'morpheus' }\n";
constexpr QStringView wrong = u"[[message]]\njson = { action = 'search', value = 'ring' }\nexpect-text = 'rabbit'\n";

} // namespace

void TestListRun::inOrder()
{
    Server server(m_threads, nullptr);
    QVERIFY(startAndWait(server, testOptions(true)));
    const ListPlan plan =
        planFor(QString(u"loop = 2\n" + search + u"expect-text = 'rabbit'\npause = '2ms'\n" + search));
    QVERIFY(plan.list);
    Running it(m_threads);
    const ClientOptions options = optionsFor(server.address(), true);
    it.client.repeat(options, planOf({}), listRepetition(plan, options));
    QVERIFY(it.waitForEnd());
    QCOMPARE(it.end(), RepeatEnd::Counted);
    using Outcome = ListStep::Outcome;
    QCOMPARE(it.outcomes(plan), QList<Outcome>({ Outcome::Met, Outcome::Replied, Outcome::Met, Outcome::Replied }));
    qint64 over = 0;
    for (qsizetype i = 0; i < it.exchanges.size(); ++i) {
        const auto exchange = it.exchanges.at(i).constFirst().value<Exchange>();
        QCOMPARE(exchange.number, i);
        QCOMPARE(exchange.reused, i > 0);
        QCOMPARE(stepOf(plan, exchange).round, i / 2);
        QVERIFY(i % 2 == 0 || exchange.startedAt >= over + 2'000'000); // the pause is behind the first one
        over = exchange.startedAt + exchange.whole;
    }
}

void TestListRun::endsWithWhatWasNotExpected()
{
    Server server(m_threads, nullptr);
    QVERIFY(startAndWait(server, testOptions(true)));
    const ListPlan plan = planFor(QString(wrong + search));
    Running it(m_threads);
    const ClientOptions options = optionsFor(server.address(), true);
    it.client.repeat(options, planOf({}), listRepetition(plan, options));
    QVERIFY(it.waitForEnd());
    QCOMPARE(it.end(), RepeatEnd::Matched);
    QCOMPARE(it.outcomes(plan), { ListStep::Outcome::Unmet });
    const ListStep step = stepOf(plan, it.exchanges.constFirst().constFirst().value<Exchange>());
    QVERIFY2(step.reason.contains(u"\"rabbit\" is not in it"), qPrintable(step.reason));
}

void TestListRun::goesOn()
{
    Server server(m_threads, nullptr);
    QVERIFY(startAndWait(server, testOptions(true)));
    const ListPlan plan = planFor(QString(u"on-failure = 'go on'\n" + wrong + search));
    Running it(m_threads);
    const ClientOptions options = optionsFor(server.address(), true);
    it.client.repeat(options, planOf({}), listRepetition(plan, options));
    QVERIFY(it.waitForEnd());
    QCOMPARE(it.end(), RepeatEnd::Counted);
    using Outcome = ListStep::Outcome;
    QCOMPARE(it.outcomes(plan), QList<Outcome>({ Outcome::Unmet, Outcome::Replied }));
}

void TestListRun::fromHere()
{
    Server server(m_threads, nullptr);
    QVERIFY(startAndWait(server, testOptions(true)));
    ListPlan plan = planFor(QString(wrong + search + search));
    plan.first = 1;
    plan.count = 2;
    Running it(m_threads);
    const ClientOptions options = optionsFor(server.address(), true);
    it.client.repeat(options, planOf({}), listRepetition(plan, options));
    QVERIFY(it.waitForEnd());
    using Outcome = ListStep::Outcome;
    QCOMPARE(it.outcomes(plan), QList<Outcome>({ Outcome::Replied, Outcome::Replied }));
    QCOMPARE(stepOf(plan, it.exchanges.constLast().constFirst().value<Exchange>()).message, 2);
}

void TestListRun::stops()
{
    Server server(m_threads, nullptr);
    QVERIFY(startAndWait(server, testOptions(true)));
    const ListPlan plan = planFor(QString(u"loop = 0\n" + search + u"pause = '3600s'\n" + search));
    Running it(m_threads);
    const ClientOptions options = optionsFor(server.address(), true);
    it.client.repeat(options, planOf({}), listRepetition(plan, options));
    QVERIFY(it.exchanges.wait(20'000));
    it.client.stopRepeating();
    QVERIFY(it.waitForEnd());
    QCOMPARE(it.end(), RepeatEnd::Stopped);
    QCOMPARE(it.exchanges.size(), 1);
}

void TestListRun::cannotBeMade()
{
    Running it(m_threads);
    ClientOptions options = optionsFor({ QHostAddress(QHostAddress::LocalHost), 9 });
    Repetition repetition;
    repetition.count = 2;
    repetition.prepare = [](qint64, ClientOptions&, SendPlan&) {
        return makeFailure(FailureCode::NotMade, QStringLiteral("hopeless"), QStringLiteral("Because."));
    };
    it.client.repeat(options, planOf({}), repetition);
    QVERIFY(it.waitForEnd());
    QCOMPARE(it.exchanges.size(), 2);
    const auto exchange = it.exchanges.constFirst().constFirst().value<Exchange>();
    QCOMPARE(exchange.failure.code, FailureCode::NotMade);
    QCOMPARE(exchange.connection, 0U); // nobody was asked
}

void TestListRun::filesNeedAPlace()
{
    const ListFile read = readListText(u"[[message]]\nfile = 'a.bin'\n"_qs, {}, defaultProtocol(), Transport::Tcp);
    QVERIFY(!read.prepared);
    QVERIFY2(read.sentences(QStringLiteral("l.toml")).constFirst().startsWith(u"l.toml:2:8: "),
        qPrintable(read.sentences({}).constFirst()));
}

SOCKEYE_TEST(TestListRun)
#include "tst_list_run.moc"
