// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/hexview/go_to_bar.h"
#include "ui/hexview/hex_geometry.h"
#include "ui/hexview/hex_selection.h"

#include <QTest>

using namespace sockeye;

class TestHexGeometry : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void bytesPerLine_data();
    void bytesPerLine();
    void everyCellHitsItself();
    void nothingBetweenColumns();
    void nearestClamps();
    void lines_data();
    void lines();
    void moves_data();
    void moves();
    void selects();
    void shrinks();
    void emptyMessage();
    void offsets_data();
    void offsets();
};

void TestHexGeometry::bytesPerLine_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("expected");
    QTest::newRow("nothing") << 0 << 8;
    QTest::newRow("inspector of 400") << 400 << 8;
    QTest::newRow("one too narrow for 16") << HexGeometry::widthFor(16, 4, 8) - 1 << 8;
    QTest::newRow("just 16") << HexGeometry::widthFor(16, 4, 8) << 16;
    QTest::newRow("just 32") << HexGeometry::widthFor(32, 4, 8) << 32;
    QTest::newRow("very wide") << 5000 << 32;
}

void TestHexGeometry::bytesPerLine()
{
    QFETCH(const int, width);
    QFETCH(const int, expected);
    const HexGeometry geometry(1000, width, 8, 16);
    QCOMPARE(geometry.bytesPerLine(), expected);
    if (width >= HexGeometry::widthFor(8, 4, 8)) {
        QVERIFY2(geometry.contentWidth() <= width, qPrintable(QString::number(geometry.contentWidth())));
    }
    QVERIFY(HexGeometry::widthFor(8, 8, 8) <= 400);
}

void TestHexGeometry::everyCellHitsItself()
{
    for (const int width : { 300, 520, 1200 }) {
        const HexGeometry geometry(200, width, 8, 16);
        for (int column = 0; column < geometry.bytesPerLine(); ++column) {
            for (const QRect& cell : { geometry.hexRect(column, 1, 16), geometry.textRect(column, 1, 16) }) {
                const qint64 expected = geometry.lineStart(4) + column; // line 1 of the screen is line 4
                QCOMPARE(geometry.hit(cell.center(), 3).offset, expected);
                QCOMPARE(geometry.hit(cell.topLeft(), 3).offset, expected);
                QCOMPARE(geometry.nearest(cell.center(), 3), expected);
            }
        }
        // Cells of a field join: no gap shows between their tints.
        QCOMPARE(geometry.hexRect(0, 8, 0).right() + 1, geometry.hexCellRight(7));
        QCOMPARE(geometry.hexCellRight(2), geometry.hexCellLeft(3));
    }
}

void TestHexGeometry::nothingBetweenColumns()
{
    const HexGeometry geometry(20, 300, 8, 16);
    QCOMPARE(geometry.hit({ geometry.textLeft(0) - 2, 0 }, 0).offset, -1);
    QCOMPARE(geometry.hit({ geometry.textLeft(8) + 1, 0 }, 0).offset, -1);
    QCOMPARE(geometry.hit({ geometry.hexRect(4, 1, 32).center() }, 0).offset, -1); // line 2 has 4 bytes
    QCOMPARE(geometry.hit({ 50, 48 }, 0).offset, -1); // below the last line
    QCOMPARE(geometry.hit({ 2, 0 }, 0).column, HexGeometry::Column::Gutter);
    QCOMPARE(geometry.hit({ 20, 17 }, 0).column, HexGeometry::Column::Offset);
    QCOMPARE(geometry.hit({ 20, 17 }, 0).offset, 8);
}

void TestHexGeometry::nearestClamps()
{
    const HexGeometry geometry(20, 300, 8, 16);
    QCOMPARE(geometry.nearest({ -50, -50 }, 0), 0);
    QCOMPARE(geometry.nearest({ 5000, 5000 }, 0), 19);
    QCOMPARE(geometry.nearest({ 5000, 4 }, 0), 7);
    QCOMPARE(geometry.nearest({ geometry.hexRect(2, 1, 0).center().x(), -1 }, 2), 10);
}

void TestHexGeometry::lines_data()
{
    QTest::addColumn<qint64>("size");
    QTest::addColumn<qint64>("lines");
    QTest::addColumn<int>("digits");
    QTest::newRow("empty") << qint64 { 0 } << qint64 { 1 } << 4;
    QTest::newRow("one") << qint64 { 1 } << qint64 { 1 } << 4;
    QTest::newRow("full line") << qint64 { 8 } << qint64 { 1 } << 4;
    QTest::newRow("one more") << qint64 { 9 } << qint64 { 2 } << 4;
    QTest::newRow("64 KiB") << qint64 { 65536 } << qint64 { 8192 } << 4;
    QTest::newRow("64 MiB") << (qint64 { 64 } << 20) << (qint64 { 8 } << 20) << 8;
    QTest::newRow("64 GiB") << (qint64 { 64 } << 30) << (qint64 { 8 } << 30) << 12;
}

void TestHexGeometry::lines()
{
    QFETCH(const qint64, size);
    QFETCH(const qint64, lines);
    QFETCH(const int, digits);
    const HexGeometry geometry(size, 300, 8, 16);
    QCOMPARE(geometry.lineCount(), lines);
    QCOMPARE(geometry.offsetDigits(), digits);
    if (size > 0) {
        QCOMPARE(geometry.lineOf(size - 1), lines - 1);
        const QPoint point = geometry.hexRect(geometry.columnOf(size - 1), 1, 0).center();
        QCOMPARE(geometry.hit(point, lines - 1).offset, size - 1);
    }
}

