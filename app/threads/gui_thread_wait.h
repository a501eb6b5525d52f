// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

/// The window's thread never waits for another thread. Whatever of ours may wait calls check() before; where the build
/// has SOCKEYE_CHECKED, a wait in the thread of the application is then a warning, as long as there is a window, and
/// warnings fail tests. Elsewhere check() does nothing. A short lock is no wait.
class GuiThreadWait {
public:
    /// Lets a test wait for the other side of what it tests, in its own thread, while it exists.
    class Allowed {
    public:
        Allowed();
        ~Allowed();
        Allowed(const Allowed&) = delete;
        Allowed& operator=(const Allowed&) = delete;
    };

    /// `forWhat` ends the sentence "The window's thread waits for …".
    static void check(const char* forWhat);
    /// How it is known whether there is a window: called in the thread of the application. Null, as at first: there
    /// never is one.
    static void setWindowTest(bool (*isThere)());
};

} // namespace sockeye
