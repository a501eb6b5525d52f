// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_report.h"

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>

#include <vector>

namespace sockeye {

/// The figures of a run that two runs are compared by. Times are microseconds.
struct LoadFigures {
    QString mode;
    QString transport; ///< loadTransportName(); empty where a result of before does not say it
    int connections = 0;
    int depth = 0;
    double rate = 0; ///< asked for; 0: closed loop
    double seconds = 0;
    qint64 requests = 0;
    qint64 errors = 0;
    qint64 lost = 0; ///< UDP
    double requestsPerSecond = 0;
    double p50 = 0;
    double p90 = 0;
    double p99 = 0;
    double p999 = 0;
    double p9999 = 0;
    double max = 0;
    QString limit; ///< loadLimitName()

    friend bool operator==(const LoadFigures&, const LoadFigures&) = default;
};

[[nodiscard]] LoadFigures figuresOf(const LoadReport& report);

/// From what loadJson() wrote. The error is a sentence.
[[nodiscard]] tl::expected<LoadFigures, QString> figuresFromJson(const QByteArray& json);

/// One line of a comparison: the same figure of two runs.
struct ComparedFigure {
    QString name; ///< for people: "Requests a second", "p99"
    QString before;
    QString after;
    QString change; ///< "+12 %"; empty where there is none to speak of
};
[[nodiscard]] std::vector<ComparedFigure> compared(const LoadFigures& before, const LoadFigures& after);

/// As latencyText() for a number that is 1, 2 or 5 with noughts, as on a scale: "200 µs".
[[nodiscard]] QString latencyMarkText(qint64 nanoseconds);
/// "p50", "p99.9": what a share of loadPercentiles is called.
[[nodiscard]] QString percentileName(double share);

} // namespace sockeye
