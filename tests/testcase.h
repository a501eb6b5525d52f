// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>

#include <functional>
#include <memory>

#include <tl/expected.hpp>

namespace sockeye {

/// What every test class of ours derives from: a warning that the test did not announce with QTest::ignoreMessage() is
/// a defect, of the code or of the test, and fails the test function that is running.
class TestCase : public QObject {
    Q_OBJECT
protected Q_SLOTS:
    virtual void init(); ///< an override calls this one
};

/// Makes a test class known to the program that holds it (test_main.cpp), under the name of its source file. Linking a
/// program for each of a hundred classes took longer than compiling them.
class TestEntry {
public:
    using Make = std::function<std::unique_ptr<QObject>()>;
    TestEntry(const char* sourceFile, Make make);

    /// The test class in `tst_NAME.cpp`, by "tst_NAME"; null if there is none.
    [[nodiscard]] static std::unique_ptr<QObject> make(const QByteArray& name);
    [[nodiscard]] static QList<QByteArray> names();
};

} // namespace sockeye

/// At the end of a test's source, before its .moc.
#define SOCKEYE_TEST(Class)                                                                                            \
    static const sockeye::TestEntry entryOf##Class(__FILE__, [] { return std::make_unique<Class>(); });

/// Fails the test with the error's own words. `expression` is a Result<T>.
#define VERIFY_RESULT(expression)                                                                                      \
    do {                                                                                                               \
        const auto& verifiedResult = (expression);                                                                     \
        QVERIFY2(verifiedResult.has_value(),                                                                           \
            verifiedResult.has_value() ? "" : qPrintable(sockeye::describe(verifiedResult.error())));                  \
    } while (false)
