// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_panel.h"

#include "ui/composer/composer_desk.h"
#include "ui/composer/composer_send_row.h"
#include "ui/sending/repeat_row.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace sockeye {

ComposerPanel::ComposerPanel(QWidget* parent)
    : QWidget(parent)
    , m_desk(new ComposerDesk(this))
    , m_sendRow(new ComposerSendRow(this))
    , m_repeatRow(new RepeatRow(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_desk, 1);
    column->addWidget(m_sendRow);
    column->addWidget(m_repeatRow);
    m_repeatRow->hide();
    setFocusProxy(m_desk);
    connect(m_desk, &ComposerDesk::sendWanted, this, &ComposerPanel::sendWanted);
    connect(m_desk, &ComposerDesk::encodingChosen, this, &ComposerPanel::encodingChosen);
    connect(m_sendRow, &ComposerSendRow::sendWanted, this, &ComposerPanel::sendWanted);
    connect(m_sendRow->repeatButton(), &QToolButton::toggled, m_repeatRow, &QWidget::setVisible);
}

ComposerModel& ComposerPanel::model()
{
    return m_desk->model();
}

void ComposerPanel::setProtocol(const ProtocolPtr& protocol)
{
    m_desk->setProtocol(protocol);
}

void ComposerPanel::showTyped(const ComposerModel::Typed& typed)
{
    m_desk->showTyped(typed);
}

void ComposerPanel::remember()
{
    m_desk->remember();
}

void ComposerPanel::focusValue()
{
    m_desk->focusValue();
}

QJsonObject ComposerPanel::saveState() const
{
    QJsonObject state = m_desk->saveState();
    state.insert(QLatin1StringView("send"), m_sendRow->saveState());
    state.insert(QLatin1StringView("repeat"), m_repeatRow->saveState());
    state.insert(QLatin1StringView("showsRepeat"), m_sendRow->repeatButton()->isChecked());
    return state;
}

void ComposerPanel::restore(const QJsonObject& state)
{
    m_sendRow->restore(state.value(u"send").toObject());
    m_repeatRow->restore(state.value(u"repeat").toObject());
    m_sendRow->repeatButton()->setChecked(state.value(u"showsRepeat").toBool());
    m_desk->restore(state);
}

} // namespace sockeye
