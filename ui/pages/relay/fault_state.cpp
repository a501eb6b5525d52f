// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/fault_state.h"

#include "ui/pages/relay/faults_model.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

class FaultStateTexts {
    Q_DECLARE_TR_FUNCTIONS(sockeye::FaultStateTexts)
public:
    static QString count(const FaultList& faults)
    {
        const auto on = std::ranges::count_if(faults, &FaultSettings::enabled);
        if (faults.size() == 1) {
            return on == 1 ? tr("1 fault") : tr("1 fault, switched off");
        }
        return on == faults.size() ? tr("%1 faults").arg(QString::number(on))
                                   : tr("%1 of %2 faults").arg(QString::number(on), QString::number(faults.size()));
    }
    static QString strikes(qint64 strikes)
    {
        return strikes == 1 ? tr("1 strike") : tr("%1 strikes").arg(groupedNumber(strikes));
    }
};

} // namespace

QString faultsStateText(const FaultsState& state)
{
    if (state.isRunning && !state.isApplied) {
        return FaultStateTexts::tr("Unapplied changes");
    }
    if (state.faults.isEmpty()) {
        return state.hasOthers ? FaultStateTexts::tr("None but what the rules or the scenario do")
                               : FaultStateTexts::tr("None: everything passes as it came");
    }
    const QString count = FaultStateTexts::count(state.faults);
    return state.isRunning ? FaultStateTexts::tr("Active: %1, %2").arg(count, FaultStateTexts::strikes(state.strikes))
                           : FaultStateTexts::tr("Preview: %1, from the start on").arg(count);
}

QJsonArray faultsToJson(const FaultList& faults)
{
    QJsonArray list;
    for (const FaultSettings& fault : faults) {
        list.append(QJsonObject { { QStringLiteral("name"), fault.name }, { QStringLiteral("kind"), fault.kind },
            { QStringLiteral("stream"), static_cast<int>(fault.stream) },
            { QStringLiteral("toxicity"), fault.toxicity }, { QStringLiteral("where"), fault.where },
            { QStringLiteral("attributes"), fault.attributes }, { QStringLiteral("enabled"), fault.enabled } });
    }
    return list;
}

FaultList faultsFromJson(const QJsonValue& state)
{
    constexpr qsizetype longestName = 64;
    FaultList faults;
    const QJsonArray list = state.toArray();
    for (const auto& value : list) {
        const QJsonObject each = value.toObject();
        FaultSettings fault;
        fault.name = each.value(QLatin1StringView("name")).toString().left(longestName);
        fault.kind = each.value(QLatin1StringView("kind")).toString();
        fault.stream = static_cast<FaultStream>(std::clamp(each.value(QLatin1StringView("stream")).toInt(), 0, 2));
        fault.toxicity = each.value(QLatin1StringView("toxicity")).toDouble(1);
        fault.where = each.value(QLatin1StringView("where")).toString();
        fault.attributes = each.value(QLatin1StringView("attributes")).toObject();
        fault.enabled = each.value(QLatin1StringView("enabled")).toBool(true);
        const FaultKind* const kind = findFaultKind(fault.kind);
        const bool isGood =
            kind != nullptr && checkFault(fault, kind->onStreams ? Transport::Tcp : Transport::Udp).isEmpty();
        if (isGood && faults.size() < FaultsModel::most) {
            faults.append(fault);
        }
    }
    return faults;
}

} // namespace sockeye
