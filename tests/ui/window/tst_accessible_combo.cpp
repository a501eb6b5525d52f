// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/widgets/accessible_combo.h"

#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QTest>
#include <QVBoxLayout>

using namespace sockeye;

/// What assistive tools are told of combo boxes.
class TestAccessibleCombo : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() override;
    void nameIsTheOneSet();
    void nameIsThatOfTheLabel();
    void classesOfOurOwn();
    void valueIsWhatIsChosen();
    void state_data();
    void state();
    void actionsOpenTheList_data();
    void actionsOpenTheList();
    void otherWidgetsKeepTheirs();

private:
    [[nodiscard]] QAccessibleInterface* accessible() const;

    std::unique_ptr<QWidget> m_window;
    QLabel* m_label = nullptr;
    QComboBox* m_box = nullptr;
};

namespace {

/// A list that is only said to be open: the offscreen platform warns of what a real one wants of it.
class OwnCombo : public QComboBox {
    Q_OBJECT
public:
    void showPopup() override { ++m_opened; }
    [[nodiscard]] int opened() const { return m_opened; }

private:
    int m_opened = 0;
};

} // namespace

void TestAccessibleCombo::initTestCase()
{
    nameComboBoxesByTheirLabels();
}

void TestAccessibleCombo::init()
{
    TestCase::init();
    m_window = std::make_unique<QWidget>();
    m_label = new QLabel(QStringLiteral("Ser&vice"));
    m_box = new QComboBox;
    m_box->addItems({ QStringLiteral("app"), QStringLiteral("echo") });
    auto* layout = new QVBoxLayout(m_window.get());
    layout->addWidget(m_label);
    layout->addWidget(m_box);
}

QAccessibleInterface* TestAccessibleCombo::accessible() const
{
    return QAccessible::queryAccessibleInterface(m_box);
}

void TestAccessibleCombo::nameIsTheOneSet()
{
    m_box->setAccessibleName(QStringLiteral("Service"));
    QCOMPARE(accessible()->text(QAccessible::Name), QStringLiteral("Service"));
    m_box->setCurrentIndex(1);
    QCOMPARE(accessible()->text(QAccessible::Name), QStringLiteral("Service"));
}

void TestAccessibleCombo::nameIsThatOfTheLabel()
{
    m_label->setBuddy(m_box);
    QCOMPARE(accessible()->text(QAccessible::Name), QStringLiteral("Service"));
}

void TestAccessibleCombo::classesOfOurOwn()
{
    OwnCombo box;
    box.addItem(QStringLiteral("app"));
    box.setAccessibleName(QStringLiteral("Service"));
    QCOMPARE(QAccessible::queryAccessibleInterface(&box)->text(QAccessible::Name), QStringLiteral("Service"));
}

void TestAccessibleCombo::valueIsWhatIsChosen()
{
    QCOMPARE(accessible()->role(), QAccessible::ComboBox);
    QCOMPARE(accessible()->text(QAccessible::Value), QStringLiteral("app"));
    m_box->setCurrentIndex(1);
    QCOMPARE(accessible()->text(QAccessible::Value), QStringLiteral("echo"));
    m_box->setEditable(true);
    m_box->setEditText(QStringLiteral("typed"));
    QCOMPARE(accessible()->text(QAccessible::Value), QStringLiteral("typed"));
}

void TestAccessibleCombo::state_data()
{
    QTest::addColumn<bool>("editable");
    QTest::addColumn<bool>("enabled");
    QTest::newRow("choice") << false << true;
    QTest::newRow("text field") << true << true;
    QTest::newRow("disabled") << false << false;
}

void TestAccessibleCombo::state()
{
    QFETCH(const bool, editable);
    QFETCH(const bool, enabled);
    m_box->setEditable(editable);
    m_box->setEnabled(enabled);
    const QAccessible::State state = accessible()->state();
    QVERIFY(state.expandable);
    QVERIFY(state.hasPopup);
    QCOMPARE(bool(state.editable), editable);
    QCOMPARE(bool(state.disabled), !enabled);
}

void TestAccessibleCombo::actionsOpenTheList_data()
{
    QTest::addColumn<QString>("action");
    QTest::newRow("show menu") << QAccessibleActionInterface::showMenuAction();
    QTest::newRow("press") << QAccessibleActionInterface::pressAction();
}

void TestAccessibleCombo::actionsOpenTheList()
{
    QFETCH(const QString, action);
    OwnCombo box;
    QAccessibleActionInterface* actions = QAccessible::queryAccessibleInterface(&box)->actionInterface();
    QVERIFY(actions != nullptr);
    QVERIFY(actions->actionNames().contains(action));
    QCOMPARE(box.opened(), 0);
    actions->doAction(action);
    QCOMPARE(box.opened(), 1);
}

void TestAccessibleCombo::otherWidgetsKeepTheirs()
{
    QCOMPARE(QAccessible::queryAccessibleInterface(m_label)->role(), QAccessible::StaticText);
}

SOCKEYE_TEST(TestAccessibleCombo)
#include "tst_accessible_combo.moc"
