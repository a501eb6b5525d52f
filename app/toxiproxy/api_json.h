// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_settings.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

#include <tl/expected.hpp>

// What goes over Toxiproxy's HTTP API, as values. Reads as Toxiproxy does: keys in any case, what is missing is preset,
// what nobody knows is passed over. Its words are for programs and are not translated.

namespace sockeye::toxiproxy {

/// What an answer says in place of what was asked for.
struct ApiError {
    QString text;
    int status = 500;
};
template <typename Value> using Read = tl::expected<Value, ApiError>;

[[nodiscard]] ApiError badBody(const QString& why); ///< 400
[[nodiscard]] ApiError missingField(const QString& name); ///< 400
[[nodiscard]] QJsonObject errorJson(const ApiError& error); ///< {"error": …, "status": …}

/// A proxy as somebody asks for it; what was not written is empty.
struct ProxyBody {
    std::optional<QString> name;
    std::optional<QString> listen;
    std::optional<QString> upstream;
    std::optional<bool> enabled;
};

constexpr qsizetype longestName = 256; ///< characters, of proxies and toxics

[[nodiscard]] Read<ProxyBody> readProxy(const QByteArray& body);
[[nodiscard]] Read<QList<ProxyBody>> readProxies(const QByteArray& body); ///< each with a name and an upstream

/// A toxic, which is a fault: with its name, of a kind that streams know, with numbers that it can have.
[[nodiscard]] Read<FaultSettings> readToxic(const QByteArray& body);
/// The fault as the body changes it: toxicity, and the numbers that are written.
[[nodiscard]] Read<FaultSettings> readToxicUpdate(const QByteArray& body, const FaultSettings& before);
[[nodiscard]] QJsonObject toxicJson(const FaultSettings& fault); ///< with all its numbers, preset ones too

} // namespace sockeye::toxiproxy
