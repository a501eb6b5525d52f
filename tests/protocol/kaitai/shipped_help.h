// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/description.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <random>
#include <vector>

namespace sockeye::kaitai {

inline QString shippedPath(const QString& inProject)
{
    return qEnvironmentVariable("SOCKEYE_TEST_DATA") + QStringLiteral("/../../") + inProject;
}

inline QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline std::optional<Source> shippedFile(const QString& name, const QString& /*from*/)
{
    const QString path = shippedPath(QStringLiteral("resources/protocols/") + name + QStringLiteral(".ksy"));
    return QFile::exists(path) ? std::optional(Source { name, contentOf(path) }) : std::nullopt;
}

inline std::shared_ptr<const Description> shipped(const QString& name)
{
    const auto source = shippedFile(name, {});
    const auto description = source ? load(*source, shippedFile) : tl::unexpected(QList<Mistake>());
    return description ? *description : nullptr;
}

/// Those of a description's own examples and of real peers.
inline std::vector<QByteArray> goldenMessages(const QString& name)
{
    std::vector<QByteArray> out;
    const QByteArray list = contentOf(shippedPath(QStringLiteral("tests/data/protocols/golden.json")));
    for (const QJsonValue golden : QJsonDocument::fromJson(list).array()) {
        if (golden[QStringLiteral("protocol")].toString() != name) {
            continue;
        }
        const QString file = golden[QStringLiteral("file")].toString();
        const QByteArray bytes = contentOf(shippedPath(QStringLiteral("tests/data/protocols/") + file));
        qsizetype begin = 0;
        for (const QJsonValue message : golden[QStringLiteral("messages")].toArray()) {
            out.push_back(bytes.mid(begin, message[QStringLiteral("size")].toInt()));
            begin += out.back().size();
        }
    }
    return out;
}

/// Some bytes changed, or the end cut off, or something put behind or between.
inline QByteArray damagedCopy(QByteArray bytes, std::mt19937& random)
{
    const auto below = [&](qsizetype limit) { return static_cast<qsizetype>(random() % static_cast<quint32>(limit)); };
    for (qsizetype change = below(3); change >= 0; --change) {
        const qsizetype at = below(bytes.size() + 1);
        switch (random() % 6) {
        case 0:
            bytes.truncate(at);
            break;
        case 1:
            bytes.insert(at, QByteArray(1 + below(40), static_cast<char>(random())));
            break;
        case 2:
            bytes.remove(at, 1 + below(4));
            break;
        case 3:
            bytes.insert(at, bytes.mid(below(bytes.size() + 1), below(60)));
            break;
        default:
            if (at < bytes.size()) {
                bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 << below(8)));
            }
            break;
        }
    }
    return bytes;
}

} // namespace sockeye::kaitai
