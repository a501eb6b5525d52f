// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/server.h"
#include "app/net/io_threads.h"
#include "app/reading/capture.h"
#include "protocol/composer/copy_as.h"
#include "protocol/composer/request_draft.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/datagram/datagram_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/testcase.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace sockeye {

/// Copied programs are compiled and run against a real server, which must get exactly the same bytes.
class TestComposerCopyAs : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void runs_data();
    void runs();
    void datagrams_data();
    void datagrams();
    void unixSockets_data();
    void unixSockets();
    void cliCommand_data();
    void cliCommand();
    void hex();

private:
    [[nodiscard]] QByteArray run(CopyForm form, const QString& source);

    std::unique_ptr<IoThreads> m_threads;
    std::shared_ptr<Capture> m_appCapture;
    std::shared_ptr<Capture> m_echoCapture;
    std::shared_ptr<Capture> m_udpCapture;
    std::unique_ptr<Server> m_app;
    std::unique_ptr<Server> m_echo;
    std::unique_ptr<Server> m_udp;
    QTemporaryDir m_folder;
};

void TestComposerCopyAs::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_threads = std::make_unique<IoThreads>(1);
    m_appCapture = Capture::create({});
    m_app = std::make_unique<Server>(*m_threads, m_appCapture);
    ServerOptions options;
    options.port = 0;
    m_app->start(options);
    CaptureOptions plain;
    plain.protocol = rawProtocol();
    m_echoCapture = Capture::create(plain);
    m_echo = std::make_unique<Server>(*m_threads, m_echoCapture);
    options.service = QStringLiteral("echo");
    m_echo->start(options);
    QTRY_COMPARE(m_app->state(), Server::State::Listening);
    QTRY_COMPARE(m_echo->state(), Server::State::Listening);
    CaptureOptions datagrams;
    datagrams.protocol = datagramProtocol();
    m_udpCapture = Capture::create(datagrams);
    m_udp = std::make_unique<Server>(*m_threads, m_udpCapture);
    options.service = QStringLiteral("uppercase-udp");
    m_udp->start(options);
    QTRY_COMPARE(m_udp->state(), Server::State::Listening);
}

void TestComposerCopyAs::cleanupTestCase()
{
    m_app.reset();
    m_echo.reset();
    m_udp.reset();
    m_threads.reset();
}

void TestComposerCopyAs::runs_data()
{
    QTest::addColumn<CopyForm>("form");
    QTest::addColumn<bool>("isApp");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<qint64>>("chunks");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray search = encodeRequest(u"search", u"morpheus");
    const QByteArray quotes = encodeRequest(u"search", u"it's \"100 %\" \\n ?\?/ -e 日本語\n\t$HOME`ls`");
    RequestDraft lying;
    lying.setForm(QStringLiteral("search"), QStringLiteral("x"));
    lying.setContentLength("\"two\"");
    for (const CopyForm form : { CopyForm::Python, CopyForm::C, CopyForm::Netcat }) {
        const QByteArray name = copyFormName(form).toUtf8();
        QTest::addRow("%s: search", name.data()) << form << true << search << QList<qint64>() << QByteArray("rabbit");
        QTest::addRow("%s: quotes and escapes", name.data())
            << form << true << quotes << QList<qint64>() << QByteArray("No match for");
        QTest::addRow("%s: double", name.data())
            << form << true << encodeRequest(u"double", u"7654321") << QList<qint64>() << QByteArray("result");
        QTest::addRow("%s: in pieces", name.data())
            << form << true << search << QList<qint64> { 1, 2, 50 } << QByteArray("rabbit");
        QTest::addRow("%s: lying length", name.data())
            << form << true << lying.bytes() << QList<qint64>() << QByteArray("Error");
        QTest::addRow("%s: plain bytes", name.data())
            << form << false << QByteArray("-n 'a'\0%d\xff\x80?\n", 13) << QList<qint64>() << QByteArray("-n");
    }
}

