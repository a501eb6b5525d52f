// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_plan.h"

#include <string>
#include <vector>

namespace sockeye::cli {

/// What `load` has beyond other commands.
struct LoadArguments {
    LoadPlan plan;
    QString csvFile; ///< empty: none
    QString jsonFile; ///< empty: none
    QString compareFile; ///< the result of a run before, as JSON; empty: none
};

/// What CLI11 fills in of it.
struct LoadWords {
    std::string mode = "fresh";
    std::string mix;
    std::vector<std::string> hex;
    std::vector<std::string> text;
    std::string replies;
    std::string csv;
    std::string json;
    std::string compare;
    long long requests = 0;
    double rate = 0;
    double warmUp = 0;
    int connections = 16;
    int depth = 16;
    int threads = 0;
    bool learn = false;
    bool resume = false;
};

} // namespace sockeye::cli
