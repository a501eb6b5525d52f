// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/diagnose/diagnosis.h"

namespace sockeye {

/// "0.3 ms", "1.204 s"; empty while it runs.
[[nodiscard]] QString tookText(qint64 nanoseconds);
/// One step on one line: "ok      Connect  127.0.0.1:80  0.1 ms  Connected."
[[nodiscard]] QString reportLine(const DiagnosisStep& step);
/// The whole diagnosis as text, for a mail or a ticket: target, steps, verdict.
[[nodiscard]] QString reportText(const Diagnosis& diagnosis);

} // namespace sockeye
