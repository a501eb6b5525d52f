// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture_tool/interfaces.h"

#include "app/capture_tool/report.h"

#include <pcap/pcap.h>

#include <array>
#include <cstring>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

namespace sockeye::tool {

namespace {

constexpr char allInterfaces[] = "any";

/// Names and descriptions come from drivers and administrators: nothing in them may end a field.
void appendField(std::string& line, const char* text)
{
    for (; text && *text != '\0'; ++text) {
        const auto value = static_cast<unsigned char>(*text);
        line += value < 0x20 || value == 0x7F ? ' ' : *text;
    }
}

void appendWord(std::string& field, const char* word)
{
    if (!field.empty()) {
        field += ',';
    }
    field += word;
}

std::string flagsOf(const pcap_if_t& interface)
{
    std::string flags;
    const auto add = [&](bpf_u_int32 flag, const char* word) {
        if ((interface.flags & flag) != 0) {
            appendWord(flags, word);
        }
    };
    add(PCAP_IF_UP, "up");
    add(PCAP_IF_RUNNING, "running");
    add(PCAP_IF_LOOPBACK, "loopback");
    add(PCAP_IF_WIRELESS, "wireless");
    if (std::strcmp(interface.name, allInterfaces) == 0) {
        appendWord(flags, "all");
    }
    return flags;
}

std::string addressesOf(const pcap_if_t& interface)
{
    std::string addresses;
    for (const pcap_addr* each = interface.addresses; each; each = each->next) {
        const int family = each->addr ? each->addr->sa_family : AF_UNSPEC;
        if (family != AF_INET && family != AF_INET6) {
            continue;
        }
        const socklen_t size = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
        std::array<char, NI_MAXHOST> text {};
        if (::getnameinfo(each->addr, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) == 0) {
            appendWord(addresses, text.data());
        }
    }
    return addresses;
}

/// libpcap also offers Bluetooth, USB, D-Bus and the netfilter log: none of them carries packets of connections.
bool isForNetworks(const pcap_if_t& interface)
{
    return ::if_nametoindex(interface.name) != 0 || std::strcmp(interface.name, allInterfaces) == 0;
}

bool writeAll(const std::string& text)
{
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t written = ::write(STDOUT_FILENO, text.data() + done, text.size() - done);
        if (written <= 0) {
            return false;
        }
        done += static_cast<std::size_t>(written);
    }
    return true;
}

} // namespace

int listInterfaces()
{
    std::array<char, PCAP_ERRBUF_SIZE> why {};
    pcap_if_t* interfaces = nullptr;
    if (pcap_findalldevs(&interfaces, why.data()) != 0) {
        return tellError(ErrorCode::Other, why.data());
    }
    std::string lines;
    for (const pcap_if_t* each = interfaces; each; each = each->next) {
        if (isForNetworks(*each)) {
            appendField(lines, each->name);
            lines += '\t' + flagsOf(*each) + '\t' + addressesOf(*each) + '\t';
            appendField(lines, each->description);
            lines += '\n';
        }
    }
    pcap_freealldevs(interfaces);
    return writeAll(lines) ? 0 : tellError(ErrorCode::Write, "standard output cannot be written");
}

} // namespace sockeye::tool
