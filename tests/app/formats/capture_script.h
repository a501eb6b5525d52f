// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMetaType>

namespace sockeye {
class CaptureWriter;
}

/// Writes what a row of a test's table is about.
using CaptureScript = void (*)(sockeye::CaptureWriter&);
Q_DECLARE_METATYPE(CaptureScript)
