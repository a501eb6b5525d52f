// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QAbstractEventDispatcher;

namespace sockeye {

/// What a thread with many sockets should run on; null where Qt's own is as good. The caller owns it. Comes from
/// app/platform/.
[[nodiscard]] QAbstractEventDispatcher* newEventDispatcher();

} // namespace sockeye
