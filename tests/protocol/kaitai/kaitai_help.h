// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/description.h"
#include "protocol/kaitai/tree_text.h"

#include <QHash>
#include <QTest>

namespace sockeye::kaitai {

/// The description of that text; null, and the test fails, if it is wrong. `files` are what it may import.
inline std::shared_ptr<const Description> loaded(const QByteArray& text, const QHash<QString, QByteArray>& files = {})
{
    const auto importer = [&](const QString& name, const QString& /*from*/) -> std::optional<Source> {
        return files.contains(name) ? std::optional(Source { name, files[name] }) : std::nullopt;
    };
    const auto description = load({ {}, text }, importer);
    if (!description) {
        QTest::qFail(qPrintable(describe(description.error().front())), __FILE__, __LINE__);
        return nullptr;
    }
    return *description;
}

/// What a mistake is reported with: paths and sentences of all of them.
inline QStringList mistakesOf(const QByteArray& text)
{
    QStringList out;
    const auto description = load({ {}, text });
    if (!description) {
        for (const Mistake& mistake : description.error()) {
            out.append(describe(mistake));
        }
    }
    return out;
}

/// The message as JSON, then what is wrong with it.
inline QByteArray decoded(const Description& description, const QByteArray& bytes)
{
    const Tree tree = description.decode(bytes);
    QByteArray out = toJson(tree);
    for (const TreeFault& fault : tree.faults) {
        out += " ! " + describe(fault).toUtf8();
    }
    return out;
}

} // namespace sockeye::kaitai
