// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/toxiproxy/api_json.h"

#include "app/relay/faults/fault_kinds.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace sockeye::toxiproxy {

namespace {

constexpr int badRequest = 400;

const QString downstream = QStringLiteral("downstream");

/// The value of that key, written in any case; the exact one first.
QJsonValue find(const QJsonObject& object, QLatin1StringView key)
{
    if (const auto exact = object.constFind(key); exact != object.constEnd()) {
        return *exact;
    }
    for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
        if (it.key().compare(key, Qt::CaseInsensitive) == 0) {
            return *it;
        }
    }
    return QJsonValue::Undefined;
}

/// Nothing stands there, or null, which is the same.
bool isMissing(const QJsonValue& value)
{
    return value.isUndefined() || value.isNull();
}

Read<QJsonDocument> readJson(const QByteArray& body)
{
    if (body.trimmed().isEmpty()) {
        return tl::unexpected(badBody(QStringLiteral("EOF")));
    }
    QJsonParseError error;
    QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error != QJsonParseError::NoError) {
        return tl::unexpected(
            badBody(QStringLiteral("%1 at byte %2").arg(error.errorString(), QString::number(error.offset))));
    }
    return document;
}

Read<QJsonObject> readObject(const QByteArray& body)
{
    const Read<QJsonDocument> document = readJson(body);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (!document->isObject()) {
        return tl::unexpected(badBody(QStringLiteral("an object is expected")));
    }
    return document->object();
}

std::optional<ApiError> takeText(const QJsonObject& object, QLatin1StringView key, std::optional<QString>& into)
{
    const QJsonValue value = find(object, key);
    if (isMissing(value)) {
        return std::nullopt;
    }
    if (!value.isString()) {
        return badBody(QStringLiteral("%1 is a string").arg(key));
    }
    into = value.toString();
    if (into->size() > longestName) {
        return badBody(QStringLiteral("%1 is longer than %2 characters").arg(key, QString::number(longestName)));
    }
    return std::nullopt;
}

Read<ProxyBody> takeProxy(const QJsonObject& object)
{
    ProxyBody proxy;
    for (const auto& [key, into] :
        { std::pair(QLatin1StringView("name"), &proxy.name), std::pair(QLatin1StringView("listen"), &proxy.listen),
            std::pair(QLatin1StringView("upstream"), &proxy.upstream) }) {
        if (std::optional<ApiError> error = takeText(object, key, *into)) {
            return tl::unexpected(*std::move(error));
        }
    }
    const QJsonValue enabled = find(object, QLatin1StringView("enabled"));
    if (!isMissing(enabled)) {
        if (!enabled.isBool()) {
            return tl::unexpected(badBody(QStringLiteral("enabled is true or false")));
        }
        proxy.enabled = enabled.toBool();
    }
    return proxy;
}

/// The numbers that its kind knows, over those that it has.
std::optional<ApiError> takeAttributes(const QJsonObject& object, const FaultKind& kind, FaultSettings& fault)
{
    const QJsonValue attributes = find(object, QLatin1StringView("attributes"));
    if (isMissing(attributes)) {
        return std::nullopt;
    }
    if (!attributes.isObject()) {
        return badBody(QStringLiteral("attributes is an object"));
    }
    const QJsonObject given = attributes.toObject();
    for (const FaultKey& key : kind.keys) {
        if (const QJsonValue value = find(given, key.name); !isMissing(value)) {
            fault.attributes.insert(key.name, value);
        }
    }
    const QString wrong = checkFault(fault, Transport::Tcp);
    return wrong.isEmpty() ? std::nullopt : std::optional(badBody(wrong));
}

std::optional<ApiError> takeToxicity(const QJsonObject& object, FaultSettings& fault)
{
    const QJsonValue toxicity = find(object, QLatin1StringView("toxicity"));
    if (isMissing(toxicity)) {
        return std::nullopt;
    }
    if (!toxicity.isDouble()) {
        return badBody(QStringLiteral("toxicity is a number"));
    }
    fault.toxicity = std::clamp(toxicity.toDouble(), 0.0, 1.0); // beyond, it is always or never, as there
    return std::nullopt;
}

} // namespace

ApiError badBody(const QString& why)
{
    return { QStringLiteral("bad request body: ") + why, badRequest };
}

ApiError missingField(const QString& name)
{
    return { QStringLiteral("missing required field: ") + name, badRequest };
}

QJsonObject errorJson(const ApiError& error)
{
    return { { QStringLiteral("error"), error.text }, { QStringLiteral("status"), error.status } };
}

Read<ProxyBody> readProxy(const QByteArray& body)
{
    return readObject(body).and_then(&takeProxy);
}

