// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/engines/engine_list.h"
#include "app/net/native/native_engine.h"
#include "app/net/qt/qt_engine.h"

namespace sockeye {

std::vector<const Engine*> builtEngines()
{
    return { &nativeEngine(), &qtEngine() };
}

} // namespace sockeye
