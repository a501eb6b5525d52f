// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_plan.h"

#include "app/filtering/event_fields.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace sockeye {

namespace {

/// As Toxiproxy names toxics; a further one of the same name gets a number.
QString nameOf(const FaultSettings& fault, const QSet<QString>& taken)
{
    const QString stream = fault.stream == FaultStream::Both ? QStringLiteral("both")
        : fault.stream == FaultStream::Upstream              ? QStringLiteral("upstream")
                                                             : QStringLiteral("downstream");
    const QString first = fault.kind + u'_' + stream;
    QString name = first;
    for (int i = 2; taken.contains(name); ++i) {
        name = first + u'_' + QString::number(i);
    }
    return name;
}

std::vector<PlannedFault>::const_iterator findNamed(const std::vector<PlannedFault>& faults, const QString& name)
{
    return std::ranges::find_if(faults, [&name](const PlannedFault& each) { return each.settings.name == name; });
}

std::vector<GoneFault>::const_iterator findGone(const std::vector<GoneFault>& gone, const QString& name)
{
    return std::ranges::find_if(gone, [&name](const GoneFault& each) { return each.settings.name == name; });
}

/// Of a fault that is in force again, or goes on: what it has counted.
std::shared_ptr<std::atomic<qint64>> countedBy(const QString& name, const FaultPlan& before)
{
    if (const auto known = findNamed(before.faults, name); known != before.faults.end()) {
        return known->strikes;
    }
    const auto known = findGone(before.gone, name);
    return known != before.gone.end() ? known->strikes : std::make_shared<std::atomic<qint64>>(0);
}

/// Those of before that `now` has not.
std::vector<GoneFault> goneSince(const FaultPlan& before, const std::vector<PlannedFault>& now)
{
    constexpr std::size_t most = 1000; // whoever makes names up could go on for ever
    std::vector<GoneFault> gone;
    for (const GoneFault& each : before.gone) {
        if (findNamed(now, each.settings.name) == now.end()) {
            gone.push_back(each);
        }
    }
    for (const PlannedFault& each : before.faults) {
        if (findNamed(now, each.settings.name) == now.end()) {
            gone.push_back({ each.settings, each.strikes });
        }
    }
    if (gone.size() > most) {
        gone.erase(gone.begin(), gone.end() - most);
    }
    return gone;
}

} // namespace

QString FaultPlan::take(const FaultList& list, const FaultPlan& before)
{
    QSet<QString> taken;
    for (const FaultSettings& each : list) {
        if (each.name.isEmpty()) {
            continue;
        }
        if (taken.contains(each.name)) {
            return QCoreApplication::translate("sockeye::FaultPlan", "Two faults are called %1.").arg(each.name);
        }
        taken.insert(each.name);
    }
    for (FaultSettings fault : list) {
        if (QString wrong = checkFault(fault, transport, protocol); !wrong.isEmpty()) {
            return wrong;
        }
        if (fault.name.isEmpty()) {
            fault.name = nameOf(fault, taken);
            taken.insert(fault.name);
        }
        auto where = filter::Filter::compile(fault.where, eventSchema(*protocol));
        if (!where) {
            return QCoreApplication::translate("sockeye::FaultPlan", "The filter of %1: %2")
                .arg(fault.kind, where.error().text);
        }
        settings.append(fault);
        const auto known = findNamed(before.faults, fault.name);
        const bool isSame = known != before.faults.end() && known->settings == fault;
        faults.push_back({ fault, findFaultKind(fault.kind), *std::move(where), countedBy(fault.name, before),
            isSame ? known->line : std::make_shared<SharedLine>() });
    }
    gone = goneSince(before, faults);
    return {};
}

QString FaultPlan::take(const HoldSettings& held)
{
    auto where = filter::Filter::compile(held.where, eventSchema(*protocol));
    if (!where) {
        return QCoreApplication::translate("sockeye::FaultPlan", "The filter of what is held: %1")
            .arg(where.error().text);
    }
    hold.settings = held;
    hold.where = *std::move(where);
    return {};
}

qint64 FaultPlan::strikes(const QString& name) const
{
    const auto found = findNamed(faults, name);
    if (found != faults.end()) {
        return found->strikes->load(std::memory_order_relaxed);
    }
    const auto wasThere = findGone(gone, name);
    return wasThere != gone.end() ? wasThere->strikes->load(std::memory_order_relaxed) : 0;
}

const PlannedFault* FaultPlan::find(QStringView kind) const
{
    const auto found = std::ranges::find_if(
        faults, [kind](const PlannedFault& each) { return each.settings.enabled && each.settings.kind == kind; });
    return found != faults.end() ? &*found : nullptr;
}

} // namespace sockeye
