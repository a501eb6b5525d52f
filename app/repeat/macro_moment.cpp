// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/repeat/macro_moment.h"

#include "app/events/event.h"

#include <QRandomGenerator>

namespace sockeye {

MacroMoment macroMoment(quint64 number)
{
    return { captureNow(), number, [] { return QRandomGenerator::global()->generate(); } };
}

} // namespace sockeye
