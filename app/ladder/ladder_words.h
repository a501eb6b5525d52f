// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/ladder/ladder_picture.h"

#include <QString>

namespace sockeye {

/// What stands at a step's arrow: "search 'ring', 146 bytes", "FIN: sends no more", "1.2 s later". `isOfSeveral`: with
/// the connection's number.
[[nodiscard]] QString ladderLabel(const LadderStep& step, bool isOfSeveral);
/// How a message came, where that is worth a remark: "in 3 reads", "in one read with others"; else empty.
[[nodiscard]] QString ladderRemark(const LadderStep& step);
/// The step in words, as whole sentences. `startTime`: of the capture.
[[nodiscard]] QString ladderSentence(const LadderStep& step, qint64 startTime);
/// "Ladder of connection #3: 40 steps.", for those who cannot see it.
[[nodiscard]] QString ladderTitle(const LadderPicture& picture);
/// Over a life line: who it is.
[[nodiscard]] QString ladderHeading(const LadderSpan& span);

} // namespace sockeye
