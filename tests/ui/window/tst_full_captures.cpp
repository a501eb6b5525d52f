// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/recording/full_capture.h"
#include "tests/ui/window/fake_page.h"
#include "tests/ui/window/main_window_test.h"
#include "ui/messages/messages_panel.h"
#include "ui/models/ticker.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/message_line.h"
#include "ui/window/full_captures_menu.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;

/// What the window does, and says, when bytes come faster than a capture can be written.
class TestFullCaptures : public MainWindowTest {
    Q_OBJECT

    [[nodiscard]] QString file() const { return m_folder->filePath(QStringLiteral("full.pcapng")); }
    void choose(const QString& words) const
    {
        for (QAction* action : m_window->actions().fullCaptures->actions()) {
            if (QString(action->text()).remove(u'&').contains(words)) {
                action->trigger();
                return;
            }
        }
        QFAIL("no such choice");
    }

private Q_SLOTS:
    void choiceIsRemembered()
    {
        QCOMPARE(m_window->actions().fullCaptures->choice(), OverloadPolicy::Wait);
        choose(QStringLiteral("left out"));
        QCOMPARE(m_window->actions().fullCaptures->choice(), OverloadPolicy::LeaveOut);
        QCOMPARE(readOverloadPolicy(*m_settings), OverloadPolicy::LeaveOut);
        MainWindow again(*m_threads, *m_settings);
        QCOMPARE(again.actions().fullCaptures->choice(), OverloadPolicy::LeaveOut);
        choose(QStringLiteral("wait"));
        QCOMPARE(readOverloadPolicy(*m_settings), OverloadPolicy::Wait);
    }

    void choiceReachesCapturesAndIsTold()
    {
        FullCapture full(file(), OverloadPolicy::Wait);
        auto* page = new FakePage(QStringLiteral("Server 65432"));
        page->choose({ full.capture, 0, {} });
        m_window->addPage(page);
        choose(QStringLiteral("left out"));
        full.stop();
        full.writer->chunk(1, Direction::In, "abc");
        QTRY_VERIFY(m_window->messageLine().text().startsWith(QStringLiteral("Server 65432: bytes are left out")));
        // Once: who has read it may dismiss it.
        m_window->messageLine().hide();
        full.writer->chunk(1, Direction::In, "abc");
        QSignalSpy ticks(&Ticker::instance(), &Ticker::tick);
        QTRY_VERIFY(ticks.size() > 2);
        QVERIFY(m_window->messageLine().isHidden());
    }

    void countsSaySo()
    {
        FullCapture full(file());
        MessagesPanel panel;
        panel.setCapture(full.capture);
        const auto* counts = panel.findChild<ElidedLabel*>(QStringLiteral("messageCounts"));
        full.writer->opened(1, factsFor(40'000));
        full.stop();
        full.writer->chunk(1, Direction::In, "abc");
        full.writer->chunk(1, Direction::In, "def");
        full.goOn();
        full.finish();
        QTRY_COMPARE(counts->fullText(), QStringLiteral("7 rows, 1 error, 6 bytes left out"));
        QVERIFY2(counts->toolTip().startsWith(QStringLiteral("2 reads and writes with 6 bytes")),
            qPrintable(counts->toolTip()));
    }
};

SOCKEYE_TEST(TestFullCaptures)
#include "tst_full_captures.moc"
