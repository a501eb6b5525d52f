// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/reader/packet_source.h"

namespace sockeye {

/// Classic pcap (draft-ietf-opsawg-pcap): micro- or nanoseconds, either byte order.
class PcapSource final : public PacketSource {
public:
    /// Null if the file does not begin as one.
    [[nodiscard]] static std::unique_ptr<PacketSource> create(FileWindow& file);
    [[nodiscard]] const Packet* next() override;

private:
    PcapSource(FileWindow& file, bool bigEndian, bool nanoseconds);
    [[nodiscard]] quint32 number(const char* at) const;

    FileWindow& m_file;
    const bool m_bigEndian;
    const qint64 m_unit; ///< nanoseconds
};

} // namespace sockeye
