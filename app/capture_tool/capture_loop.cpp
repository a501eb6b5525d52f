// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture_tool/capture_loop.h"

#include "app/capture_tool/events.h"
#include "app/capture_tool/filter.h"
#include "app/capture_tool/packet_file.h"
#include "app/capture_tool/report.h"
#include "app/capture_tool/rights.h"

#include <pcap/pcap.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <string>
#include <unistd.h>

namespace sockeye::tool {

namespace {

using Clock = std::chrono::steady_clock;

// The kernel gathers packets for so long before it wakes us. Waking for each one ("immediate mode") would make it keep
// a slot of 64 KiB for every packet, however small, and lose what a busy second brings.
constexpr int gatherMilliseconds = 20;
constexpr int kernelBuffer = 32 * 1024 * 1024;
// Between two looks at whether to end.
constexpr int packetsAtOnce = 4096;
constexpr std::chrono::milliseconds betweenCounts { 250 };

struct Closer {
    void operator()(pcap_t* handle) const { pcap_close(handle); }
};
using Handle = std::unique_ptr<pcap_t, Closer>;

std::uint64_t now()
{
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(since).count());
}

ErrorCode codeOf(int status)
{
    switch (status) {
    case PCAP_ERROR_PERM_DENIED:
    case PCAP_ERROR_PROMISC_PERM_DENIED:
        return ErrorCode::Right;
    case PCAP_ERROR_NO_SUCH_DEVICE:
    case PCAP_ERROR_IFACE_NOT_UP:
        return ErrorCode::Interface;
    default:
        return ErrorCode::Other;
    }
}

/// Opens the interface: the one thing that needs the right, which is given up afterwards. Returns an exit status.
int open(const Arguments& arguments, Handle& handle)
{
    std::array<char, PCAP_ERRBUF_SIZE> why {};
    handle.reset(pcap_create(arguments.interface.c_str(), why.data()));
    if (!handle) {
        return tellError(ErrorCode::Other, why.data());
    }
    // Not promiscuous: this is about the programs of this machine, not about those of its neighbours.
    pcap_set_snaplen(handle.get(), arguments.snapLength);
    pcap_set_timeout(handle.get(), gatherMilliseconds);
    pcap_set_buffer_size(handle.get(), kernelBuffer);
    pcap_set_tstamp_precision(handle.get(), PCAP_TSTAMP_PRECISION_NANO);
    const int status = pcap_activate(handle.get());
    if (!giveUpRights()) {
        return tellError(ErrorCode::Other, "the rights that are needed no longer cannot be given up");
    }
    if (status < 0) {
        const std::string detail = pcap_geterr(handle.get());
        return tellError(codeOf(status), detail.empty() ? pcap_statustostr(status) : detail);
    }
    if (arguments.interface == "any") {
        pcap_set_datalink(handle.get(), DLT_LINUX_SLL2); // tells the interface; without it all is as well
    }
    if (const int wrong = setFilter(handle.get(), arguments.filter)) {
        return wrong;
    }
    return pcap_setnonblock(handle.get(), 1, why.data()) == 0 ? 0 : tellError(ErrorCode::Other, why.data());
}

/// The number of the link type in files, which for raw IP is not the one that it has on this system.
int linkTypeOf(pcap_t* handle)
{
    constexpr int rawInFiles = 101;
    const int type = pcap_datalink(handle);
    return type == DLT_RAW ? rawInFiles : type;
}

class CaptureLoop {
public:
    CaptureLoop(const Arguments& arguments, pcap_t* handle)
        : m_arguments(arguments)
        , m_handle(handle)
        , m_file(STDOUT_FILENO)
    {
    }

    int run()
    {
        Events events(pcap_get_selectable_fd(m_handle));
        if (!events.areGood()) {
            return tellError(ErrorCode::Other, std::strerror(errno));
        }
        const int linkType = linkTypeOf(m_handle);
        m_file.begin(linkType, pcap_snapshot(m_handle), m_arguments.interface, m_arguments.filter);
        if (!m_file.flush()) {
            return tellError(ErrorCode::Write, std::strerror(m_file.error()));
        }
        tellCapturing(linkType);
        int taken = 0;
        while (taken >= 0 && m_file.error() == 0 && !isDone() && events.wait(betweenCounts.count())) {
            taken = take();
        }
        return end(taken);
    }

private:
    [[nodiscard]] bool isDone() const { return m_arguments.count != 0 && m_counts.written >= m_arguments.count; }

    /// What has come; negative if the interface fails.
    int take()
    {
        int most = packetsAtOnce;
        if (m_arguments.count != 0) {
            most = static_cast<int>(std::min<std::uint64_t>(packetsAtOnce, m_arguments.count - m_counts.written));
        }
        const int taken =
            pcap_dispatch(m_handle, most, &CaptureLoop::takePacket, reinterpret_cast<unsigned char*>(this));
        (void)m_file.flush(); // its error ends the loop
        if (Clock::now() - m_told >= betweenCounts) {
            tell();
        }
        return taken;
    }

    static void takePacket(unsigned char* self, const pcap_pkthdr* head, const unsigned char* bytes)
    {
        auto& loop = *reinterpret_cast<CaptureLoop*>(self);
        // With nanoseconds asked for, they stand in the field for microseconds.
        const std::uint64_t time =
            static_cast<std::uint64_t>(head->ts.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(head->ts.tv_usec);
        loop.m_file.add(time, bytes, head->caplen, head->len);
        ++loop.m_counts.written;
        if (loop.m_file.isFull()) {
            (void)loop.m_file.flush();
        }
    }

    void tell()
    {
        m_told = Clock::now();
        pcap_stat kernel {};
        if (pcap_stats(m_handle, &kernel) == 0) {
            // They wrap around at 2³²: what was added since counts.
            m_counts.dropped += kernel.ps_drop - m_kernel.ps_drop;
            m_counts.missed += kernel.ps_ifdrop - m_kernel.ps_ifdrop;
            m_kernel = kernel;
        }
        if (m_counts != m_toldCounts) {
            m_toldCounts = m_counts;
            tellCounts(m_counts);
        }
    }

    int end(int taken)
    {
        const std::string why = taken < 0 ? pcap_geterr(m_handle) : "";
        tell();
        if (m_file.error() == 0) {
            m_file.end(now(), m_counts);
            (void)m_file.flush();
        }
        if (m_file.error() != 0) {
            return tellError(ErrorCode::Write, std::strerror(m_file.error()));
        }
        return taken < 0 ? tellError(ErrorCode::Interface, why) : 0;
    }

    const Arguments& m_arguments;
    pcap_t* const m_handle;
    PacketFile m_file;
    Counts m_counts;
    Counts m_toldCounts;
    pcap_stat m_kernel {};
    Clock::time_point m_told {};
};

} // namespace

int capture(const Arguments& arguments)
{
    if (::isatty(STDOUT_FILENO) == 1) {
        return tellError(ErrorCode::Usage, "packets are not for a terminal: send standard output to a file or a pipe");
    }
    Handle handle;
    if (const int wrong = open(arguments, handle)) {
        return wrong;
    }
    return CaptureLoop(arguments, handle.get()).run();
}

} // namespace sockeye::tool
