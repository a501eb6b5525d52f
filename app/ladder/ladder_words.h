// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/ladder/ladder_picture.h"

#include <QString>

namespace sockeye {

/// What stands at a step's arrow: "search "ring"", "FIN: sends no more", "1.2 s later". `isOfSeveral`: with the
/// connection's number.
[[nodiscard]] QString ladderLabel(const LadderStep& step, bool isOfSeveral);
/// How large a message is: "146 bytes"; of other steps, empty.
[[nodiscard]] QString ladderSize(const LadderStep& step);
/// The same with how it came, where that is worth a remark: "146 bytes in 3 reads", "146 bytes, shared read".
[[nodiscard]] QString ladderRemark(const LadderStep& step);
/// The step in words, as whole sentences. `startTime`: of the capture.
[[nodiscard]] QString ladderSentence(const LadderStep& step, qint64 startTime);
/// "Ladder of connection #3: 40 steps.", for those who cannot see it.
[[nodiscard]] QString ladderTitle(const LadderPicture& picture);
/// Over a life line: who it is.
[[nodiscard]] QString ladderHeading(const LadderSpan& span);

} // namespace sockeye
