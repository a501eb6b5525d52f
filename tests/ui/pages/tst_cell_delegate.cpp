// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/widgets/cell_delegate.h"

#include <QGuiApplication>
#include <QHelpEvent>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>
#include <QToolTip>

#include <functional>

namespace sockeye {

namespace {

using Change = std::function<void(QStandardItem&, QStyleOptionViewItem&)>;

void nothing(QStandardItem&, QStyleOptionViewItem&) { }

} // namespace

/// What the delegate paints is held against what Qt's paints, pixel by pixel.
class TestCellDelegate : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void init() override
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support raise)")));
    }
    void initTestCase();
    void paintsAsQtDoes_data();
    void paintsAsQtDoes();
    void followsTheFont();
    void followsTheWidth();
    void keepsTextsApart();
    void middleLeftOut();
    void cutTextsAreToldWhole_data();
    void cutTextsAreToldWhole();

private:
    [[nodiscard]] QStyleOptionViewItem option(int width) const;
    [[nodiscard]] QImage painted(const QAbstractItemDelegate& delegate, const QStyleOptionViewItem& cell,
        const QString& text, const Change& change = nothing) const;

    QTableView m_table;
    CellDelegate m_delegate;
    QStyledItemDelegate m_qtDelegate;
};

void TestCellDelegate::initTestCase()
{
    m_table.setWordWrap(false);
    m_table.ensurePolished();
}

QStyleOptionViewItem TestCellDelegate::option(int width) const
{
    QStyleOptionViewItem cell;
    cell.initFrom(&m_table);
    cell.widget = &m_table;
    cell.font = m_table.font();
    cell.rect = QRect(3, 2, width, m_table.fontMetrics().height() + 4);
    cell.state = QStyle::State_Enabled | QStyle::State_Active;
    cell.textElideMode = m_table.textElideMode();
    cell.showDecorationSelected = true;
    return cell;
}

QImage TestCellDelegate::painted(const QAbstractItemDelegate& delegate, const QStyleOptionViewItem& cell,
    const QString& text, const Change& change) const
{
    QStandardItemModel model(1, 1);
    auto* item = new QStandardItem(text);
    item->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    model.setItem(0, 0, item);
    QStyleOptionViewItem changed = cell;
    change(*item, changed);
    constexpr int scale = 2;
    QImage image((changed.rect.size() + QSize(6, 4)) * scale, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(changed.features & QStyleOptionViewItem::Alternate ? 1 : scale);
    image.fill(changed.palette.color(QPalette::Base));
    QPainter painter(&image);
    delegate.paint(&painter, changed, model.index(0, 0));
    painter.end();
    return image;
}

void TestCellDelegate::paintsAsQtDoes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("width");
    QTest::addColumn<Change>("change");
    const auto row = [](const char* name, const QString& text, int width, const Change& change = nothing) {
        QTest::newRow(name) << text << width << change;
    };
    const auto aligned = [](Qt::Alignment alignment) {
        return [alignment](QStandardItem& item, QStyleOptionViewItem&) { item.setTextAlignment(alignment); };
    };
    const auto with = [](QStyle::State state) {
        return [state](QStandardItem&, QStyleOptionViewItem& cell) { cell.state |= state; };
    };
    const QString text = QStringLiteral("search \"morpheus\"");
    const QString longText = QStringLiteral("{\"action\": \"search\", \"value\": \"morpheus\"} and so on");

    row("left", text, 200);
    row("not scaled", text, 200,
        [](QStandardItem&, QStyleOptionViewItem& cell) { cell.features |= QStyleOptionViewItem::Alternate; });
    row("right", text, 200, aligned(Qt::AlignRight | Qt::AlignVCenter));
    row("centred", text, 200, aligned(Qt::AlignCenter));
    row("at the top", text, 200, aligned(Qt::AlignLeft | Qt::AlignTop));
    row("at the bottom", text, 200, aligned(Qt::AlignLeft | Qt::AlignBottom));
    row("too long", longText, 120);
    row("too long, right", longText, 120, aligned(Qt::AlignRight | Qt::AlignVCenter));
    row("too long, start left out", longText, 120,
        [](QStandardItem&, QStyleOptionViewItem& cell) { cell.textElideMode = Qt::ElideLeft; });
    row("no room for a letter", text, 10);
    row("no room at all", text, 3);
    row("empty", {}, 100);
    row("digits", QStringLiteral("1,234,567"), 100, aligned(Qt::AlignRight | Qt::AlignVCenter));
    row("emoji", QStringLiteral("Follow the white rabbit. 🐰 In vino veritas. 🍷"), 400);
    row("emoji, too long", QStringLiteral("Follow the white rabbit. 🐰"), 60);
    row("right to left", QStringLiteral("ابحث عن الأرنب"), 200);
    row("both ways", QStringLiteral("search ابحث now"), 200);
    row("a window from right to left", text, 200,
        [](QStandardItem&, QStyleOptionViewItem& cell) { cell.direction = Qt::RightToLeft; });
    row("a text from right to left there", QStringLiteral("ابحث عن الأرنب"), 200,
        [](QStandardItem&, QStyleOptionViewItem& cell) { cell.direction = Qt::RightToLeft; });
    row("selected", text, 200, with(QStyle::State_Selected));
    row("selected, with the focus", text, 200, with(QStyle::State_Selected | QStyle::State_HasFocus));
    row("under the mouse", text, 200, with(QStyle::State_MouseOver));
    row("in an inactive window", text, 200, [](QStandardItem&, QStyleOptionViewItem& cell) {
        cell.state |= QStyle::State_Selected;
        cell.state &= ~QStyle::State_Active;
    });
    row("disabled", text, 200,
        [](QStandardItem&, QStyleOptionViewItem& cell) { cell.state &= ~QStyle::State_Enabled; });
    row("a colour of its own", text, 200,
        [](QStandardItem& item, QStyleOptionViewItem&) { item.setForeground(QColor(0xc0, 0x20, 0x20)); });
    row("a background of its own", text, 200,
        [](QStandardItem& item, QStyleOptionViewItem&) { item.setBackground(QColor(0xff, 0xf0, 0xc0)); });
    row("a font of its own", text, 200, [](QStandardItem& item, QStyleOptionViewItem& cell) {
        QFont bold = cell.font;
        bold.setBold(true);
        item.setFont(bold);
    });
    row("a picture", text, 200, [](QStandardItem& item, QStyleOptionViewItem&) {
        QPixmap red(8, 8);
        red.fill(Qt::red);
        item.setIcon(red);
    });
    row("a check box", text, 200, [](QStandardItem& item, QStyleOptionViewItem&) { item.setCheckable(true); });
    row("two lines", QStringLiteral("one\ntwo"), 200);
    row("very long", longText.repeated(40), 200);
}

