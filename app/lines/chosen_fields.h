// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

#include <QByteArrayList>

namespace sockeye {

/// Fields of messages by their paths, as filters name them: "header.content-type", "json.items[0].id", "function",
/// "records[2].size".
class ChosenFields {
public:
    explicit ChosenFields(QByteArrayList paths = {})
        : m_paths(std::move(paths))
    {
    }
    [[nodiscard]] bool isEmpty() const { return m_paths.isEmpty(); }

    /// What a message has of them: an object of values by path, in the order of the paths.
    [[nodiscard]] QByteArray json(const DecodedMessage& message) const;
    /// The same for people: "function = read, data[0] = 255".
    [[nodiscard]] QString text(const DecodedMessage& message) const;
    /// The same for a table: one value a path, null where the message has none of it.
    [[nodiscard]] QList<QByteArray> values(const DecodedMessage& message) const;
    [[nodiscard]] const QByteArrayList& paths() const { return m_paths; }

private:
    QByteArrayList m_paths;
};

/// The paths of "function,data[0]"; nothing where one of them is no path.
[[nodiscard]] std::optional<QByteArrayList> pathsOf(const QString& list);

} // namespace sockeye
