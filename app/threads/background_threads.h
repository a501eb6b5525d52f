// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QThreadPool;

namespace sockeye {

/// Where work on captures runs that takes longer than a window may wait: loading, searching, sorting, saving. Any
/// thread. The end of the application waits for what is under way.
///
/// Not Qt's own pool: Qt 6.4 fills large areas in that one, and whoever paints waits for what lasts long there.
[[nodiscard]] QThreadPool& backgroundThreads();

} // namespace sockeye
