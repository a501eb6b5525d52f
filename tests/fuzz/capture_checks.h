// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace sockeye {

/// What must hold for a file of packets, whatever is in it: its packets lie in it one after the other, cut short it
/// gives those that are whole, and what is made of them is reached and read back row by row.
void checkCaptureFile(const QByteArray& file);

} // namespace sockeye
