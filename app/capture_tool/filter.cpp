// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture_tool/filter.h"

#include "app/capture_tool/arguments.h"
#include "app/capture_tool/report.h"

#include <fstream>
#include <memory>
#include <net/if_arp.h>

namespace sockeye::tool {

namespace {

constexpr int optimized = 1;

struct FilterCloser {
    void operator()(pcap_t* capture) const { pcap_close(capture); }
};

/// What libpcap will most likely call the packets of that interface.
int linkTypeOf(const std::string& interface)
{
    if (interface == "any") {
        return DLT_LINUX_SLL2;
    }
    int hardware = ARPHRD_ETHER;
    if (interface.find('/') == std::string::npos) {
        std::ifstream("/sys/class/net/" + interface + "/type") >> hardware;
    }
    return hardware == ARPHRD_NONE ? DLT_RAW : DLT_EN10MB;
}

} // namespace

int checkFilter(const std::string& interface, const std::string& filter)
{
    const std::unique_ptr<pcap_t, FilterCloser> dead(
        pcap_open_dead(linkTypeOf(interface), Arguments::largestSnapLength));
    bpf_program program {};
    if (!dead) {
        return tellError(ErrorCode::Other, "out of memory");
    }
    if (pcap_compile(dead.get(), &program, filter.c_str(), optimized, PCAP_NETMASK_UNKNOWN) != 0) {
        return tellError(ErrorCode::Filter, pcap_geterr(dead.get()));
    }
    pcap_freecode(&program);
    return 0;
}

int setFilter(pcap_t* capture, const std::string& filter)
{
    if (filter.empty()) {
        return 0;
    }
    bpf_program program {};
    if (pcap_compile(capture, &program, filter.c_str(), optimized, PCAP_NETMASK_UNKNOWN) != 0) {
        return tellError(ErrorCode::Filter, pcap_geterr(capture));
    }
    const int status = pcap_setfilter(capture, &program);
    pcap_freecode(&program);
    return status == 0 ? 0 : tellError(ErrorCode::Other, pcap_geterr(capture));
}

} // namespace sockeye::tool
