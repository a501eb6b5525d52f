// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/left_captures_menu.h"

#include "ui/window/settings.h"

#include <QActionGroup>

#include <limits>

namespace sockeye {

namespace {

constexpr int gibibyteBits = 30;

QString daysKey()
{
    return QStringLiteral("captures/keptDays");
}

QString sizeKey()
{
    return QStringLiteral("captures/keptGiB");
}

int gibibytes(const SpoolRetention& retention)
{
    return static_cast<int>(retention.bytes >> gibibyteBits);
}

void check(const QActionGroup& group, int value)
{
    for (QAction* action : group.actions()) {
        action->setChecked(action->data().toInt() == value);
    }
}

int checkedIn(const QActionGroup& group, int otherwise)
{
    const QAction* checked = group.checkedAction();
    return checked != nullptr ? checked->data().toInt() : otherwise;
}

void addChoice(QMenu& menu, QActionGroup& group, const QString& text, int value)
{
    QAction* action = menu.addAction(text);
    action->setCheckable(true);
    action->setData(value);
    group.addAction(action);
}

} // namespace

LeftCapturesMenu::LeftCapturesMenu(QWidget* parent)
    : QMenu(tr("Captures &left behind"), parent)
    , m_days(new QActionGroup(this))
    , m_sizes(new QActionGroup(this))
{
    connect(addAction(tr("&Show them")), &QAction::triggered, this, &LeftCapturesMenu::showRequested);
    addSeparator();
    QMenu* days = addMenu(tr("&Keep them for"));
    addChoice(*days, *m_days, tr("&1 day"), 1);
    addChoice(*days, *m_days, tr("&7 days"), 7);
    addChoice(*days, *m_days, tr("&30 days"), 30);
    addChoice(*days, *m_days, tr("Until they are &discarded"), 0);
    QMenu* sizes = addMenu(tr("Keep at &most"));
    addChoice(*sizes, *m_sizes, tr("&1 GiB"), 1);
    addChoice(*sizes, *m_sizes, tr("&5 GiB"), 5);
    addChoice(*sizes, *m_sizes, tr("&20 GiB"), 20);
    addChoice(*sizes, *m_sizes, tr("&Any size"), 0);
    setRetention({});
    connect(m_days, &QActionGroup::triggered, this, &LeftCapturesMenu::retentionChanged);
    connect(m_sizes, &QActionGroup::triggered, this, &LeftCapturesMenu::retentionChanged);
}

void LeftCapturesMenu::setRetention(const SpoolRetention& retention)
{
    check(*m_days, retention.days);
    check(*m_sizes, gibibytes(retention));
}

SpoolRetention LeftCapturesMenu::retention() const
{
    const SpoolRetention usual;
    return { checkedIn(*m_days, usual.days), qint64 { checkedIn(*m_sizes, gibibytes(usual)) } << gibibyteBits };
}

SpoolRetention readRetention(const Settings& settings)
{
    const SpoolRetention usual;
    constexpr int most = std::numeric_limits<int>::max();
    return { settings.number(daysKey(), usual.days, 0, most),
        qint64 { settings.number(sizeKey(), gibibytes(usual), 0, most) } << gibibyteBits };
}

void writeRetention(Settings& settings, const SpoolRetention& retention)
{
    settings.setNumber(daysKey(), retention.days);
    settings.setNumber(sizeKey(), gibibytes(retention));
}

} // namespace sockeye
