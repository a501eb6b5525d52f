// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/live/spool_copy.h"

#include "app/storage/spool_file.h"

#include <chrono>
#include <memory>
#include <utility>

namespace sockeye {

namespace {
using namespace std::chrono_literals;
constexpr qint64 copiedAtOnce = 256 * 1024;
constexpr auto betweenCopies = 20ms; // as often as the kernel hands packets to who captures
} // namespace

SpoolCopy::SpoolCopy(const SystemFile& from, SystemFile& to, std::function<void()> onFailed)
    : m_thread([this, &from, &to, onFailed = std::move(onFailed)] { run(from, to, onFailed); })
{
}

SpoolCopy::~SpoolCopy()
{
    m_over.store(true);
    m_thread.join();
}

void SpoolCopy::run(const SystemFile& from, SystemFile& to, const std::function<void()>& onFailed)
{
    const std::unique_ptr<char[]> bytes(new char[copiedAtOnce]);
    qint64 position = 0;
    while (true) {
        const bool isLast = m_over.load(); // asked first: what comes after this question may be left out
        qint64 got = 0;
        while ((got = from.read(bytes.get(), copiedAtOnce, position)) > 0) {
            if (to.append(bytes.get(), got) != 0) {
                if (onFailed) {
                    onFailed();
                }
                return;
            }
            position += got;
        }
        if (isLast) {
            return;
        }
        std::this_thread::sleep_for(betweenCopies);
    }
}

} // namespace sockeye
