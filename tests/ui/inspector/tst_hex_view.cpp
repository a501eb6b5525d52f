// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/testcase.h"
#include "tests/ui/inspector/inspected_fixtures.h"
#include "ui/hexview/hex_view.h"
#include "ui/inspector/structure_view.h"
#include "ui/inspector/view_link.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;

class TestHexView : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void keyboardMovesAndSelects();
    void mouseSelects();
    void doubleClickSelectsTheField();
    void goesToAnOffset();
    void copies_data();
    void copies();
    void paintsFieldTints();
    void marksTheEndsOfReads();
    void hoverOutlines();
    void largeMessageScrolls();
    void keepsItsPlaceForANewVersion();
    void accessible();
    void linkedSelection();
    void linkedHover();
    void paintsAPage();
};

namespace {

/// The pixel at which nothing but the tint (or what is behind it) of a byte shows: a corner of its cell.
QColor cornerOf(HexView& view, qint64 offset)
{
    const HexGeometry& geometry = view.geometryOfBytes();
    const qint64 top = view.verticalScrollBar()->value();
    const QRect cell = geometry.hexRect(
        geometry.columnOf(offset), 1, static_cast<int>(geometry.lineOf(offset) - top) * geometry.lineHeight());
    return view.viewport()->grab().toImage().pixelColor(cell.left() + 1, cell.top() + 1);
}

QPoint pointOf(const HexView& view, qint64 offset)
{
    const HexGeometry& geometry = view.geometryOfBytes();
    return geometry
        .hexRect(geometry.columnOf(offset), 1, static_cast<int>(geometry.lineOf(offset)) * geometry.lineHeight())
        .center();
}

void show(QWidget& widget, int width = 460, int height = 400)
{
    widget.resize(width, height);
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
}

} // namespace

void TestHexView::keyboardMovesAndSelects()
{
    HexView view;
    view.setMessage(inspected(goldenRequest()));
    show(view);
    QSignalSpy spy(&view, &HexView::selectionChanged);
    QCOMPARE(view.selectionSize(), 0);
    QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(view.selectionOffset(), 1);
    QTest::keyClick(&view, Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(view.selectionOffset(), 1);
    QCOMPARE(view.selectionSize(), 2 + view.geometryOfBytes().bytesPerLine());
    QTest::keyClick(&view, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(view.selectionOffset(), goldenRequest().size() - 1);
    QTest::keyClick(&view, Qt::Key_Home, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(view.selectionSize(), goldenRequest().size());
    QTest::keyClick(&view, Qt::Key_Home);
    QTest::keyClick(&view, Qt::Key_PageDown);
    QVERIFY(view.selectionOffset() > 8);
    const auto before = spy.size();
    QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(spy.size(), before + 1);
    QCOMPARE(spy.last().at(1).toLongLong(), goldenRequest().size());
}

void TestHexView::mouseSelects()
{
    HexView view;
    view.setMessage(inspected(goldenRequest()));
    show(view);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, pointOf(view, 10));
    QCOMPARE(view.selectionOffset(), 10);
    QCOMPARE(view.selectionSize(), 1);
    QTest::mousePress(view.viewport(), Qt::LeftButton, {}, pointOf(view, 20));
    QTest::mouseMove(view.viewport(), pointOf(view, 12));
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, pointOf(view, 12));
    QCOMPARE(view.selectionOffset(), 12);
    QCOMPARE(view.selectionSize(), 9);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ShiftModifier, pointOf(view, 30));
    QCOMPARE(view.selectionOffset(), 20);
    QCOMPARE(view.selectionSize(), 11);
    const HexGeometry& geometry = view.geometryOfBytes();
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, geometry.textRect(3, 1, 0).center());
    QCOMPARE(view.selectionOffset(), 3);
}

void TestHexView::doubleClickSelectsTheField()
{
    HexView view;
    const InspectedMessagePtr message = inspected(goldenRequest());
    view.setMessage(message);
    show(view);
    QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, pointOf(view, 1));
    QCOMPARE(view.selectionOffset(), 0);
    QCOMPARE(view.selectionSize(), 2);
}

