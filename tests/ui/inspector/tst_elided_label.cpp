// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/widgets/elided_label.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QTest>
#include <QToolTip>

namespace sockeye {

namespace {

/// Counts how often its layout is to be made anew.
class Row : public QWidget {
public:
    /// `window` has no least size, of which the offscreen platform would warn.
    explicit Row(QWidget& window)
        : QWidget(&window)
        , label(new ElidedLabel)
        , other(new QLabel)
    {
        auto* layout = new QHBoxLayout(this);
        layout->addWidget(label, 1);
        layout->addWidget(other);
        resize(400, 40);
        window.resize(500, 100);
        window.show();
        QCoreApplication::processEvents();
    }

    ElidedLabel* const label; // NOLINT(misc-non-private-member-variables-in-classes)
    QLabel* const other; // NOLINT(misc-non-private-member-variables-in-classes)
    int layouts = 0; // NOLINT(misc-non-private-member-variables-in-classes)

protected:
    bool event(QEvent* event) override
    {
        layouts += event->type() == QEvent::LayoutRequest ? 1 : 0;
        return QWidget::event(event);
    }
};

} // namespace

class TestElidedLabel : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void aNewTextCostsNoLayout();
    void paintsTheText();
    void cutsWhatDoesNotFit();
    void isALabelForReaders();
};

void TestElidedLabel::aNewTextCostsNoLayout()
{
    QWidget window;
    Row row(window);
    row.layouts = 0;
    row.label->setFullText(QStringLiteral("1,234 messages"));
    row.label->setFullText(QStringLiteral("1,234,567 messages, 3 errors"));
    QCoreApplication::processEvents();
    QCOMPARE(row.layouts, 0);
    row.other->setText(QStringLiteral("That one does."));
    QCoreApplication::processEvents();
    QVERIFY(row.layouts > 0);
}

void TestElidedLabel::paintsTheText()
{
    QWidget window;
    Row row(window);
    QLabel plain(&row);
    plain.resize(row.label->size());
    for (const QString& text : { QStringLiteral("7 messages"), QStringLiteral("8 messages, 1 error") }) {
        row.label->setFullText(text);
        plain.setText(text);
        QCOMPARE(row.label->grab().toImage(), plain.grab().toImage());
    }
    row.label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    plain.setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    QCOMPARE(row.label->grab().toImage(), plain.grab().toImage());
}

void TestElidedLabel::cutsWhatDoesNotFit()
{
    QWidget window;
    Row row(window);
    const QString text = QStringLiteral("a text that is too long for the window that it is shown in").repeated(4);
    row.label->setFullText(text);
    row.resize(200, 40);
    QCoreApplication::processEvents();
    QCOMPARE(row.width(), 200);
    QTest::ignoreMessage(QtWarningMsg, "This plugin does not support raise()");
    QHelpEvent help(QEvent::ToolTip, { 5, 5 }, row.label->mapToGlobal(QPoint(5, 5)));
    QCoreApplication::sendEvent(row.label, &help);
    QTRY_COMPARE(QToolTip::text(), text);
    QToolTip::hideText();

    row.label->setFullText(QStringLiteral("short"));
    QTRY_VERIFY(!QToolTip::isVisible());
    QHelpEvent again(QEvent::ToolTip, { 5, 5 }, row.label->mapToGlobal(QPoint(5, 5)));
    QCoreApplication::sendEvent(row.label, &again);
    QVERIFY(!QToolTip::isVisible());
}

void TestElidedLabel::isALabelForReaders()
{
    QWidget window;
    Row row(window);
    row.label->setFullText(QStringLiteral("7 messages"));
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(row.label);
    QVERIFY(interface);
    QCOMPARE(interface->role(), QAccessible::StaticText);
    QCOMPARE(interface->text(QAccessible::Name), QStringLiteral("7 messages"));
}

SOCKEYE_TEST(TestElidedLabel)

} // namespace sockeye

#include "tst_elided_label.moc"
