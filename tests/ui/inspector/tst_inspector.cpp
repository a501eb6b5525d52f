// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/capture_writer.h"
#include "app/threads/background_threads.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "tests/app/reading/wait_until_idle.h"
#include "tests/testcase.h"
#include "tests/ui/inspector/inspected_fixtures.h"
#include "ui/exchange/exchange_line.h"
#include "ui/hexview/hex_view.h"
#include "ui/inspector/error_line.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/json_view.h"
#include "ui/inspector/message_loader.h"
#include "ui/inspector/message_title.h"
#include "ui/inspector/structure_view.h"
#include "ui/inspector/value_view.h"
#include "ui/text/byte_count_text.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QThreadPool>

using namespace sockeye;

class TestInspector : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void emptySaysWhatBelongsHere();
    void showsAMessage();
    void exchangeInWords();
    void lastAskedWins();
    void errorInPlace();
    void failureWithoutBytes();
    void unfinishedGrows();
    void largeMessage();
    void onlyTheBeginningOfAHugeOne();
    void valuesFollowTheSelection();
    void whyNoJson_data();
    void whyNoJson();
    void f6GoesRound();
    void stateComesBack();
    void gone();
};

namespace {

/// A capture of one connection through which the pieces came in, one read each.
std::shared_ptr<Capture> captured(const QList<QByteArray>& pieces)
{
    const auto capture = Capture::create({});
    CaptureWriter writer(capture);
    writer.opened(1, {});
    for (const QByteArray& piece : pieces) {
        writer.chunk(1, Direction::In, piece);
    }
    writer.flush();
    waitUntilIdle(*capture);
    return capture;
}

MessageRef reference(const std::shared_ptr<Capture>& capture, qsizetype row)
{
    return { capture, row, capture->message(row) };
}

template <typename View> View* part(const QWidget& inspector)
{
    return inspector.findChild<View*>();
}

/// Puts the widget into a window without a layout: the offscreen platform warns about windows with size limits.
void put(QWidget& widget, QWidget& window)
{
    window.resize(460, 700);
    widget.setGeometry(window.rect());
    window.show();
}

bool isSaid(const QWidget& inspector, const QString& text)
{
    const auto labels = inspector.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
        return label->isVisible() && (label->text().contains(text) || label->accessibleName().contains(text));
    });
}

} // namespace

void TestInspector::emptySaysWhatBelongsHere()
{
    QWidget window;
    Inspector inspector(&window);
    put(inspector, window);
    QVERIFY(isSaid(inspector, QStringLiteral("Select a message")));
    inspector.show(MessageRef {});
    QVERIFY(isSaid(inspector, QStringLiteral("Select a message")));
}

void TestInspector::showsAMessage()
{
    const QByteArray request = goldenRequest();
    const auto capture = captured({ request.left(100), request.mid(100) });
    QCOMPARE(capture->messageCount(), 1);
    QWidget window;
    Inspector inspector(&window);
    put(inspector, window);
    QSignalSpy shown(&inspector, &Inspector::shown);
    inspector.show(reference(capture, 0));
    QVERIFY(shown.wait());
    QCOMPARE(inspector.message(), reference(capture, 0));
    QVERIFY(isSaid(inspector, QStringLiteral("Message 1 · ← in · 146 bytes")));
    QVERIFY(isSaid(inspector, QStringLiteral("connection #1")));
    QVERIFY(isSaid(inspector, QStringLiteral("came in 2 reads")));
    QCOMPARE(part<HexView>(inspector)->message()->bytes(), request);
    QCOMPARE(part<StructureView>(inspector)->accessibleName(), QStringLiteral("Structure"));
    QCOMPARE(part<HexView>(inspector)->accessibleName(), QStringLiteral("Bytes"));
    QCOMPARE(part<JsonView>(inspector)->accessibleName(), QStringLiteral("JSON"));
    QCOMPARE(part<ValueView>(inspector)->accessibleName(), QStringLiteral("Value inspector"));
    QVERIFY(part<QPlainTextEdit>(*part<JsonView>(inspector))->toPlainText().contains(QStringLiteral("\"morpheus\"")));
    QVERIFY(!part<ErrorLine>(inspector)->isVisible());
    // Eight bytes a line fit without scrolling sideways.
    QVERIFY(part<HexView>(inspector)->geometryOfBytes().contentWidth() <= 400);
}

void TestInspector::exchangeInWords()
{
    const auto capture = Capture::create({});
    CaptureWriter writer(capture);
    writer.opened(1, {});
    writer.chunk(1, Direction::In, goldenRequest());
    writer.flush();
    waitUntilIdle(*capture);
    QWidget window;
    Inspector inspector(&window);
    put(inspector, window);
    auto* line = part<ExchangeLine>(inspector);
    QSignalSpy found(line, &ExchangeLine::found);
    inspector.show(reference(capture, 0));
    QTRY_VERIFY(line->text().endsWith(QStringLiteral("no reply so far")));
    QVERIFY(line->isVisible());
    // The line goes on looking: the reply is taken up when it is there.
    writer.chunk(1, Direction::Out, goldenRequest());
    writer.error(1, QLatin1StringView("reset"), QStringLiteral("The connection was reset."));
    writer.flush();
    QTRY_VERIFY(line->text().contains(QStringLiteral("wait")));
    QVERIFY(line->text().contains(QStringLiteral("total")));
    QVERIFY(line->toolTip().contains(QStringLiteral("The request is message 1, its reply message 2.")));
    // What has no bytes is of no exchange.
    QTRY_COMPARE(capture->messageCount(), 3);
    inspector.show(reference(capture, 2));
    QTRY_VERIFY(!line->isVisible());
    QCOMPARE(line->text(), QString());
}

