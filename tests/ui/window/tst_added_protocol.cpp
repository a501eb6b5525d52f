// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/terminal/exit_status.h"
#include "app/endpoint/server.h"
#include "app/export/export.h"
#include "app/net/io_threads.h"
#include "app/recording/capture_writer.h"
#include "app/threads/gui_thread_wait.h"
#include "protocol/protocols/registry.h"
#include "tests/app/reading/capture_help.h"
#include "tests/ui/window/window_test.h"
#include "ui/pages/capture/capture_page.h"
#include "ui/protocols/protocol_box.h"
#include "ui/window/pages/page_factory.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTemporaryFile>

#include <cstdio>
#include <unistd.h>

using namespace sockeye;

namespace {

/// Four bytes a message: "T", a pulse, a beat, "!".
class TickFraming final : public Framing {
public:
    void feed(QByteArrayView piece, Frames& out) override
    {
        for (m_have += piece.size(); m_have >= size; m_have -= size) {
            out.push_back({ m_offset, size, 0, nullptr });
            m_offset += size;
        }
    }
    void finish(Frames& out) override
    {
        Q_UNUSED(out)
        if (m_have > 0) {
            m_error = Error { ErrorCode::Truncated, m_offset + m_have, {}, {}, {} };
        }
    }
    [[nodiscard]] const std::optional<Error>& error() const override { return m_error; }
    [[nodiscard]] Progress progress() const override
    {
        return m_have > 0 ? Progress { 1, m_have, size, m_offset, true } : Progress { 0, 0, 0, m_offset };
    }

private:
    static constexpr qint64 size = 4;
    qint64 m_offset = 0;
    qint64 m_have = 0;
    std::optional<Error> m_error;
};

/// A protocol of which nothing outside this file knows.
class TickProtocol final : public Protocol {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("tick"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("Ticks of a clock"); }
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits&) const override
    {
        return std::make_unique<TickFraming>();
    }
    [[nodiscard]] MessageSummary summary(QByteArrayView first, qint64) const override
    {
        return { MessageKind::Binary, QStringLiteral("tick of pulse %1").arg(int { first.at(1) }) };
    }
    [[nodiscard]] DecodedMessage decodedParts(
        DecodedParts, const Frame&, QByteArrayView bytes, const Limits&) const override
    {
        const QByteArray fields =
            "{\"pulse\":" + QByteArray::number(bytes.at(1)) + ",\"beat\":" + QByteArray::number(bytes.at(2)) + '}';
        return { {}, {}, fields, std::nullopt };
    }
    [[nodiscard]] std::optional<QStringList> fieldNames() const override
    {
        return QStringList { QStringLiteral("pulse"), QStringLiteral("beat") };
    }
};

/// What goes to standard output while `work` runs.
QByteArray printedBy(const std::function<void()>& work)
{
    QTemporaryFile file;
    if (!file.open()) {
        return {};
    }
    std::fflush(stdout);
    const int before = ::dup(STDOUT_FILENO);
    ::dup2(file.handle(), STDOUT_FILENO);
    work();
    std::fflush(stdout);
    ::dup2(before, STDOUT_FILENO);
    ::close(before);
    file.seek(0);
    return file.readAll();
}

std::optional<int> parsed(QByteArrayList words, cli::Arguments& arguments)
{
    words.prepend("sockeye-cli");
    std::vector<char*> pointers;
    for (QByteArray& word : words) {
        pointers.push_back(word.data());
    }
    return cli::parseArguments(static_cast<int>(pointers.size()), pointers.data(), arguments);
}

} // namespace

/// A protocol that was added in one place is everywhere.
class TestAddedProtocol : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isOfferedByEveryPage_data();
    void isOfferedByEveryPage();
    void isReadInAPage();
    void isReadByTheCommandLine();
    void isFiltered_data();
    void isFiltered();
    void isExported();
    void isAsked();

private:
    const ProtocolPtr m_tick = std::make_shared<const TickProtocol>();
    GuiThreadWait::Allowed m_waits;
    QTemporaryDir m_folder;
    QString m_file;
};

