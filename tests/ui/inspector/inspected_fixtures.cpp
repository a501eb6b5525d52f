// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/inspector/inspected_fixtures.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace sockeye {

QList<GoldenMessage> goldenMessages()
{
    QFile file(qEnvironmentVariable("SOCKEYE_TEST_DATA") + QStringLiteral("/vectors.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QList<GoldenMessage> messages;
    const QJsonArray exchanges =
        QJsonDocument::fromJson(file.readAll()).object().value(QStringLiteral("exchanges")).toArray();
    for (const QJsonValue& value : exchanges) {
        const QJsonObject exchange = value.toObject();
        const QByteArray name = exchange.value(QStringLiteral("name")).toString().toUtf8();
        for (const QString& part : { QStringLiteral("request"), QStringLiteral("reply") }) {
            messages.append(
                { name + ", " + part.toUtf8(), QByteArray::fromHex(exchange.value(part).toString().toLatin1()) });
        }
    }
    return messages;
}

QByteArray goldenRequest()
{
    return goldenMessages().value(0).bytes;
}

InspectedMessagePtr inspected(const QByteArray& bytes, const QList<qint64>& pieces, const ProtocolPtr& protocol)
{
    auto message = std::make_shared<InspectedMessage>();
    message->annotation = annotate(protocol, bytes);
    message->protocol = protocol;
    message->streamOffset = 1000;
    qint64 at = 0;
    for (qsizetype i = 0; at < bytes.size(); ++i) {
        const qint64 size = pieces.isEmpty() ? bytes.size() : pieces.at(qMin(i, pieces.size() - 1));
        const qint64 cut = qMin(size, bytes.size() - at);
        message->chunks.push_back({ message->streamOffset + at, cut, 1'000'000'000 + i * 1'000'000 });
        at += cut;
    }
    return message;
}

int fieldNamed(const InspectedMessage& message, const QString& label)
{
    for (int i = 0; i < static_cast<int>(message.annotation.fields().size()); ++i) {
        if (message.annotation.label(i) == label) {
            return i;
        }
    }
    return -1;
}

} // namespace sockeye
