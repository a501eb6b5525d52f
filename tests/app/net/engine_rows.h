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

/// What the engine that this program of tests runs on can do.
inline const EngineCapabilities& can()
{
    return defaultEngine().capabilities();
}

/// One row, named by what is expected of an engine that is able to do something, or of one that is not.
inline void addAbilityRow(bool able, const char* whenAble, const char* whenNot)
{
    QTest::addColumn<bool>("able");
    QTest::newRow(able ? whenAble : whenNot) << able;
}

} // namespace sockeye
