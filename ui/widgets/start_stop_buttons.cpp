// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/start_stop_buttons.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace sockeye {

StartStopButtons::StartStopButtons(const QString& start, const QString& stop, QWidget* parent)
    : QWidget(parent)
    , m_start(new QPushButton(start, this))
    , m_stop(new QPushButton(stop, this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_start);
    layout->addWidget(m_stop);
    m_stop->hide();
    connect(m_start, &QPushButton::clicked, this, &StartStopButtons::startWanted);
    connect(m_stop, &QPushButton::clicked, this, &StartStopButtons::stopWanted);
}

void StartStopButtons::setToolTips(const QString& start, const QString& stop)
{
    m_start->setToolTip(start);
    m_stop->setToolTip(stop);
}

void StartStopButtons::show(Shown which)
{
    const bool isIdle = which == Shown::Start;
    // A button that is switched off loses the focus, and gives it back afterwards.
    const bool hadFocus = m_start->hasFocus() || m_stop->hasFocus() || m_focusLent;
    m_focusLent = hadFocus && which == Shown::Stopping;
    m_start->setVisible(isIdle);
    m_stop->setVisible(!isIdle);
    m_stop->setEnabled(which != Shown::Stopping);
    if (hadFocus && !m_focusLent) {
        (isIdle ? m_start : m_stop)->setFocus();
    }
}

void StartStopButtons::startFromField()
{
    if (m_start->isEnabled() && m_start->isVisible()) {
        Q_EMIT startWanted();
    }
}

} // namespace sockeye
