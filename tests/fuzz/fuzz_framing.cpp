// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzz_target.h"
#include "protocol/framing/framing.h"
#include "protocol/framing/receive_buffer.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"

#include <QByteArrayView>

// The same stream in one piece and in pieces that the input chooses: same frames, same error, same progress. The first
// byte says how many of the bytes after it are sizes of pieces.

using namespace sockeye;

namespace {

struct Outcome {
    Frames frames;
    std::optional<Error> error;
    Progress progress;
};

Outcome decode(const ProtocolPtr& kind, QByteArrayView stream, QByteArrayView sizes)
{
    Limits limits;
    limits.maxLine = 40;
    const auto framing = kind->newFraming(limits);
    ReceiveBuffer buffer;
    Outcome outcome;
    qsizetype next = 0;
    size_t checked = 0;
    for (qsizetype at = 0; at < stream.size();) {
        const qsizetype wanted = sizes.isEmpty() ? stream.size() : 1 + static_cast<uchar>(sizes[next % sizes.size()]);
        const QByteArrayView piece = stream.sliced(at, qMin(wanted, stream.size() - at));
        buffer.append(piece);
        framing->feed(piece, outcome.frames);
        at += piece.size();
        ++next;
        for (; checked < outcome.frames.size(); ++checked) {
            const Frame& frame = outcome.frames[checked];
            require(buffer.view(frame.offset, frame.size) == stream.sliced(frame.offset, frame.size), "buffer");
            buffer.discardBefore(frame.end());
        }
    }
    outcome.progress = framing->progress();
    framing->finish(outcome.frames);
    outcome.error = framing->error();
    return outcome;
}

bool sameFrames(const Frames& a, const Frames& b)
{
    if (a.size() != b.size()) {
        return false;
    }
    for (size_t i = 0; i < a.size(); ++i) {
        const Header* const one = headerOf(a[i]);
        const Header* const other = headerOf(b[i]);
        const bool sameHeader = one != nullptr && other != nullptr ? *one == *other : one == other;
        if (a[i].offset != b[i].offset || a[i].size != b[i].size || a[i].contentOffset != b[i].contentOffset
            || !sameHeader) {
            return false;
        }
    }
    return true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArrayView input(data, static_cast<qsizetype>(size));
    if (input.isEmpty()) {
        return 0;
    }
    const qsizetype sizesCount = qMin<qsizetype>(static_cast<uchar>(input[0]) % 16, input.size() - 1);
    const QByteArrayView sizes = input.sliced(1, sizesCount);
    const QByteArrayView stream = input.sliced(1 + sizesCount);
    for (const ProtocolPtr& kind : { appProtocol(), linesProtocol() }) {
        const Outcome whole = decode(kind, stream, {});
        const Outcome pieces = decode(kind, stream, sizes);
        require(sameFrames(whole.frames, pieces.frames), "the frames depend on the pieces");
        require(whole.error == pieces.error, "the error depends on the pieces");
        require(whole.progress == pieces.progress, "the progress depends on the pieces");
        qint64 end = 0;
        for (const Frame& frame : whole.frames) {
            require(frame.offset == end && frame.size > 0 && frame.contentOffset <= frame.size, "frames out of order");
            end = frame.end();
        }
        require(end <= stream.size(), "a frame beyond the end");
        if (whole.error) {
            require(whole.error->offset >= end && whole.error->offset <= stream.size(), "an error out of place");
            require(!wireText(*whole.error).isEmpty(), "an error without text");
        } else {
            require(end == stream.size(), "bytes in no frame and no error");
        }
    }
    return 0;
}