void TestHexView::goesToAnOffset()
{
    HexView view;
    view.setMessage(inspected(QByteArray(10'000, 'x'), {}, rawProtocol()));
    show(view);
    QTest::keyClick(&view, Qt::Key_G, Qt::ControlModifier);
    auto* edit = view.findChild<QLineEdit*>();
    QVERIFY(edit != nullptr && edit->isVisible());
    edit->setText(QStringLiteral("0x1f40"));
    QCOMPARE(view.selectionOffset(), 8000);
    QVERIFY(view.verticalScrollBar()->value() > 0);
    edit->setText(QStringLiteral("10000")); // one too far: says so, stays
    QCOMPARE(view.selectionOffset(), 8000);
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(!edit->isVisible());
    QTest::keyClick(&view, Qt::Key_G, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Escape);
    QVERIFY(!edit->isVisible());
}

void TestHexView::copies_data()
{
    QTest::addColumn<int>("form");
    QTest::addColumn<QString>("expected");
    QTest::newRow("hex") << static_cast<int>(ByteForm::Hex) << QStringLiteral("677b");
    QTest::newRow("Python") << static_cast<int>(ByteForm::PythonBytes) << QStringLiteral("b'g{'");
    QTest::newRow("text") << static_cast<int>(ByteForm::Text) << QStringLiteral("g{");
}

void TestHexView::copies()
{
    QFETCH(const int, form);
    QFETCH(const QString, expected);
    HexView view;
    view.setMessage(inspected(goldenRequest()));
    view.select(1, 2);
    view.copyAs(static_cast<ByteForm>(form));
    QCOMPARE(QGuiApplication::clipboard()->text(), expected);
    view.select(0, 0); // nothing selected: all of it
    view.copyAs(ByteForm::Hex);
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromLatin1(goldenRequest().toHex()));
}

void TestHexView::paintsFieldTints()
{
    HexView view;
    const InspectedMessagePtr message = inspected(goldenRequest());
    view.setMessage(message);
    show(view);
    for (const Theme::Mode mode : { Theme::Mode::Light, Theme::Mode::Dark }) {
        Theme::instance().setMode(mode);
        QCOMPARE(cornerOf(view, 0), Theme::instance().fieldTint(FieldKind::Length));
        QVERIFY(cornerOf(view, 0) != view.palette().color(QPalette::Base));
    }
    Theme::instance().setMode(Theme::Mode::System);
    view.select(0, 1);
    QVERIFY(cornerOf(view, 0) != Theme::instance().fieldTint(FieldKind::Length));
}

void TestHexView::marksTheEndsOfReads()
{
    HexView whole;
    whole.setMessage(inspected(QByteArray(64, 'x'), {}, rawProtocol()));
    show(whole);
    HexView cut;
    cut.setMessage(inspected(QByteArray(64, 'x'), { 3, 61 }, rawProtocol()));
    show(cut);
    const QImage one = whole.viewport()->grab().toImage();
    const QImage two = cut.viewport()->grab().toImage();
    const HexGeometry& geometry = cut.geometryOfBytes();
    const QRect cell = geometry.hexRect(2, 1, 0);
    const QPoint tick(cell.right(), cell.center().y());
    QVERIFY(one.pixelColor(tick) != two.pixelColor(tick));
    QCOMPARE(two.pixelColor(tick), cut.palette().color(QPalette::Text));
    // The ruler changes its shade there.
    QVERIFY(two.pixelColor(1, 0) != two.pixelColor(1, geometry.lineHeight() - 1));
    QCOMPARE(one.pixelColor(1, 0), one.pixelColor(1, geometry.lineHeight() - 1));
}

void TestHexView::hoverOutlines()
{
    HexView view;
    view.setMessage(inspected(goldenRequest()));
    show(view);
    const QImage before = view.viewport()->grab().toImage();
    view.setHovered(2, 20);
    QVERIFY(view.viewport()->grab().toImage() != before);
    view.setHovered(0, 0);
    QCOMPARE(view.viewport()->grab().toImage(), before);
}

void TestHexView::largeMessageScrolls()
{
    const QByteArray header = R"({"byteorder": "little", "content-type": "binary/x", "content-encoding": "binary", )"
                              R"("content-length": 67108864})";
    QByteArray bytes(2, '\0');
    bytes[1] = static_cast<char>(header.size());
    bytes += header + QByteArray(qsizetype { 64 } << 20, '\x9c');
    HexView view;
    view.setMessage(inspected(bytes, { 65536 }));
    show(view);
    QTest::keyClick(&view, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(view.selectionOffset(), bytes.size() - 1);
    QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
    QCOMPARE(cornerOf(view, bytes.size() - 20), Theme::instance().fieldTint(FieldKind::Binary));
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 2);
    QVERIFY(!view.viewport()->grab().isNull());
    view.copyAs(ByteForm::CArray); // over the bound only where more than 16 MiB are selected
    QCOMPARE(QGuiApplication::clipboard()->text().left(20), QStringLiteral("const unsigned char "));
    QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
    QGuiApplication::clipboard()->clear();
    view.copyAs(ByteForm::Hex);
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

void TestHexView::keepsItsPlaceForANewVersion()
{
    HexView view;
    view.setMessage(inspected(QByteArray(10'000, 'x'), {}, rawProtocol()));
    show(view);
    view.select(5000, 10);
    const int top = view.verticalScrollBar()->value();
    view.setMessage(inspected(QByteArray(12'000, 'x'), {}, rawProtocol()), HexView::Keep::Position);
    QCOMPARE(view.selectionOffset(), 5000);
    QCOMPARE(view.selectionSize(), 10);
    QCOMPARE(view.verticalScrollBar()->value(), top);
    view.setMessage(inspected(QByteArray(12'000, 'x'), {}, rawProtocol()));
    QCOMPARE(view.selectionSize(), 0);
    QCOMPARE(view.verticalScrollBar()->value(), 0);
}

void TestHexView::accessible()
{
    HexView view;
    view.setMessage(inspected(goldenRequest()));
    QCOMPARE(view.accessibleName(), QStringLiteral("Bytes"));
    view.select(2, 3);
    QCOMPARE(view.accessibleDescription(), QStringLiteral("3 bytes selected at offset 0x2"));
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&view);
    QVERIFY(interface != nullptr);
    QCOMPARE(interface->role(), QAccessible::Document);
    QCOMPARE(interface->text(QAccessible::Name), QStringLiteral("Bytes"));
    QCOMPARE(interface->text(QAccessible::Value), QStringLiteral("7b2262"));
}

void TestHexView::linkedSelection()
{
    QWidget window;
    auto* structure = new StructureView(&window);
    auto* bytes = new HexView(&window);
    const ViewLink link(structure, bytes, nullptr);
    structure->setGeometry(0, 0, 460, 300);
    bytes->setGeometry(0, 300, 460, 300);
    const InspectedMessagePtr message = inspected(goldenRequest());
    structure->setMessage(message);
    bytes->setMessage(message);
    show(window, 460, 600);

    // Bytes → Structure.
    QTest::mouseClick(bytes->viewport(), Qt::LeftButton, {}, pointOf(*bytes, 1));
    QCOMPARE(structure->currentField(), message->annotation.leafAt(1));
    QCOMPARE(bytes->selectionSize(), 1);
    QCOMPARE(link.pathText(), QStringLiteral("fixed header = 103 (0x0067)"));

    // Structure → Bytes, with the keyboard.
    structure->setFocus();
    QTest::keyClick(structure, Qt::Key_Down);
    const int field = structure->currentField();
    QVERIFY(field > 0 && field != message->annotation.leafAt(1));
    const Field& range = message->annotation.fields()[static_cast<std::size_t>(field)];
    QCOMPARE(bytes->selectionOffset(), range.offset);
    QCOMPARE(bytes->selectionSize(), range.size);

    // A byte of a value: its key stands for it while that is closed, the value itself once it is open.
    const int member = fieldNamed(*message, QStringLiteral("content-length"));
    const Field& memberRange = message->annotation.fields()[static_cast<std::size_t>(member)];
    const qint64 lastByte = memberRange.offset + memberRange.size - 1;
    bytes->select(lastByte, 1);
    QCOMPARE(structure->currentField(), member);
    structure->expand(structure->currentIndex());
    bytes->select(lastByte - 1, 1);
    QCOMPARE(structure->currentField(), message->annotation.leafAt(lastByte));
}

void TestHexView::linkedHover()
{
    QWidget window;
    auto* structure = new StructureView(&window);
    auto* bytes = new HexView(&window);
    const ViewLink link(structure, bytes, nullptr);
    structure->setGeometry(0, 0, 460, 300);
    bytes->setGeometry(0, 300, 460, 300);
    const InspectedMessagePtr message = inspected(goldenRequest());
    structure->setMessage(message);
    bytes->setMessage(message);
    show(window, 460, 600);

    const QImage tree = structure->viewport()->grab().toImage();
    QSignalSpy spy(&link, &ViewLink::pathTextChanged);
    QTest::mouseMove(bytes->viewport(), pointOf(*bytes, 0));
    QTRY_VERIFY(!spy.isEmpty());
    QCOMPARE(link.pathText(), QStringLiteral("fixed header = 103 (0x0067)"));
    QVERIFY(structure->viewport()->grab().toImage() != tree);

    const QImage before = bytes->viewport()->grab().toImage();
    const QModelIndex jsonHeader = structure->model()->index(1, 0);
    QTest::mouseMove(structure->viewport(), structure->visualRect(jsonHeader).center());
    QTRY_VERIFY(bytes->viewport()->grab().toImage() != before);
    QCOMPARE(link.pathText(), QStringLiteral("JSON header = 103 bytes"));
}

void TestHexView::paintsAPage()
{
    // 64 lines of 16 bytes, a field of a few bytes each: what a full screen of a JSON message looks like.
    const QByteArray content = '[' + QByteArray(R"({"key":123},)").repeated(2000) + "0]";
    const QByteArray header = R"({"byteorder":"little","content-type":"text/json","content-encoding":"utf-8",)"
                              R"("content-length":)"
        + QByteArray::number(content.size()) + '}';
    QByteArray bytes(2, '\0');
    bytes[1] = static_cast<char>(header.size());
    HexView view;
    view.setMessage(inspected(bytes + header + content, { 100 }));
    const HexGeometry sizes(1000, 10'000, view.geometryOfBytes().charWidth(), view.geometryOfBytes().lineHeight());
    show(view, HexGeometry::widthFor(16, 4, sizes.charWidth()) + 24, 64 * sizes.lineHeight());
    QCOMPARE(view.geometryOfBytes().bytesPerLine(), 16);
    view.verticalScrollBar()->setValue(100);
    QImage image(view.viewport()->size(), QImage::Format_ARGB32_Premultiplied);
    QBENCHMARK
    {
        view.viewport()->render(&image);
    }
    QVERIFY(!image.isNull());
}

SOCKEYE_TEST(TestHexView)
#include "tst_hex_view.moc"
