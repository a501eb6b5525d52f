// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QString>

namespace sockeye {

/// One golden exchange of tests/data/vectors.json.
struct Vector {
    QByteArray name; ///< unique, for a row of a data table
    bool typed = false; ///< whether action and value make the request
    QString action;
    QString value;
    bool bigEndian = false; ///< what the request claims
    QByteArray request;
    QByteArray reply;
    QString result; ///< what the reply says, as resultText() shows it
};

[[nodiscard]] QList<Vector> loadVectors();

} // namespace sockeye
