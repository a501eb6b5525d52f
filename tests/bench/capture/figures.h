// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace sockeye {

/// What this process has in memory, in MiB: all of it, and what is its own (the rest is pages of files).
struct Resident {
    double all = 0;
    double own = 0;

    [[nodiscard]] static Resident now()
    {
        Resident resident;
        std::ifstream status("/proc/self/status");
        for (std::string word; status >> word;) {
            double kib = 0;
            if (word == "VmRSS:" && status >> kib) {
                resident.all = kib / 1024;
            } else if (word == "RssAnon:" && status >> kib) {
                resident.own = kib / 1024;
            }
        }
        return resident;
    }
};

/// Many times of the same thing, in milliseconds.
class Times {
public:
    void add(qint64 nanoseconds) { m_times.push_back(static_cast<double>(nanoseconds) / 1e6); }
    void print(const char* what, double wanted)
    {
        const auto longest = std::max_element(m_times.begin(), m_times.end()) - m_times.begin();
        std::sort(m_times.begin(), m_times.end());
        const auto at = [this](double share) {
            return m_times[static_cast<std::size_t>(share * static_cast<double>(m_times.size() - 1))];
        };
        std::printf(
            "%-36s %6zu times: median %7.2f ms, 99 %% %7.2f ms, longest %7.2f ms, the %td. (wanted: < %.0f ms)\n", what,
            m_times.size(), at(0.5), at(0.99), at(1), longest + 1, wanted);
    }

private:
    std::vector<double> m_times;
};

} // namespace sockeye
