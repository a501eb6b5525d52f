// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/unpacker.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include <zlib.h>
#include <zstd.h>

namespace sockeye {

namespace {

/// RFC 1952: members, one after the other.
class GzipUnpacker final : public Unpacker {
public:
    GzipUnpacker()
    {
        constexpr int gzipOnly = 16;
        m_isDamaged = ::inflateInit2(&m_stream, MAX_WBITS + gzipOnly) != Z_OK;
    }
    ~GzipUnpacker() override { ::inflateEnd(&m_stream); }
    GzipUnpacker(const GzipUnpacker&) = delete;
    GzipUnpacker& operator=(const GzipUnpacker&) = delete;

    Step unpack(QByteArrayView in, char* out, qsizetype room) override
    {
        Step step;
        while (!m_isDamaged && step.made < room && (step.taken < in.size() || m_hasMore)) {
            if (m_isBetween) {
                if (in[step.taken] != '\x1f') { // zeros of a tape, or what somebody has added: gzip passes it over, too
                    step.taken = in.size();
                    m_isOver = true;
                    return step;
                }
                m_isBetween = false;
                m_isDamaged = m_isOver || ::inflateReset(&m_stream) != Z_OK;
                continue;
            }
            constexpr qsizetype most = std::numeric_limits<uInt>::max();
            const auto given = static_cast<uInt>(std::min(in.size() - step.taken, most));
            const auto space = static_cast<uInt>(std::min(room - step.made, most));
            // zlib does not write to its input.
            m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data() + step.taken));
            m_stream.avail_in = given;
            m_stream.next_out = reinterpret_cast<Bytef*>(out + step.made);
            m_stream.avail_out = space;
            const int result = ::inflate(&m_stream, Z_NO_FLUSH);
            step.taken += given - m_stream.avail_in;
            step.made += space - m_stream.avail_out;
            m_hasMore = m_stream.avail_out == 0;
            m_isBetween = result == Z_STREAM_END;
            m_hasMore = m_hasMore && !m_isBetween;
            if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
                m_isDamaged = true;
            }
        }
        step.isDamaged = m_isDamaged;
        return step;
    }
    bool isWhole() const override { return m_isBetween || m_isOver; }

private:
    z_stream m_stream {};
    bool m_isDamaged = false;
    bool m_hasMore = false; ///< the last output was full: there may be more without input
    bool m_isBetween = false; ///< a member has ended
    bool m_isOver = false;
};

/// RFC 8878: frames, one after the other.
class ZstdUnpacker final : public Unpacker {
public:
    ZstdUnpacker()
        : m_stream(::ZSTD_createDStream())
    {
        // What the format's own tool accepts without being asked: a larger window is somebody who wants our memory.
        constexpr int largestWindow = 27;
        m_isDamaged =
            !m_stream || ::ZSTD_isError(::ZSTD_DCtx_setParameter(m_stream, ZSTD_d_windowLogMax, largestWindow));
    }
    ~ZstdUnpacker() override { ::ZSTD_freeDStream(m_stream); }
    ZstdUnpacker(const ZstdUnpacker&) = delete;
    ZstdUnpacker& operator=(const ZstdUnpacker&) = delete;

    Step unpack(QByteArrayView in, char* out, qsizetype room) override
    {
        ZSTD_inBuffer from { in.data(), static_cast<std::size_t>(in.size()), 0 };
        ZSTD_outBuffer to { out, static_cast<std::size_t>(room), 0 };
        while (!m_isDamaged && to.pos < to.size && (from.pos < from.size || m_hasMore)) {
            const std::size_t result = ::ZSTD_decompressStream(m_stream, &to, &from);
            m_isDamaged = ::ZSTD_isError(result) != 0;
            m_isWhole = result == 0;
            m_hasMore = to.pos == to.size && !m_isWhole;
        }
        return { static_cast<qsizetype>(from.pos), static_cast<qsizetype>(to.pos), m_isDamaged };
    }
    bool isWhole() const override { return m_isWhole; }

private:
    ZSTD_DStream* m_stream;
    bool m_isDamaged = false;
    bool m_hasMore = false; ///< as above
    bool m_isWhole = false; ///< a frame has ended
};

struct PackedForm {
    std::string_view magic;
    Packing packing;
};
using namespace std::string_view_literals;
constexpr std::array packedForms {
    PackedForm { "\x1f\x8b"sv, { "gzip", "gzip -dc", true } },
    PackedForm { "\x28\xb5\x2f\xfd"sv, { "zstd", "zstd -dc", true } },
    PackedForm { "\xfd"
                 "7zXZ\0"sv,
        { "xz", "xz -dc", false } },
    PackedForm { "\x04\x22\x4d\x18"sv, { "lz4", "lz4 -dc", false } },
    PackedForm { "PK\x03\x04"sv, { "zip", "unzip -p", false } },
    PackedForm { "BZh"sv, { "bzip2", "bzip2 -dc", false } },
    PackedForm { "7z\xbc\xaf\x27\x1c"sv, { "7z", "7z x -so", false } },
    PackedForm { "\x1f\x9d"sv, { "compress", "gzip -dc", false } },
};

} // namespace

Packing packingOf(QByteArrayView firstBytes)
{
    for (const PackedForm& form : packedForms) {
        if (firstBytes.startsWith(QByteArrayView(form.magic.data(), static_cast<qsizetype>(form.magic.size())))) {
            return form.packing;
        }
    }
    return {};
}

std::unique_ptr<Unpacker> newUnpacker(QByteArrayView firstBytes)
{
    const Packing packing = packingOf(firstBytes);
    if (packing.isRead && packing.name == "gzip"sv) {
        return std::make_unique<GzipUnpacker>();
    }
    if (packing.isRead && packing.name == "zstd"sv) {
        return std::make_unique<ZstdUnpacker>();
    }
    return nullptr;
}

} // namespace sockeye
