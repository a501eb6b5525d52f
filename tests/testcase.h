// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <tl/expected.hpp>

namespace sockeye {

/// What every test class of ours derives from: a warning that the test did not announce with QTest::ignoreMessage() is
/// a defect, of the code or of the test, and fails the test function that is running.
class TestCase : public QObject {
    Q_OBJECT
protected Q_SLOTS:
    virtual void init(); ///< an override calls this one
};

} // namespace sockeye

/// Fails the test with the error's own words. `expression` is a Result<T>.
#define VERIFY_RESULT(expression)                                                                                      \
    do {                                                                                                               \
        const auto& verifiedResult = (expression);                                                                     \
        QVERIFY2(verifiedResult.has_value(),                                                                           \
            verifiedResult.has_value() ? "" : qPrintable(sockeye::describe(verifiedResult.error())));                  \
    } while (false)
