// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzz_target.h"
#include "protocol/annotation/annotation_builder.h"
#include "protocol/framing/framing.h"
#include "protocol/protocols/registry.h"

#include <QByteArrayView>

#include <array>

// A stream under one of the built-in protocols: the first byte chooses it, the second says how many of the bytes behind
// it are sizes of pieces. Frames, error and progress do not depend on the pieces, and whatever may be asked of a frame
// is answered.

using namespace sockeye;

namespace {

const ProtocolPtr& chosenProtocol(std::uint8_t choice)
{
    static const auto all = [] {
        constexpr std::array names { "delimited:end=0d0a", "delimited:end=616162", "length:size=2",
            "length:size=varint", "length:size=4,order=little,offset=1,adjust=-5", "fixed:size=3", "jsonl", "json",
            "http", "resp", "slip", "cobs" };
        std::vector<ProtocolPtr> out;
        for (const char* const name : names) {
            const auto protocol = protocolFromName(QString::fromLatin1(name));
            require(protocol.has_value(), name);
            out.push_back(*protocol);
        }
        return out;
    }();
    return all[choice % all.size()];
}

struct Outcome {
    Frames frames;
    std::optional<Error> error;
    Progress progress;
};

Outcome cut(const Protocol& protocol, QByteArrayView stream, QByteArrayView sizes)
{
    Limits limits;
    limits.maxContent = 3'000;
    const auto framing = protocol.newFraming(limits);
    Outcome out;
    qsizetype next = 0;
    for (qsizetype at = 0; at < stream.size(); ++next) {
        const qsizetype wanted = sizes.isEmpty() ? stream.size() : 1 + static_cast<uchar>(sizes[next % sizes.size()]);
        // A copy, so that reading beyond it is seen.
        const QByteArray piece = stream.sliced(at, std::min(wanted, stream.size() - at)).toByteArray();
        framing->feed(piece, out.frames);
        at += piece.size();
    }
    out.progress = framing->progress();
    framing->finish(out.frames);
    out.error = framing->error();
    return out;
}

/// What views and printers ask of a message.
void ask(const Protocol& protocol, const Frame& frame, const QByteArray& bytes)
{
    (void)protocol.saying(frame, bytes, 100);
    (void)protocol.decoded(frame, bytes, {});
    const QByteArray content = bytes.mid(frame.contentOffset);
    const auto checked = protocol.check(frame, content, {});
    require(checked.has_value() || !describe(checked.error()).isEmpty(), "wrong without a word");
    AnnotationBuilder builder(bytes, 5'000);
    protocol.annotate(builder, {});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2) {
        return 0;
    }
    const Protocol& protocol = *chosenProtocol(data[0]);
    const QByteArrayView input(data + 1, static_cast<qsizetype>(size) - 1);
    const qsizetype sizesCount = std::min<qsizetype>(static_cast<uchar>(input[0]) % 16, input.size() - 1);
    const QByteArrayView stream = input.sliced(1 + sizesCount);
    const Outcome whole = cut(protocol, stream, {});
    const Outcome pieces = cut(protocol, stream, input.sliced(1, sizesCount));
    require(whole.frames.size() == pieces.frames.size(), "the frames depend on the pieces");
    require(whole.error == pieces.error, "the error depends on the pieces");
    require(whole.progress == pieces.progress, "the progress depends on the pieces");
    qint64 end = 0;
    for (std::size_t i = 0; i < whole.frames.size(); ++i) {
        const Frame& frame = whole.frames[i];
        require(frame.offset == pieces.frames[i].offset && frame.size == pieces.frames[i].size
                && frame.contentOffset == pieces.frames[i].contentOffset,
            "a frame depends on the pieces");
        require(frame.offset >= end && frame.size > 0 && frame.contentOffset <= frame.size, "frames out of order");
        end = frame.end();
        require(end <= stream.size(), "a frame beyond the end");
        constexpr std::size_t asked = 30;
        if (i < asked) {
            ask(protocol, frame, stream.sliced(frame.offset, frame.size).toByteArray());
        }
    }
    if (whole.error) { // without one, spaces may be left that belong to no message
        require(whole.error->offset >= 0 && whole.error->offset <= stream.size(), "an error out of place");
        require(!describe(*whole.error).isEmpty(), "an error without text");
    }
    return 0;
}