Read<QList<ProxyBody>> readProxies(const QByteArray& body)
{
    const Read<QJsonDocument> document = readJson(body);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (!document->isArray()) {
        return tl::unexpected(badBody(QStringLiteral("an array is expected")));
    }
    QList<ProxyBody> proxies;
    const QJsonArray list = document->array();
    for (const auto& each : list) {
        if (!each.isObject()) {
            return tl::unexpected(badBody(QStringLiteral("each proxy is an object")));
        }
        Read<ProxyBody> proxy = takeProxy(each.toObject());
        if (!proxy) {
            return tl::unexpected(proxy.error());
        }
        proxies.append(*std::move(proxy));
    }
    for (qsizetype i = 0; i < proxies.size(); ++i) {
        for (const auto& [name, value] : { std::pair(QLatin1StringView("name"), &proxies[i].name),
                 std::pair(QLatin1StringView("upstream"), &proxies[i].upstream) }) {
            if (value->value_or(QString()).isEmpty()) {
                return tl::unexpected(missingField(QStringLiteral("%1 at proxy %2").arg(name, QString::number(i + 1))));
            }
        }
    }
    return proxies;
}

Read<FaultSettings> readToxic(const QByteArray& body)
{
    const Read<QJsonObject> object = readObject(body);
    if (!object) {
        return tl::unexpected(object.error());
    }
    std::optional<QString> name;
    std::optional<QString> type;
    std::optional<QString> stream;
    for (const auto& [key, into] : { std::pair(QLatin1StringView("name"), &name),
             std::pair(QLatin1StringView("type"), &type), std::pair(QLatin1StringView("stream"), &stream) }) {
        if (std::optional<ApiError> error = takeText(*object, key, *into)) {
            return tl::unexpected(*std::move(error));
        }
    }
    FaultSettings fault;
    if (std::optional<ApiError> error = takeToxicity(*object, fault)) {
        return tl::unexpected(*std::move(error));
    }
    const QString way = stream.value_or(downstream).toLower();
    if (way == u"upstream") {
        fault.stream = FaultStream::Upstream;
    } else if (way != downstream) {
        return tl::unexpected(
            ApiError { QStringLiteral("stream was invalid, can be either upstream or downstream"), badRequest });
    }
    fault.kind = type.value_or(QString());
    const FaultKind* const kind = findFaultKind(fault.kind);
    if (kind == nullptr || kind->make == nullptr || !kind->onStreams) {
        return tl::unexpected(ApiError { QStringLiteral("invalid toxic type"), badRequest });
    }
    fault.name = name.value_or(QString());
    if (fault.name.isEmpty()) {
        fault.name = fault.kind + u'_' + way;
    }
    if (std::optional<ApiError> error = takeAttributes(*object, *kind, fault)) {
        return tl::unexpected(*std::move(error));
    }
    return fault;
}

Read<FaultSettings> readToxicUpdate(const QByteArray& body, const FaultSettings& before)
{
    const Read<QJsonObject> object = readObject(body);
    if (!object) {
        return tl::unexpected(object.error());
    }
    FaultSettings fault = before;
    std::optional<ApiError> error = takeToxicity(*object, fault);
    const FaultKind* const kind = findFaultKind(fault.kind);
    if (!error && kind != nullptr) {
        error = takeAttributes(*object, *kind, fault);
    }
    if (error) {
        return tl::unexpected(*std::move(error));
    }
    return fault;
}

QJsonObject toxicJson(const FaultSettings& fault)
{
    QJsonObject attributes = fault.attributes;
    if (const FaultKind* const kind = findFaultKind(fault.kind)) {
        for (const FaultKey& key : kind->keys) {
            // Toxiproxy's own toxics have no flags: one of ours is told where it is set.
            if (attributes.contains(key.name) || key.unit == FaultKey::Unit::Flag) {
                continue;
            }
            if (key.unit == FaultKey::Unit::Word || key.unit == FaultKey::Unit::Text) {
                attributes.insert(key.name, faultText(attributes, key));
            } else {
                attributes.insert(key.name, key.preset);
            }
        }
    }
    const QString stream = fault.stream == FaultStream::Both ? QStringLiteral("both")
        : fault.stream == FaultStream::Upstream              ? QStringLiteral("upstream")
                                                             : downstream;
    return { { QStringLiteral("attributes"), attributes }, { QStringLiteral("name"), fault.name },
        { QStringLiteral("type"), fault.kind }, { QStringLiteral("stream"), stream },
        { QStringLiteral("toxicity"), fault.toxicity } };
}

} // namespace sockeye::toxiproxy
