// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/engines/engines.h"

#include <QTest>

namespace sockeye {

/// A row for each engine of this build, named by its id. In the test: `engineOfRow()`.
inline void addEngineRows()
{
    QTest::addColumn<QString>("engine");
    for (const Engine* const engine : engines()) {
        QTest::newRow(engine->id().data()) << QString(engine->id());
    }
}

inline const Engine& engineOfRow()
{
    QFETCH(const QString, engine);
    return *engineNamed(engine);
}

} // namespace sockeye
