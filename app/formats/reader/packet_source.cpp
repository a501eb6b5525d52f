// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/packet_source.h"

#include "app/formats/pcapng/format.h"
#include "app/formats/reader/pcap_source.h"
#include "app/formats/reader/pcapng_source.h"

#include <QtEndian>

namespace sockeye {

const Packet* PacketSource::stop(const QString& problem)
{
    m_problem = problem;
    return nullptr;
}

const Packet* PacketSource::stopAtEnd(const QString& problem)
{
    m_cut = true;
    return stop(problem);
}

void PacketSource::goOn()
{
    m_cut = false;
    m_problem.clear();
}

std::unique_ptr<PacketSource> newPacketSource(FileWindow& file)
{
    const char* magic = file.at(0, 4);
    if (!magic) {
        return nullptr;
    }
    if (qFromLittleEndian<quint32>(magic) == pcapng::sectionHeaderBlock) {
        return std::make_unique<PcapngSource>(file);
    }
    return PcapSource::create(file);
}

} // namespace sockeye
