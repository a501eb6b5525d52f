// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/reader/packet_source.h"

namespace sockeye {

/// pcapng (draft-ietf-opsawg-pcapng): any number of sections and interfaces, either byte order, enhanced, simple and
/// obsolete packet blocks; every other block is passed over.
class PcapngSource final : public PacketSource {
public:
    explicit PcapngSource(FileWindow& file);
    [[nodiscard]] const Packet* next() override;
    [[nodiscard]] bool isOwn() const override { return m_own; }

private:
    struct Interface {
        quint32 linkType = 0;
        quint32 snapLength = 0; ///< 0: none
        quint8 resolution = 6; ///< if_tsresol
        qint64 offset = 0; ///< if_tsoffset, seconds
    };
    [[nodiscard]] quint16 number16(const char* at) const;
    [[nodiscard]] quint32 number32(const char* at) const;
    [[nodiscard]] bool readSection(const char* body, qint64 size);
    [[nodiscard]] bool readInterface(const char* body, qint64 size);
    [[nodiscard]] bool readPacket(quint32 type, const char* body, qint64 size);
    [[nodiscard]] bool readSimplePacket(const char* body, qint64 size);
    [[nodiscard]] static qint64 timeOf(const Interface& from, quint64 ticks);
    /// Calls take(code, value) for each option that is whole.
    template <typename Take> void options(const char* from, qint64 size, Take&& take) const;

    FileWindow& m_file;
    std::vector<Interface> m_interfaces;
    bool m_bigEndian = false;
    bool m_own = false;
};

} // namespace sockeye