void TestInspector::lastAskedWins()
{
    const QList<GoldenMessage> golden = goldenMessages();
    QList<QByteArray> requests;
    for (const GoldenMessage& message : golden) {
        requests.append(message.bytes);
    }
    const auto capture = captured(requests);
    QCOMPARE(capture->messageCount(), requests.size());
    Inspector inspector;
    QSignalSpy shown(&inspector, &Inspector::shown);
    for (qsizetype row = 0; row < requests.size(); ++row) {
        inspector.show(reference(capture, row));
    }
    QTRY_COMPARE(shown.size(), 1);
    backgroundThreads().waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(shown.size(), 1); // the others were given up
    QCOMPARE(part<HexView>(inspector)->message()->bytes(), requests.last());
}

void TestInspector::errorInPlace()
{
    QByteArray bad = goldenRequest();
    bad.replace("content-type", "content-tipe");
    const auto capture = captured({ bad });
    QVERIFY(capture->messageCount() > 0);
    QWidget window;
    Inspector inspector(&window);
    put(inspector, window);
    QSignalSpy shown(&inspector, &Inspector::shown);
    inspector.show(reference(capture, 0));
    QVERIFY(shown.wait());
    auto* line = part<ErrorLine>(inspector);
    QVERIFY(line->isVisible());
    QVERIFY2(line->text().contains(QStringLiteral("content-type")), qPrintable(line->text()));
    Q_EMIT line->linkActivated(QStringLiteral("#"));
    QCOMPARE(
        part<HexView>(inspector)->selectionOffset(), part<HexView>(inspector)->message()->annotation.error()->offset);
}

void TestInspector::failureWithoutBytes()
{
    const auto capture = Capture::create({});
    CaptureWriter writer(capture);
    writer.error(0, QLatin1StringView("refused"), QStringLiteral("Nothing listens <b>there</b>."));
    writer.flush();
    waitUntilIdle(*capture);
    QCOMPARE(capture->messageCount(), 1);
    QWidget window;
    Inspector inspector(&window);
    put(inspector, window);
    QSignalSpy shown(&inspector, &Inspector::shown);
    inspector.show(reference(capture, 0));
    QTRY_COMPARE(shown.size(), 1);
    // What others sent is text, never markup.
    QVERIFY(part<ErrorLine>(inspector)->text().contains(QStringLiteral("&lt;b&gt;there")));
    QCOMPARE(part<HexView>(inspector)->message(), nullptr);
}

void TestInspector::unfinishedGrows()
{
    const QByteArray request = goldenRequest();
    const auto capture = Capture::create({});
    CaptureWriter writer(capture);
    writer.opened(1, {});
    writer.chunk(1, Direction::In, request.left(110));
    writer.flush();
    waitUntilIdle(*capture);
    QWidget window;
    Inspector inspector(&window);
    put(inspector, window);
    QSignalSpy shown(&inspector, &Inspector::shown);
    MessageRef reference;
    reference.capture = capture;
    reference.record.connection = 1;
    reference.record.size = 110;
    inspector.show(reference);
    QVERIFY(shown.wait());
    QVERIFY(isSaid(inspector, QStringLiteral("Unfinished message")));
    part<HexView>(inspector)->select(2, 5);

    writer.chunk(1, Direction::In, request.mid(110, 10));
    writer.flush();
    waitUntilIdle(*capture);
    reference.record.size = 120;
    inspector.show(reference);
    QVERIFY(shown.wait());
    QCOMPARE(part<HexView>(inspector)->message()->bytes(), request.left(120));
    QCOMPARE(part<HexView>(inspector)->selectionOffset(), 2);
    QCOMPARE(part<HexView>(inspector)->selectionSize(), 5);
}

