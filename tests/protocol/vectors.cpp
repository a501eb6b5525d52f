// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace sockeye {

QList<Vector> loadVectors()
{
    QFile file(qEnvironmentVariable("SOCKEYE_TEST_DATA") + QStringLiteral("/vectors.json"));
    QList<Vector> vectors;
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("no golden vectors: %s", qPrintable(file.fileName()));
        return vectors;
    }
    const QJsonArray exchanges = QJsonDocument::fromJson(file.readAll()).object()[u"exchanges"].toArray();
    for (const QJsonValue& exchange : exchanges) {
        Vector vector;
        vector.typed = exchange[u"action"].isString();
        vector.action = exchange[u"action"].toString();
        vector.value = exchange[u"value"].toString();
        vector.bigEndian = exchange[u"byteorder"].toString() == u"big";
        vector.request = QByteArray::fromHex(exchange[u"request"].toString().toLatin1());
        vector.reply = QByteArray::fromHex(exchange[u"reply"].toString().toLatin1());
        const QJsonValue result = exchange[u"result"];
        vector.result = result.isString() ? result.toString()
            : result.isDouble()           ? QString::number(result.toInteger())
                                : QString::fromUtf8(QByteArray::fromHex(exchange[u"result_hex"].toString().toLatin1()));
        vector.name = QByteArray::number(vectors.size()) + ": " + exchange[u"name"].toString().toUtf8();
        vectors.append(vector);
    }
    return vectors;
}

} // namespace sockeye
