// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tls/tls_facts.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace sockeye {

namespace {

/// What a hostile certificate could blow up stays small enough for a comment.
constexpr qsizetype longestFact = 300;
constexpr qsizetype mostNames = 50;
constexpr qsizetype mostCertificates = 10;
constexpr qsizetype largestJson = 40'000;

QString tr(const char* text)
{
    return QCoreApplication::translate("sockeye::Tls", text);
}

QString shortened(const QString& text)
{
    return text.size() > longestFact ? QString(text.left(longestFact) + u'…') : text;
}

QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(shortened(text));
}

QJsonObject objectOf(const CertificateFacts& certificate)
{
    QJsonArray names;
    for (const QString& name : certificate.names.first(std::min(certificate.names.size(), mostNames))) {
        names.append(shortened(name));
    }
    return { { QStringLiteral("subject"), shortened(certificate.subject) },
        { QStringLiteral("issuer"), shortened(certificate.issuer) }, { QStringLiteral("names"), names },
        { QStringLiteral("valid_from"), certificate.validFrom },
        { QStringLiteral("valid_until"), certificate.validUntil }, { QStringLiteral("key"), certificate.key },
        { QStringLiteral("sha256"), certificate.fingerprint } };
}

CertificateFacts certificateOf(const QJsonObject& object)
{
    CertificateFacts certificate;
    certificate.subject = shortened(object[u"subject"].toString());
    certificate.issuer = shortened(object[u"issuer"].toString());
    for (const auto& name : object[u"names"].toArray()) {
        if (certificate.names.size() < mostNames) {
            certificate.names.append(shortened(name.toString()));
        }
    }
    certificate.validFrom = object[u"valid_from"].toInteger();
    certificate.validUntil = object[u"valid_until"].toInteger();
    certificate.key = shortened(object[u"key"].toString());
    certificate.fingerprint = shortened(object[u"sha256"].toString());
    return certificate;
}

QJsonArray arrayOf(const TlsFacts& facts, qsizetype certificates)
{
    QJsonArray chain;
    for (const CertificateFacts& certificate : facts.chain.first(certificates)) {
        chain.append(objectOf(certificate));
    }
    return chain;
}

QByteArray jsonOf(const TlsFacts& facts, qsizetype certificates)
{
    const QJsonObject object { { QStringLiteral("version"), shortened(facts.version) },
        { QStringLiteral("cipher"), shortened(facts.cipher) }, { QStringLiteral("sni"), orNull(facts.serverName) },
        { QStringLiteral("alpn"), orNull(facts.applicationProtocol) },
        { QStringLiteral("verdict"), shortened(facts.verdict) },
        { QStringLiteral("certificate_of"), facts.ours ? QStringLiteral("us") : QStringLiteral("peer") },
        { QStringLiteral("chain"), arrayOf(facts, certificates) } };
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

QByteArray toJson(const TlsFacts& facts)
{
    qsizetype certificates = std::min(facts.chain.size(), mostCertificates);
    QByteArray json = jsonOf(facts, certificates);
    while (json.size() > largestJson && certificates > 1) {
        json = jsonOf(facts, --certificates);
    }
    return json;
}

QByteArray chainJson(const TlsFacts& facts)
{
    return QJsonDocument(arrayOf(facts, facts.chain.size())).toJson(QJsonDocument::Compact);
}

std::optional<TlsFacts> tlsFactsFromJson(const QByteArray& json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject() || !document[u"version"].isString()) {
        return std::nullopt;
    }
    TlsFacts facts;
    facts.version = shortened(document[u"version"].toString());
    facts.cipher = shortened(document[u"cipher"].toString());
    facts.serverName = shortened(document[u"sni"].toString());
    facts.applicationProtocol = shortened(document[u"alpn"].toString());
    facts.verdict = shortened(document[u"verdict"].toString());
    facts.ours = document[u"certificate_of"].toString() == u"us";
    for (const auto& certificate : document[u"chain"].toArray()) {
        if (facts.chain.size() < mostCertificates) {
            facts.chain.append(certificateOf(certificate.toObject()));
        }
    }
    return facts;
}

QString verdictText(const TlsFacts& facts)
{
    if (facts.ours) {
        return tr("shown to the peer");
    }
    if (facts.verdict == u"ok") {
        return tr("verified");
    }
    if (facts.verdict == u"not-checked") {
        return tr("not verified");
    }
    return tr("NOT verified (%1), accepted as asked").arg(facts.verdict);
}

QString summary(const TlsFacts& facts)
{
    QString text = facts.version + u", " + facts.cipher;
    if (!facts.serverName.isEmpty()) {
        text += u", " + tr("server name %1").arg(facts.serverName);
    }
    if (!facts.chain.isEmpty()) {
        text += u"; " + tr("certificate “%1”: %2").arg(facts.chain.constFirst().subject, verdictText(facts));
    }
    return text + u'.';
}

} // namespace sockeye