void TestInspector::largeMessage()
{
    constexpr qsizetype contentSize = (qsizetype { 64 } << 20) - 1024;
    const QByteArray header = R"({"byteorder": "little", "content-type": "binary/x", "content-encoding": "binary", )"
                              R"("content-length": )"
        + QByteArray::number(contentSize) + '}';
    QByteArray start(2, '\0');
    start[1] = static_cast<char>(header.size());
    QList<QByteArray> pieces { start + header };
    for (qsizetype sent = 0; sent < contentSize; sent += 1 << 20) {
        pieces.append(QByteArray(qMin<qsizetype>(1 << 20, contentSize - sent), '\x5a'));
    }
    const auto capture = captured(pieces);
    QCOMPARE(capture->messageCount(), 1);
    QWidget window;
    Inspector inspector(&window);
    put(inspector, window);
    QSignalSpy shown(&inspector, &Inspector::shown);
    QElapsedTimer timer;
    timer.start();
    inspector.show(reference(capture, 0));
    QVERIFY(shown.wait(20'000));
    qInfo("64 MiB shown after %lld ms", static_cast<long long>(timer.elapsed()));
    auto* bytes = part<HexView>(inspector);
    QCOMPARE(bytes->message()->bytes().size(), contentSize + 2 + header.size());
    bytes->setFocus();
    QTest::keyClick(bytes, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(bytes->selectionOffset(), bytes->message()->bytes().size() - 1);
}

void TestInspector::onlyTheBeginningOfAHugeOne()
{
    constexpr qsizetype pieceSize = 4 * 1024 * 1024;
    constexpr qsizetype pieces = mostInspected / pieceSize + 2;
    const auto capture = captured(QList<QByteArray>(pieces, QByteArray(pieceSize, 'x')));
    // A row that stands for all of it, as of a protocol that cuts nothing.
    MessageRef huge = reference(capture, 0);
    huge.record.kind = RecordKind::Message;
    huge.record.offset = 0;
    huge.record.size = pieces * pieceSize;
    const InspectedMessagePtr message = inspect(huge, [] { return true; });
    QCOMPARE(message->bytes().size(), mostInspected);
    QVERIFY2(message->left.startsWith(QStringLiteral("Only the first")), qPrintable(message->left));
    QVERIFY(message->left.contains(byteCountText(huge.record.size)));
    huge.record.size = mostInspected;
    QVERIFY(inspect(huge, [] { return true; })->left.isEmpty());
}

void TestInspector::valuesFollowTheSelection()
{
    const auto capture = captured({ goldenRequest() });
    QWidget window;
    Inspector inspector(&window);
    put(inspector, window);
    QSignalSpy shown(&inspector, &Inspector::shown);
    inspector.show(reference(capture, 0));
    QVERIFY(shown.wait());
    part<QTabWidget>(inspector)->setCurrentIndex(1);
    part<HexView>(inspector)->select(0, 2);
    const auto* values = part<ValueView>(inspector);
    QVERIFY(values->isVisible());
    QString big;
    for (int row = 0; row < values->model()->rowCount(); ++row) {
        if (values->model()->index(row, 0).data().toString() == QStringLiteral("uint16")) {
            big = values->model()->index(row, 2).data().toString();
        }
    }
    QCOMPARE(big, QStringLiteral("103"));
}

void TestInspector::whyNoJson_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ProtocolPtr>("protocol");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const QByteArray& bytes, const ProtocolPtr& protocol, const QString& reason) {
        QTest::newRow(name) << bytes << protocol << reason;
    };
    QByteArray binary;
    for (const GoldenMessage& golden : goldenMessages()) {
        if (golden.name.startsWith("double") && golden.name.endsWith("request")) {
            binary = golden.bytes;
        }
    }
    row("binary", binary, appProtocol(), QStringLiteral("binary"));
    row("another protocol", "hello", linesProtocol(), QStringLiteral("not read as messages"));
    row("broken header", QByteArray("\x00\x04nope", 6), appProtocol(), QStringLiteral("JSON"));
}

void TestInspector::whyNoJson()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const ProtocolPtr, protocol);
    QFETCH(const QString, reason);
    QWidget window;
    JsonView view(&window);
    put(view, window);
    view.setMessage(inspected(bytes, {}, protocol));
    QVERIFY(isSaid(view, QStringLiteral("No JSON in this message")));
    QVERIFY(isSaid(view, reason));
}

void TestInspector::f6GoesRound()
{
    const auto capture = captured({ goldenRequest() });
    QWidget window;
    Inspector inspector(&window);
    put(inspector, window);
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QSignalSpy shown(&inspector, &Inspector::shown);
    inspector.show(reference(capture, 0));
    QVERIFY(shown.wait());
    part<StructureView>(inspector)->setFocus();
    QTest::keyClick(part<StructureView>(inspector), Qt::Key_F6);
    QVERIFY(part<HexView>(inspector)->hasFocus());
    QTest::keyClick(part<HexView>(inspector), Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(part<StructureView>(inspector)->hasFocus());
}

void TestInspector::stateComesBack()
{
    Inspector first;
    part<QTabWidget>(first)->setCurrentIndex(1);
    part<JsonView>(first)->setShowsTree(true);
    Inspector second;
    second.restoreState(first.saveState());
    QCOMPARE(part<QTabWidget>(second)->currentIndex(), 1);
    QVERIFY(part<JsonView>(second)->showsTree());
    second.restoreState("not a state");
    QCOMPARE(part<QTabWidget>(second)->currentIndex(), 1);
}

void TestInspector::gone()
{
    // Closed while a message is being read: nothing comes back to it.
    const auto capture = captured({ goldenRequest() });
    for (int i = 0; i < 20; ++i) {
        Inspector inspector;
        inspector.show(reference(capture, 0));
    }
    backgroundThreads().waitForDone();
    QCoreApplication::processEvents();
}

SOCKEYE_TEST(TestInspector)
#include "tst_inspector.moc"
