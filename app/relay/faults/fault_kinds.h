// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_settings.h"
#include "protocol/base/protocol.h"
#include "protocol/transport.h"

#include <QLatin1StringView>

#include <memory>
#include <span>

namespace sockeye {

class FaultStage;
struct FaultGround;

/// One number, word or text of a fault.
struct FaultKey {
    enum class Unit : quint8 { None, Milliseconds, Microseconds, Bytes, KilobytesPerSecond, Share, Flag, Word, Text };
    QLatin1StringView name; ///< "jitter"
    Unit unit = Unit::None; ///< Share: 0 to 1. Flag: true or false. Word: one of `words`. Text: any
    double preset = 0; ///< where it is not given
    double least = 0;
    double most = 0;
    bool isWhole = true; ///< no fractions
    std::span<const QLatin1StringView> words {}; ///< the first is preset, also of a Text
};

/// One kind of fault.
struct FaultKind {
    QLatin1StringView id; ///< "latency"
    QString (*sentence)() = nullptr; ///< what it does, for people
    std::span<const FaultKey> keys;
    bool onStreams = true; ///< TCP
    bool onDatagrams = false; ///< UDP
    bool takesWhere = true; ///< may be bound to messages that match a filter
    bool strikesMessages = false; ///< whole ones: also without a filter, toxicity is drawn for each
    std::optional<Alteration::Kind> alters {}; ///< what of messages, which not every protocol has
    /// Null for what is no stage between two sides: see what asks for it by its id.
    std::unique_ptr<FaultStage> (*make)(const QJsonObject& attributes, const FaultGround& ground) = nullptr;
};

/// The number of that key: as given, or preset.
[[nodiscard]] double faultNumber(const QJsonObject& attributes, const FaultKey& key);

/// The word or text of that key: as given, or preset.
[[nodiscard]] QString faultText(const QJsonObject& attributes, const FaultKey& key);

/// All there are, in the order in which they are offered.
[[nodiscard]] std::span<const FaultKind> faultKinds();
[[nodiscard]] const FaultKind* findFaultKind(QStringView id); ///< null if there is none

[[nodiscard]] QString unitText(FaultKey::Unit unit); ///< "ms"; empty where there is none

/// A sentence about what is wrong with it, or an empty text.
[[nodiscard]] QString checkFault(const FaultSettings& fault, Transport transport);

/// The same of what messages of that protocol do not have, in any direction that the fault looks; of a relay.
[[nodiscard]] QString checkFault(const FaultSettings& fault, Transport transport, const ProtocolPtr& protocol);

/// What a strike of it is called where people ask for it: its kind, or the name that somebody gave it.
[[nodiscard]] QString strikeName(const FaultSettings& fault);

/// NAME:key=value,… as on the command line, into `fault`. A sentence about what is wrong, or an empty text. Does not
/// ask for a transport.
[[nodiscard]] QString readFault(const QString& spec, FaultSettings& fault);
[[nodiscard]] QString writeFault(const FaultSettings& fault); ///< the other way; only what is not preset

} // namespace sockeye
