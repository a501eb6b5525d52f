// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_kinds.h"

#include "app/relay/faults/fault_rows.h"
#include "protocol/base/message_editor.h"
#include "protocol/protocols/registry.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace sockeye {

namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("sockeye::FaultKinds", text);
}

const FaultKey* findKey(const FaultKind& kind, QStringView name)
{
    const auto found = std::ranges::find_if(kind.keys, [name](const FaultKey& key) { return key.name == name; });
    return found != kind.keys.end() ? &*found : nullptr;
}

QString checkValue(const FaultKind& kind, const FaultKey& key, const QJsonValue& value)
{
    if (key.unit == FaultKey::Unit::Word) {
        QStringList all;
        for (const QLatin1StringView word : key.words) {
            all.append(word);
        }
        return all.contains(value.toString())
            ? QString()
            : say("%1: %2 is one of these: %3.").arg(kind.id, key.name, all.join(QStringLiteral(", ")));
    }
    if (key.unit == FaultKey::Unit::Text) {
        constexpr qsizetype most = 64 * 1024;
        return value.isString() && value.toString().size() <= most
            ? QString()
            : say("%1: %2 is a text of no more than %3 characters.").arg(kind.id, key.name, QString::number(most));
    }
    if (key.unit == FaultKey::Unit::Flag) {
        return value.isBool() ? QString() : say("%1: %2 is true or false.").arg(kind.id, key.name);
    }
    const double number = value.toDouble(std::nan(""));
    const bool isGood = number >= key.least && number <= key.most && (!key.isWhole || number == std::floor(number));
    if (isGood) {
        return {};
    }
    const QString unit = unitText(key.unit);
    const QString bounds =
        say(key.isWhole ? QT_TRANSLATE_NOOP("sockeye::FaultKinds", "%1: %2 is a whole number from %3 to %4%5.")
                        : QT_TRANSLATE_NOOP("sockeye::FaultKinds", "%1: %2 is a number from %3 to %4%5."));
    return bounds.arg(kind.id, key.name, QString::number(key.least, 'g', 12), QString::number(key.most, 'g', 12),
        unit.isEmpty() ? unit : u' ' + unit);
}

} // namespace

std::span<const FaultKind> faultKinds()
{
    static const std::array kinds { latencyFault(), bandwidthFault(), slowCloseFault(), timeoutFault(),
        resetPeerFault(), slicerFault(), limitDataFault(), packetLossFault(), downFault(), connectFault(),
        retransmitFault(), corruptFault(), lossFault(), duplicateFault(), reorderFault(), delayFault(), dropFault(),
        repeatFault(), cutFault(), glueFault(), reorderMessagesFault(), wrongLengthFault(), brokenUtf8Fault(),
        missingKeyFault(), swapByteOrderFault(), setFault() };
    return kinds;
}

const FaultKind* findFaultKind(QStringView id)
{
    const auto kinds = faultKinds();
    const auto found = std::ranges::find_if(kinds, [id](const FaultKind& kind) { return kind.id == id; });
    return found != kinds.end() ? &*found : nullptr;
}

double faultNumber(const QJsonObject& attributes, const FaultKey& key)
{
    const QJsonValue value = attributes.value(key.name);
    return value.isBool() ? (value.toBool() ? 1 : 0) : value.toDouble(key.preset);
}

QString faultText(const QJsonObject& attributes, const FaultKey& key)
{
    const QJsonValue value = attributes.value(key.name);
    return value.isString() ? value.toString() : key.words.empty() ? QString() : QString(key.words.front());
}

QString unitText(FaultKey::Unit unit)
{
    switch (unit) {
    case FaultKey::Unit::Milliseconds:
        return say("ms");
    case FaultKey::Unit::Microseconds:
        return say("µs");
    case FaultKey::Unit::Bytes:
        return say("bytes");
    case FaultKey::Unit::KilobytesPerSecond:
        return say("KB/s");
    case FaultKey::Unit::None:
    case FaultKey::Unit::Share:
    case FaultKey::Unit::Flag:
    case FaultKey::Unit::Word:
    case FaultKey::Unit::Text:
        break;
    }
    return {};
}

QString strikeName(const FaultSettings& fault)
{
    return fault.name.isEmpty() || fault.name.startsWith(fault.kind + u'_') ? fault.kind : fault.name;
}

QString checkFault(const FaultSettings& fault, Transport transport)
{
    const FaultKind* const kind = findFaultKind(fault.kind);
    if (kind == nullptr) {
        QStringList all;
        for (const FaultKind& each : faultKinds()) {
            all.append(each.id);
        }
        return say("There is no fault %1. There are: %2.").arg(fault.kind, all.join(QStringLiteral(", ")));
    }
    if (transport == Transport::Udp ? !kind->onDatagrams : !kind->onStreams) {
        return transport == Transport::Udp ? say("The fault %1 is for TCP: datagrams have no such thing.").arg(kind->id)
                                           : say("The fault %1 is for UDP: it needs datagrams.").arg(kind->id);
    }
    if (!kind->takesWhere && !fault.where.isEmpty()) {
        return say("The fault %1 strikes no messages: it cannot have a filter.").arg(kind->id);
    }
    if (!(fault.toxicity >= 0 && fault.toxicity <= 1)) {
        return say("%1: toxicity is a number from 0 to 1.").arg(kind->id);
    }
    for (auto it = fault.attributes.begin(); it != fault.attributes.end(); ++it) {
        const FaultKey* const key = findKey(*kind, it.key());
        if (key == nullptr) {
            QStringList all;
            for (const FaultKey& each : kind->keys) {
                all.append(each.name);
            }
            all.append({ QStringLiteral("stream"), QStringLiteral("toxicity"), QStringLiteral("where") });
            return say("The fault %1 has no %2. It has: %3.").arg(kind->id, it.key(), all.join(QStringLiteral(", ")));
        }
        if (QString wrong = checkValue(*kind, *key, it.value()); !wrong.isEmpty()) {
            return wrong;
        }
    }
    return {};
}

QString checkFault(const FaultSettings& fault, Transport transport, const ProtocolPtr& protocol)
{
    if (QString wrong = checkFault(fault, transport); !wrong.isEmpty()) {
        return wrong;
    }
    const FaultKind* const kind = findFaultKind(fault.kind);
    if (!kind->alters) {
        return {};
    }
    QString why;
    for (const Sender sender : { Sender::Client, Sender::Server }) {
        const FaultStream stream = sender == Sender::Client ? FaultStream::Upstream : FaultStream::Downstream;
        if (fault.stream != stream && fault.stream != FaultStream::Both) {
            continue;
        }
        why = whyNotAltered(*spokenOver(protocol, transport, sender), *kind->alters);
        if (why.isEmpty()) {
            return {};
        }
    }
    return say("The fault %1 cannot strike. %2").arg(kind->id, why);
}

} // namespace sockeye