void TestHexGeometry::moves_data()
{
    QTest::addColumn<qint64>("from");
    QTest::addColumn<int>("step");
    QTest::addColumn<qint64>("to");
    const auto row = [](const char* name, qint64 from, CursorMove step, qint64 to) {
        QTest::newRow(name) << from << static_cast<int>(step) << to;
    };
    // 100 bytes, 16 a line, 4 lines a page: the last line is 96 to 99.
    row("left", 5, CursorMove::Left, 4);
    row("left at the start", 0, CursorMove::Left, 0);
    row("right", 5, CursorMove::Right, 6);
    row("right at the end", 99, CursorMove::Right, 99);
    row("up", 20, CursorMove::Up, 4);
    row("up in the first line", 5, CursorMove::Up, 5);
    row("down", 5, CursorMove::Down, 21);
    row("down in the last line", 98, CursorMove::Down, 98);
    row("down to a short line", 90, CursorMove::Down, 99);
    row("start of line", 21, CursorMove::LineStart, 16);
    row("end of line", 21, CursorMove::LineEnd, 31);
    row("end of the last line", 96, CursorMove::LineEnd, 99);
    row("page down", 5, CursorMove::PageDown, 69);
    row("page down past the end", 50, CursorMove::PageDown, 98);
    row("page up", 70, CursorMove::PageUp, 6);
    row("page up past the start", 37, CursorMove::PageUp, 5);
    row("start", 50, CursorMove::Start, 0);
    row("end", 50, CursorMove::End, 99);
}

void TestHexGeometry::moves()
{
    QFETCH(const qint64, from);
    QFETCH(const int, step);
    QFETCH(const qint64, to);
    HexSelection selection;
    selection.setSize(100);
    selection.moveTo(from, false);
    HexSelection extended = selection;
    QCOMPARE(selection.move(static_cast<CursorMove>(step), false, 16, 4), from != to);
    QCOMPARE(selection.cursor(), to);
    QCOMPARE(selection.size(), 1);
    extended.move(static_cast<CursorMove>(step), true, 16, 4);
    QCOMPARE(extended.offset(), qMin(from, to));
    QCOMPARE(extended.size(), qAbs(from - to) + 1);
}

void TestHexGeometry::selects()
{
    HexSelection selection;
    selection.setSize(10);
    QVERIFY(selection.isEmpty());
    QVERIFY(selection.select(2, 3));
    QVERIFY(!selection.select(2, 3));
    QVERIFY(selection.contains(4) && !selection.contains(5) && !selection.contains(1));
    QVERIFY(selection.select(8, 100));
    QCOMPARE(selection.size(), 2);
    QVERIFY(selection.select(-5, 2));
    QCOMPARE(selection.offset(), 0);
    QVERIFY(selection.select(4, 0));
    QVERIFY(selection.isEmpty());
    QCOMPARE(selection.cursor(), 4);
    QVERIFY(selection.selectAll());
    QCOMPARE(selection.size(), 10);
}

void TestHexGeometry::shrinks()
{
    HexSelection selection;
    selection.setSize(10);
    selection.select(4, 6);
    selection.setSize(6);
    QCOMPARE(selection.offset(), 4);
    QCOMPARE(selection.size(), 2);
    selection.setSize(3);
    QVERIFY(selection.isEmpty());
    QCOMPARE(selection.cursor(), 2);
}

void TestHexGeometry::emptyMessage()
{
    HexSelection selection;
    QVERIFY(!selection.moveTo(5, false));
    QVERIFY(!selection.selectAll());
    QCOMPARE(selection.size(), 0);
    const HexGeometry geometry(0, 400, 8, 16);
    QCOMPARE(geometry.nearest({ 100, 100 }, 0), -1);
    QCOMPARE(geometry.hit({ 100, 4 }, 0).offset, -1);
}

void TestHexGeometry::offsets_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("offset"); // -1: none
    QTest::newRow("decimal") << QStringLiteral("146") << qint64 { 146 };
    QTest::newRow("hex") << QStringLiteral("0x92") << qint64 { 146 };
    QTest::newRow("hex, capitals") << QStringLiteral(" 0XFF ") << qint64 { 255 };
    QTest::newRow("thousands") << QStringLiteral("1,448") << qint64 { 1448 };
    QTest::newRow("large") << QStringLiteral("0x1_0000_0000") << (qint64 { 1 } << 32);
    QTest::newRow("empty") << QString() << qint64 { -1 };
    QTest::newRow("only 0x") << QStringLiteral("0x") << qint64 { -1 };
    QTest::newRow("negative") << QStringLiteral("-1") << qint64 { -1 };
    QTest::newRow("hex digits without 0x") << QStringLiteral("ff") << qint64 { -1 };
    QTest::newRow("too large") << QStringLiteral("99999999999999999999") << qint64 { -1 };
}

void TestHexGeometry::offsets()
{
    QFETCH(const QString, text);
    QFETCH(const qint64, offset);
    QCOMPARE(parseOffset(text).value_or(-1), offset);
}

SOCKEYE_TEST(TestHexGeometry)
#include "tst_hex_geometry.moc"
