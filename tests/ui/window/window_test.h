// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/testcase.h"

#include <QRegularExpression>
#include <QTest>

namespace sockeye {

/// A test that shows windows. The offscreen platform warns whenever a window has a least size; every other warning
/// fails the test, as everywhere.
class WindowTest : public TestCase {
    Q_OBJECT
protected Q_SLOTS:
    void init() override
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }
};

} // namespace sockeye
