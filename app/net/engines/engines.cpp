// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/engines/engines.h"

#include "app/net/engines/engine_list.h"

#include <algorithm>

namespace sockeye {

const std::vector<const Engine*>& engines()
{
    static const std::vector<const Engine*> all = builtEngines();
    return all;
}

const Engine& defaultEngine()
{
    static const Engine& chosen = []() -> const Engine& {
        const Engine* const wanted = engineNamed(qEnvironmentVariable("SOCKEYE_ENGINE"));
        return wanted != nullptr ? *wanted : *engines().front();
    }();
    return chosen;
}

const Engine* engineNamed(QStringView id)
{
    const auto found = std::ranges::find_if(engines(), [id](const Engine* engine) { return engine->id() == id; });
    return found != engines().end() ? *found : nullptr;
}

} // namespace sockeye
