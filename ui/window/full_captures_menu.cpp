// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/full_captures_menu.h"

#include "ui/window/settings.h"

#include <QActionGroup>

namespace sockeye {

namespace {

QString leaveOutKey()
{
    return QStringLiteral("captures/leaveOut");
}

} // namespace

FullCapturesMenu::FullCapturesMenu(QWidget* parent)
    : QMenu(tr("When a capture cannot keep &up"), parent)
    , m_wait(addAction(tr("Connections &wait, nothing is lost")))
    , m_leaveOut(addAction(tr("Connections go on, bytes are &left out")))
{
    auto* group = new QActionGroup(this);
    for (QAction* action : { m_wait, m_leaveOut }) {
        action->setCheckable(true);
        group->addAction(action);
    }
    m_wait->setToolTip(tr("A program that sends faster than this machine can record is slowed down"));
    m_leaveOut->setToolTip(
        tr("For measuring: the capture has gaps then, each with a line that says how much is missing"));
    setToolTipsVisible(true);
    setChoice(OverloadPolicy::Wait);
    connect(group, &QActionGroup::triggered, this, &FullCapturesMenu::choiceChanged);
}

void FullCapturesMenu::setChoice(OverloadPolicy choice)
{
    (choice == OverloadPolicy::LeaveOut ? m_leaveOut : m_wait)->setChecked(true);
}

OverloadPolicy FullCapturesMenu::choice() const
{
    return m_leaveOut->isChecked() ? OverloadPolicy::LeaveOut : OverloadPolicy::Wait;
}

OverloadPolicy readOverloadPolicy(const Settings& settings)
{
    return settings.flag(leaveOutKey(), false) ? OverloadPolicy::LeaveOut : OverloadPolicy::Wait;
}

void writeOverloadPolicy(Settings& settings, OverloadPolicy choice)
{
    settings.setFlag(leaveOutKey(), choice == OverloadPolicy::LeaveOut);
}

} // namespace sockeye