void TestComposerCopyAs::runs()
{
    QFETCH(CopyForm, form);
    QFETCH(bool, isApp);
    QFETCH(QByteArray, bytes);
    QFETCH(QList<qint64>, chunks);
    QFETCH(QByteArray, expected);
    const Server& server = isApp ? *m_app : *m_echo;
    CopiedRequest request;
    request.host = QStringLiteral("127.0.0.1");
    request.port = server.address().port;
    request.protocol = isApp ? appProtocol() : rawProtocol();
    request.bytes = bytes;
    request.chunks = chunks;
    request.pauseMs = 1;
    const QByteArray output = run(form, copyAs(form, request));
    QVERIFY2(output.contains(expected), output.constData());

    const std::shared_ptr<Capture> capture = isApp ? m_appCapture : m_echoCapture;
    const auto newest = [&capture] {
        quint64 revision = 0;
        quint32 id = 0;
        for (const ConnectionRecord& connection : capture->connectionsSince(revision)) {
            id = std::max(id, connection.id);
        }
        return id;
    };
    QTRY_COMPARE(capture->read(newest(), Direction::In, 0, 100'000), bytes);
}

void TestComposerCopyAs::datagrams_data()
{
    QTest::addColumn<CopyForm>("form");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<qint64>>("chunks");
    QTest::addColumn<QList<QByteArray>>("expected");
    using Datagrams = QList<QByteArray>;
    for (const CopyForm form : { CopyForm::Python, CopyForm::C, CopyForm::Netcat }) {
        const QByteArray name = copyFormName(form).toUtf8();
        QTest::addRow("%s: one", name.data()) << form << QByteArray("-n 'a'\0%d\xff\x80?\n", 13) << QList<qint64>()
                                              << Datagrams { QByteArray("-n 'a'\0%d\xff\x80?\n", 13) };
        QTest::addRow("%s: in pieces", name.data())
            << form << QByteArray("abcdefgh") << QList<qint64> { 1, 3 } << Datagrams { "a", "bcd", "efg", "h" };
        if (form != CopyForm::Netcat) { // which sends nothing where there is nothing to read
            QTest::addRow("%s: empty", name.data()) << form << QByteArray() << QList<qint64>() << Datagrams { "" };
        }
    }
}

void TestComposerCopyAs::datagrams()
{
    QFETCH(CopyForm, form);
    QFETCH(QByteArray, bytes);
    QFETCH(QList<qint64>, chunks);
    QFETCH(QList<QByteArray>, expected);
    CopiedRequest request;
    request.host = QStringLiteral("127.0.0.1");
    request.port = m_udp->address().port;
    request.transport = Transport::Udp;
    request.protocol = datagramProtocol();
    request.bytes = bytes;
    request.chunks = chunks;
    request.pauseMs = 1;
    const std::shared_ptr<Capture> capture = m_udpCapture;
    const qsizetype before = capture->messageCount();
    const QByteArray output = run(form, copyAs(form, request));
    QTRY_COMPARE(capture->messageCount() - before, expected.size() * 2);
    QList<QByteArray> got;
    for (qsizetype row = before; row < capture->messageCount(); ++row) {
        const MessageRecord record = capture->message(row);
        if (record.direction == Direction::In) {
            got.append(capture->read(record.connection, Direction::In, record.offset, record.size));
        }
    }
    QCOMPARE(got, expected);
    QVERIFY2(expected.constLast().isEmpty() || output.toUpper().contains(expected.constLast().first(1).toUpper()),
        output.constData());
}

void TestComposerCopyAs::unixSockets_data()
{
    QTest::addColumn<CopyForm>("form");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isDatagrams");
    for (const CopyForm form : { CopyForm::Python, CopyForm::C, CopyForm::Netcat }) {
        const QByteArray title = copyFormName(form).toUtf8();
        for (const bool isDatagrams : { false, true }) {
            const char* const type = isDatagrams ? "datagrams" : "stream";
            QTest::addRow("%s: %s, path", title.data(), type)
                << form << m_folder.filePath(QStringLiteral("it's a socket")) << isDatagrams;
            QTest::addRow("%s: %s, abstract", title.data(), type)
                << form << QStringLiteral("@sockeye-copy-%1").arg(QCoreApplication::applicationPid()) << isDatagrams;
        }
    }
}

void TestComposerCopyAs::unixSockets()
{
    QFETCH(const CopyForm, form);
    QFETCH(const QString, name);
    QFETCH(const bool, isDatagrams);
    Server server(*m_threads, Capture::create({}));
    ServerOptions options;
    options.host = unixScheme + name;
    options.service = isDatagrams ? QStringLiteral("uppercase-udp") : QStringLiteral("uppercase");
    server.start(options);
    QTRY_COMPARE(server.state(), Server::State::Listening);
    CopiedRequest request;
    request.unixName = name;
    request.transport = isDatagrams ? Transport::Udp : Transport::Tcp;
    request.protocol = isDatagrams ? datagramProtocol() : rawProtocol();
    request.bytes = "hello";
    if (isDatagrams) { // a program prints what its first read brings: of a stream, all at once
        request.chunks = { 2, 3 };
        request.pauseMs = 1;
    }
    const QByteArray output = run(form, copyAs(form, request));
    const qsizetype pieces = isDatagrams ? output.count("HE") + output.count("LLO") : output.count("HELLO") * 2;
    QVERIFY2(pieces == 2, output.constData());
    QVERIFY2(copyAs(CopyForm::Cli, request).contains(u" --unix "), output.constData());
}

QByteArray TestComposerCopyAs::run(CopyForm form, const QString& source)
{
    const QString extension = form == CopyForm::C ? QStringLiteral(".c") : QStringLiteral(".txt");
    QFile file(m_folder.filePath(QStringLiteral("copied") + extension));
    if (!file.open(QIODevice::WriteOnly) || file.write(source.toUtf8()) < 0) {
        return "cannot write the program";
    }
    file.close();
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardInputFile(QProcess::nullDevice());
    const auto finish = [&process](const QString& program, const QStringList& arguments) {
        process.start(program, arguments);
        return process.waitForFinished(30'000) && process.exitCode() == 0;
    };
    switch (form) {
    case CopyForm::Python:
        finish(QStringLiteral("python3"), { file.fileName() });
        break;
    case CopyForm::C: {
        const QString program = m_folder.filePath(QStringLiteral("copied"));
        if (finish(QStringLiteral("cc"),
                { QStringLiteral("-std=c99"), QStringLiteral("-Wall"), QStringLiteral("-Wextra"),
                    QStringLiteral("-Werror"), QStringLiteral("-o"), program, file.fileName() })) {
            finish(program, {});
        }
        break;
    }
    default:
        finish(QStringLiteral("sh"), { file.fileName() });
        break;
    }
    return process.readAll() + process.errorString().toUtf8();
}

void TestComposerCopyAs::cliCommand_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<qint64>>("chunks");
    QTest::addColumn<QString>("command");
    const QString search = QStringLiteral("search");
    const QList<qint64> whole;
    QTest::newRow("search") << search << QStringLiteral("ring") << encodeRequest(u"search", u"ring", ByteOrder::Little)
                            << whole << QStringLiteral("sockeye-cli send ::1 65432 search ring --byteorder little");
    QTest::newRow("quotes, big-endian, pieces")
        << search << QStringLiteral("it's") << encodeRequest(u"search", u"it's", ByteOrder::Big)
        << QList<qint64> { 1, 20 }
        << QStringLiteral("sockeye-cli send ::1 65432 search 'it'\\''s' --byteorder big --chunks 1,20 --pause 5");
    QTest::newRow("empty value") << QStringLiteral("x") << QString() << encodeRequest(u"x", u"", ByteOrder::Little)
                                 << whole << QStringLiteral("sockeye-cli send ::1 65432 x '' --byteorder little");
    QTest::newRow("other bytes") << search << QStringLiteral("ring") << QByteArray::fromHex("0005ff") << whole
                                 << QStringLiteral("sockeye-cli raw ::1 65432 --hex 0005ff");
    QTest::newRow("would be an option") << QStringLiteral("a") << QStringLiteral("-1")
                                        << encodeRequest(u"a", u"-1", ByteOrder::Little) << whole
                                        << QStringLiteral("sockeye-cli raw ::1 65432 --hex %1")
                                               .arg(QString::fromLatin1(
                                                   encodeRequest(u"a", u"-1", ByteOrder::Little).toHex()));
}

void TestComposerCopyAs::cliCommand()
{
    QFETCH(QString, action);
    QFETCH(QString, value);
    QFETCH(QByteArray, bytes);
    QFETCH(QList<qint64>, chunks);
    QFETCH(QString, command);
    CopiedRequest request;
    request.host = QStringLiteral("::1");
    request.port = 65'432;
    request.bytes = bytes;
    request.action = action;
    request.value = value;
    request.chunks = chunks;
    request.pauseMs = 5;
    QCOMPARE(copyAs(CopyForm::Cli, request), command);
    request.transport = Transport::Udp;
    request.chunks.clear();
    QVERIFY(copyAs(CopyForm::Cli, request).endsWith(QStringLiteral(" --udp")));
}

void TestComposerCopyAs::hex()
{
    CopiedRequest request;
    request.bytes = QByteArray::fromHex("00677b");
    QCOMPARE(copyAs(CopyForm::Hex, request), QStringLiteral("00 67 7b"));
}

SOCKEYE_TEST(TestComposerCopyAs)

} // namespace sockeye

#include "tst_composer_copy_as.moc"
