// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/engines/engines.h"

#include "app/net/native/native_engine.h"

#include <algorithm>

namespace sockeye {

const std::vector<const Engine*>& engines()
{
    static const std::vector<const Engine*> all { &nativeEngine() };
    return all;
}

const Engine& defaultEngine()
{
    return *engines().front();
}

const Engine* engineNamed(QStringView id)
{
    const auto found = std::ranges::find_if(engines(), [id](const Engine* engine) { return engine->id() == id; });
    return found != engines().end() ? *found : nullptr;
}

} // namespace sockeye
