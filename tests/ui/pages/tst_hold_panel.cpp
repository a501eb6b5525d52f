// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/message.h"
#include "tests/ui/pages/relay_page_fixture.h"
#include "ui/composer/composer_model.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/filter/filter_edit.h"
#include "ui/pages/relay/held_editor.h"
#include "ui/pages/relay/held_model.h"
#include "ui/pages/relay/hold_panel.h"
#include "ui/widgets/dense_table.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

namespace sockeye {

class TestHoldPanel : public RelayPageTest {
    Q_OBJECT

private Q_SLOTS:
    void letsGoWhatWasEdited();
    void dropsAndGoesOnWithTheNext();
    void answers();
    void sendsOneMore();
    void letsAllGo();
    void followsATimeLimit();
    void saysWhatIsWrongWithTheFilter();
    void readsLinesAsText();
    void doesNotSendWhatCannotBe();
    void restoresItself();

private:
    /// A relay that holds what matches, before a server of ours.
    void startHolding(const QString& where, const QString& service = QStringLiteral("app"))
    {
        setUp();
        startTarget(service);
        named<QCheckBox>(QStringLiteral("Hold"))->setChecked(true);
        auto* filter = named<FilterEdit>(QStringLiteral("Hold filter"));
        filter->setText(where);
        QTest::keyClick(filter, Qt::Key_Return);
        startRelay();
    }
    [[nodiscard]] HeldModel* held() const { return m_page->hold().model(); }
    [[nodiscard]] HeldEditor* editor() const { return m_page->hold().editor(); }
    [[nodiscard]] QString cell(int row, int column) const { return held()->index(row, column).data().toString(); }
    void press(const QString& button) const
    {
        auto* found = named<QPushButton>(button);
        QVERIFY2(found != nullptr && found->isVisible() && found->isEnabled(), qPrintable(button));
        QTest::mouseClick(found, Qt::LeftButton);
    }
    void choose(HeldEditor::Mode mode) const
    {
        auto* modes = named<QComboBox>(QStringLiteral("What to do"));
        modes->setCurrentIndex(modes->findData(static_cast<int>(mode)));
    }
    void write(const QByteArray& bytes) const
    {
        editor()->model().edit(nullptr, [&](RequestDraft& draft) { draft.setBytes(bytes); });
    }
    static QByteArray all(QTcpSocket& peer, QByteArrayView until)
    {
        QByteArray bytes;
        (void)QTest::qWaitFor(
            [&] {
                bytes += peer.readAll();
                return bytes.contains(until);
            },
            patience);
        return bytes;
    }
};

void TestHoldPanel::letsGoWhatWasEdited()
{
    startHolding(QStringLiteral("dir == in && json.action == \"search\""));
    QVERIFY(!editor()->isVisible());
    const auto peer = connectPeer();
    peer->write(encodeRequest(u"search", u"morpheus"));
    QTRY_COMPARE(held()->rowCount(), 1);
    QTRY_VERIFY(editor()->isVisible()); // it has opened by itself
    QCOMPARE(cell(0, HeldModel::Connection), QStringLiteral("#1"));
    QCOMPARE(cell(0, HeldModel::Way), QStringLiteral("to target"));
    QVERIFY(cell(0, HeldModel::Summary).contains(QStringLiteral("morpheus")));
    QVERIFY(cell(0, HeldModel::Left).endsWith(QStringLiteral(" s")));
    QCOMPARE(editor()->model().draft().value(), QStringLiteral("morpheus"));
    QVERIFY(named<QPushButton>(QStringLiteral("Let go")));
    editor()->model().edit(
        nullptr, [](RequestDraft& draft) { draft.setForm(QStringLiteral("search"), QStringLiteral("ring, the one")); });
    QTRY_VERIFY(named<QPushButton>(QStringLiteral("Let go, changed")));
    press(QStringLiteral("Let go, changed"));
    // Its lengths were computed again: the server answers.
    QVERIFY(all(*peer, "ring, the one").contains("ring, the one"));
    QTRY_COMPARE(held()->rowCount(), 0);
    QVERIFY(!editor()->shown());
}

void TestHoldPanel::dropsAndGoesOnWithTheNext()
{
    startHolding(QString(), QStringLiteral("echo"));
    const auto peer = connectPeer();
    peer->write(encodeRequest(u"search", u"first"));
    peer->write(encodeRequest(u"search", u"second"));
    QTRY_COMPARE(held()->rowCount(), 2);
    QTRY_COMPARE(editor()->model().draft().value(), QStringLiteral("first"));
    press(QStringLiteral("Drop"));
    QTRY_COMPARE(held()->rowCount(), 1);
    QCOMPARE(editor()->model().draft().value(), QStringLiteral("second"));
    press(QStringLiteral("Let go"));
    QTRY_COMPARE(cell(0, HeldModel::Way), QStringLiteral("to client")); // what came back is held as well
    press(QStringLiteral("Let go"));
    const QByteArray back = all(*peer, "second");
    QCOMPARE(back, encodeRequest(u"search", u"second"));
}

void TestHoldPanel::answers()
{
    startHolding(QStringLiteral("dir == in"));
    const auto peer = connectPeer();
    peer->write(encodeRequest(u"search", u"morpheus"));
    QTRY_VERIFY(editor()->isVisible());
    choose(HeldEditor::Mode::Answer);
    const QByteArray answer = encodeRequest(u"search", u"from me");
    write(answer);
    press(QStringLiteral("Answer"));
    QCOMPARE(all(*peer, "from me"), answer);
    QTRY_COMPARE(held()->rowCount(), 0);
    QCOMPARE(m_server->exchanges(), 0);
}

void TestHoldPanel::sendsOneMore()
{
    startHolding(QStringLiteral("dir == in"));
    const auto peer = connectPeer();
    named<QToolButton>(QStringLiteral("Show what is held"))->setChecked(true);
    QTRY_COMPARE(m_page->connections()->model()->rowCount(), 1);
    m_page->connections()->table()->setCurrentIndex(m_page->connections()->model()->index(0, 0));
    QCOMPARE(named<QSpinBox>(QStringLiteral("Connection of one more message"))->value(), 1);
    choose(HeldEditor::Mode::MoreToClient);
    write("anything");
    QTRY_VERIFY(named<QPushButton>(QStringLiteral("Send")) && named<QPushButton>(QStringLiteral("Send"))->isEnabled());
    press(QStringLiteral("Send"));
    QCOMPARE(all(*peer, "anything"), "anything");
    choose(HeldEditor::Mode::MoreToTarget);
    write(encodeRequest(u"search", u"morpheus"));
    press(QStringLiteral("Send"));
    QVERIFY(all(*peer, "white rabbit").contains("white rabbit"));
}

void TestHoldPanel::letsAllGo()
{
    startHolding(QStringLiteral("dir == in"));
    const auto* button = named<QToolButton>(QStringLiteral("Let all go"));
    QVERIFY(button->isHidden());
    std::vector<std::unique_ptr<QTcpSocket>> peers;
    for (int i = 0; i < 5; ++i) {
        peers.push_back(connectPeer());
        peers.back()->write(encodeRequest(u"search", u"morpheus"));
    }
    QTRY_COMPARE(held()->rowCount(), 5);
    QTRY_VERIFY(button->isVisible());
    QTest::mouseClick(named<QToolButton>(QStringLiteral("Let all go")), Qt::LeftButton);
    for (const auto& peer : peers) {
        QVERIFY(all(*peer, "white rabbit").contains("white rabbit"));
    }
    QTRY_COMPARE(held()->rowCount(), 0);
    QTRY_VERIFY(button->isHidden());
}

void TestHoldPanel::followsATimeLimit()
{
    startHolding(QStringLiteral("dir == in"));
    named<QSpinBox>(QStringLiteral("Let go after"))->setValue(3);
    const auto peer = connectPeer();
    QTRY_COMPARE(m_page->connections()->model()->rowCount(), 1); // and the limit is in force
    peer->write(encodeRequest(u"search", u"morpheus"));
    QTRY_VERIFY(editor()->shown());
    QVERIFY(all(*peer, "white rabbit").contains("white rabbit"));
    QTRY_VERIFY(!editor()->shown());
    QCOMPARE(editor()->model().draft().value(), QStringLiteral("morpheus")); // it can be sent once more
}

void TestHoldPanel::saysWhatIsWrongWithTheFilter()
{
    startHolding(QStringLiteral("dir == in"));
    const HoldSettings before = m_page->relay()->hold();
    auto* filter = named<FilterEdit>(QStringLiteral("Hold filter"));
    const auto* problem = named<QLabel>(QStringLiteral("What is wrong with the hold"));
    QVERIFY(problem->isHidden());
    filter->setText(QStringLiteral("dir == "));
    filter->setFocus();
    named<QSpinBox>(QStringLiteral("Let go after"))->setFocus();
    QVERIFY(!problem->isHidden() && !problem->text().isEmpty());
    QCOMPARE(m_page->relay()->hold(), before);
    filter->setText(QStringLiteral("dir == out"));
    QTest::keyClick(filter, Qt::Key_Return);
    QVERIFY(problem->isHidden());
    QCOMPARE(m_page->relay()->hold().where, QStringLiteral("dir == out"));
    named<QCheckBox>(QStringLiteral("Hold"))->setChecked(false);
    QVERIFY(!m_page->relay()->hold().on);
}

void TestHoldPanel::readsLinesAsText()
{
    setUp();
    startTarget(QStringLiteral("echo"));
    m_page->setProtocol(*protocolFromName(u"lines"));
    named<QCheckBox>(QStringLiteral("Hold"))->setChecked(true);
    startRelay();
    const auto peer = connectPeer();
    peer->write("hello\r\n");
    QTRY_COMPARE(held()->rowCount(), 1);
    QTRY_COMPARE(editor()->model().draft().bytes(), "hello\r\n");
    write("good bye\r\n");
    QTRY_VERIFY(named<QPushButton>(QStringLiteral("Let go, changed")));
    press(QStringLiteral("Let go, changed"));
    QTRY_COMPARE(cell(0, HeldModel::Way), QStringLiteral("to client"));
    press(QStringLiteral("Let go"));
    QCOMPARE(all(*peer, "bye"), "good bye\r\n");
}

void TestHoldPanel::doesNotSendWhatCannotBe()
{
    startHolding(QStringLiteral("dir == in"));
    const auto peer = connectPeer();
    peer->write(encodeRequest(u"search", u"morpheus"));
    QTRY_VERIFY(editor()->isVisible());
    editor()->model().setObstacle(QStringLiteral("This is no number."));
    Q_EMIT editor()->model().changed(nullptr);
    const auto* note = named<QLabel>(QStringLiteral("What is to be known of these bytes"));
    QTRY_COMPARE(note->text(), QStringLiteral("This is no number."));
    QVERIFY(!named<QPushButton>(QStringLiteral("Let go"))->isEnabled());
    QCOMPARE(held()->rowCount(), 1);
}

void TestHoldPanel::restoresItself()
{
    setUp();
    named<QCheckBox>(QStringLiteral("Hold"))->setChecked(true);
    named<FilterEdit>(QStringLiteral("Hold filter"))->setText(QStringLiteral("size > 5"));
    named<QSpinBox>(QStringLiteral("Let go after"))->setValue(0);
    const QJsonObject state = m_page->saveState();
    RelayPage other(*m_threads);
    other.restore(state);
    QCOMPARE(other.saveState(), state);
    const HoldSettings expected { true, QStringLiteral("size > 5"), std::chrono::milliseconds(0) };
    QCOMPARE(other.hold().settings(), expected);
}

SOCKEYE_TEST(TestHoldPanel)

} // namespace sockeye

#include "tst_hold_panel.moc"