void TestCellDelegate::paintsAsQtDoes()
{
    QFETCH(const QString, text);
    QFETCH(const int, width);
    QFETCH(const Change, change);
    const QImage wanted = painted(m_qtDelegate, option(width), text, change);
    QCOMPARE(painted(m_delegate, option(width), text, change), wanted);
    // And from what it kept.
    QCOMPARE(painted(m_delegate, option(width), text, change), wanted);
}

void TestCellDelegate::followsTheFont()
{
    const QFont before = m_table.font();
    const QString text = QStringLiteral("search");
    const QImage small = painted(m_delegate, option(100), text);
    QFont larger = before;
    larger.setPointSizeF(before.pointSizeF() * 1.5);
    m_table.setFont(larger);
    const QImage large = painted(m_delegate, option(100), text);
    QCOMPARE(large, painted(m_qtDelegate, option(100), text));
    m_table.setFont(before);
    QCOMPARE(painted(m_delegate, option(100), text), small);
    QVERIFY(large != small);
}

void TestCellDelegate::followsTheWidth()
{
    const QString text = QStringLiteral("a text that is too long for the narrow one");
    for (const int width : { 400, 80, 81, 400 }) {
        QCOMPARE(painted(m_delegate, option(width), text), painted(m_qtDelegate, option(width), text));
    }
}

void TestCellDelegate::keepsTextsApart()
{
    // More than it keeps: the first ones are shaped again.
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 4'000; i += round == 0 ? 1 : 500) {
            const QString text = QStringLiteral("message %1").arg(i, 10);
            const QImage image = painted(m_delegate, option(150), text);
            if (i % 500 == 0) {
                QCOMPARE(image, painted(m_qtDelegate, option(150), text));
            }
        }
    }
}

SOCKEYE_TEST(TestCellDelegate)

void TestCellDelegate::middleLeftOut()
{
    const QString path = QStringLiteral("/run/user/1000/a-long-folder/the-name.sock");
    const CellDelegate middle(nullptr, Qt::ElideMiddle);
    QStyleOptionViewItem cell = option(120);
    const QImage shown = painted(middle, cell, path);
    QCOMPARE(painted(middle, cell, path), shown); // as it was kept
    cell.textElideMode = Qt::ElideMiddle;
    QCOMPARE(shown, painted(m_qtDelegate, cell, path));
    QVERIFY(shown != painted(m_delegate, option(120), path));
}

void TestCellDelegate::cutTextsAreToldWhole_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("ownToolTip");
    QTest::addColumn<QString>("told");
    const QString longText = QStringLiteral("/run/user/1000/a-long-folder/the-name.sock");
    QTest::newRow("cut") << longText << QString() << longText;
    QTest::newRow("whole") << QStringLiteral("/run") << QString() << QString();
    QTest::newRow("a tool tip of its own")
        << longText << QStringLiteral("a Unix socket") << QStringLiteral("a Unix socket");
}

void TestCellDelegate::cutTextsAreToldWhole()
{
    QFETCH(const QString, text);
    QFETCH(const QString, ownToolTip);
    QFETCH(const QString, told);
    QStandardItemModel model(1, 1);
    model.setItem(0, 0, new QStandardItem(text));
    model.item(0, 0)->setToolTip(ownToolTip);
    QTableView view;
    view.setModel(&model);
    view.setItemDelegate(&m_delegate);
    view.setColumnWidth(0, 100);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QToolTip::hideText();
    const QPoint place = view.visualRect(model.index(0, 0)).center();
    QHelpEvent help(QEvent::ToolTip, place, view.viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(view.viewport(), &help);
    QTRY_COMPARE(QToolTip::isVisible() ? QToolTip::text() : QString(), told);
}

} // namespace sockeye

#include "tst_cell_delegate.moc"