void TestAddedProtocol::initTestCase()
{
    QVERIFY(addProtocol(m_tick)); // nothing else is said of it
    qputenv("XDG_CACHE_HOME", m_folder.path().toLocal8Bit());
    m_file = m_folder.filePath(QStringLiteral("ticks.pcapng"));
    CaptureOptions options;
    options.file = m_file;
    const auto capture = Capture::create(options);
    {
        CaptureWriter writer(capture);
        writer.opened(1, factsFor(40'000));
        writer.chunk(1, Direction::In, "T\1\4!T\2");
        writer.chunk(1, Direction::In, "\5!T\3\6!");
    }
    capture->waitUntilIdle();
}

void TestAddedProtocol::isOfferedByEveryPage_data()
{
    QTest::addColumn<PageKind>("kind");
    QTest::newRow("server") << PageKind::Server;
    QTest::newRow("client") << PageKind::Client;
    QTest::newRow("live capture") << PageKind::LiveCapture;
    QTest::newRow("load") << PageKind::Load;
    QTest::newRow("many connections") << PageKind::ManyConnections;
}

void TestAddedProtocol::isOfferedByEveryPage()
{
    QFETCH(const PageKind, kind);
    IoThreads threads(1);
    const std::unique_ptr<Page> page(newPage(kind, threads));
    const auto* const box = page->findChild<ProtocolBox*>();
    QVERIFY(box);
    const int place = box->findData(QStringLiteral("tick"));
    QVERIFY(place >= 0);
    QCOMPARE(box->itemText(place), m_tick->title());
}

void TestAddedProtocol::isReadInAPage()
{
    CapturePage page(m_file);
    auto* const box = page.findChild<ProtocolBox*>();
    box->setCurrentIndex(box->findData(QStringLiteral("tick")));
    QTRY_VERIFY(page.capture()->protocol() == m_tick && page.capture()->messageCount() == 3);
    const MessageRecord second = page.capture()->message(1);
    QCOMPARE(second.offset, 4);
    const QByteArray bytes = page.capture()->read(1, Direction::In, second.offset, second.size);
    QCOMPARE(m_tick->summary(bytes, second.size).text, QStringLiteral("tick of pulse 2"));
}

void TestAddedProtocol::isReadByTheCommandLine()
{
    cli::Arguments arguments;
    QCOMPARE(parsed({ "decode", m_file.toUtf8(), "--protocol", "tick", "--print", "json" }, arguments), std::nullopt);
    QCOMPARE(arguments.protocol, m_tick);
    int status = -1;
    const QByteArray lines = printedBy([&] { status = cli::decode(arguments); });
    QCOMPARE(status, int { cli::Done });
    QCOMPARE(lines.count("\"protocol\":\"tick\",\"fields\":{"), 3);
    QVERIFY2(lines.contains("\"fields\":{\"pulse\":2,\"beat\":5}"), lines.constData());
}

void TestAddedProtocol::isFiltered_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<int>("shown"); // -1: the filter is wrong
    QTest::newRow("a field") << QByteArray("pulse >= 2") << 2;
    QTest::newRow("both") << QByteArray("pulse >= 2 && beat == 6") << 1;
    QTest::newRow("no such field") << QByteArray("puls >= 2") << -1;
}

void TestAddedProtocol::isFiltered()
{
    QFETCH(const QByteArray, filter);
    QFETCH(const int, shown);
    cli::Arguments arguments;
    const std::optional<int> status =
        parsed({ "decode", m_file.toUtf8(), "--protocol", "tick", "--where", filter, "--print", "json" }, arguments);
    if (shown < 0) {
        QCOMPARE(status, int { cli::WrongUsage });
        return;
    }
    QCOMPARE(status, std::nullopt);
    QCOMPARE(printedBy([&] { static_cast<void>(cli::decode(arguments)); }).count("\"pulse\""), shown);
}

void TestAddedProtocol::isExported()
{
    CaptureOptions options;
    options.protocol = m_tick;
    const auto capture = Capture::open(m_file, options);
    capture->waitUntilIdle();
    ExportControl control;
    const QString file = m_folder.filePath(QStringLiteral("ticks.jsonl"));
    const ExportResult result = exportMessages(
        { capture, { { { 0, capture->messageCount() } }, nullptr }, ExportFormat::JsonLines, file, {} }, control);
    QVERIFY2(!result.failure, qPrintable(result.failure.oneLine()));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll().count("\"protocol\":\"tick\",\"fields\":{\"pulse\":"), 3);
}

/// By a load, of a server that takes whole messages of it.
void TestAddedProtocol::isAsked()
{
    IoThreads threads(1);
    Server server(threads, Capture::create({}));
    ServerOptions options;
    options.service = QStringLiteral("echo");
    options.port = 0;
    options.serviceOptions.persistent = true;
    options.serviceOptions.protocol = m_tick;
    server.start(options);
    QTRY_COMPARE(server.state(), Server::State::Listening);

    cli::Arguments arguments;
    const QByteArray report = m_folder.filePath(QStringLiteral("report.json")).toUtf8();
    QCOMPARE(
        parsed({ "load", "127.0.0.1", QByteArray::number(server.address().port), "--protocol", "tick", "--mode", "keep",
                   "--connections", "2", "--requests", "50", "--text", "Tab!", "--print", "none", "--json", report },
            arguments),
        std::nullopt);
    QCOMPARE(arguments.load.plan.replies, m_tick);
    QCOMPARE(cli::load(arguments), int { cli::Done });
    QVERIFY(server.exchanges() >= 50);
}

SOCKEYE_TEST(TestAddedProtocol)
#include "tst_added_protocol.moc"
