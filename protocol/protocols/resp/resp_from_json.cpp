// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/resp/resp_words.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace sockeye::resp {

namespace {

/// QJsonDocument reads no deeper than 1024 values in each other.
void append(QByteArray& out, const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        out += value.toBool() ? ":1\r\n" : ":0\r\n";
        return;
    case QJsonValue::Double: {
        const qint64 whole = value.toInteger();
        const double real = value.toDouble();
        out += std::trunc(real) == real && std::abs(real) < 9e18 ? ':' + QByteArray::number(whole) + "\r\n"
                                                                 : bulk(QByteArray::number(real, 'g', 17));
        return;
    }
    case QJsonValue::String:
        out += bulk(value.toString().toUtf8());
        return;
    case QJsonValue::Array: {
        const QJsonArray array = value.toArray();
        out += '*' + QByteArray::number(array.size()) + "\r\n";
        for (const auto& each : array) {
            append(out, each);
        }
        return;
    }
    case QJsonValue::Object: {
        const QJsonObject object = value.toObject();
        out += '*' + QByteArray::number(object.size() * 2) + "\r\n";
        for (auto it = object.begin(); it != object.end(); ++it) {
            out += bulk(it.key().toUtf8());
            append(out, it.value());
        }
        return;
    }
    default:
        out += "$-1\r\n";
    }
}

} // namespace

QByteArray bulk(QByteArrayView data)
{
    return '$' + QByteArray::number(data.size()) + "\r\n" + data.toByteArray() + "\r\n";
}

tl::expected<QByteArray, QString> fromJson(QByteArrayView json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson('[' + json.toByteArray() + ']', &error);
    if (document.isNull()) {
        return tl::unexpected(
            QCoreApplication::translate("sockeye::RespProtocol", "This is no JSON: %1.").arg(error.errorString()));
    }
    QByteArray out;
    append(out, document.array().at(0));
    return out;
}

} // namespace sockeye::resp
