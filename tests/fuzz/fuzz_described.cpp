// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzz_target.h"
#include "protocol/framing/framing.h"
#include "protocol/kaitai/tree_text.h"
#include "protocol/protocols/described/described_protocol.h"
#include "shipped_descriptions.h"
#include "tree_checks.h"

#include <QByteArrayView>

#include <cstdio>

// Data under a description that comes along. The first byte chooses it, the second says how many of the bytes behind it
// are sizes of pieces. As one message it gives a tree, and is made again of it if it is right; as a stream it is cut
// the same in whatever pieces it comes.

using namespace sockeye;
using namespace sockeye::kaitai;

namespace {

struct Cut {
    Frames frames;
    std::optional<Error> error;
};

Cut cut(const Protocol& protocol, QByteArrayView stream, QByteArrayView sizes)
{
    const auto framing = protocol.newFraming({});
    Cut out;
    qsizetype next = 0;
    for (qsizetype at = 0; at < stream.size(); ++next) {
        const qsizetype wanted = sizes.isEmpty() ? stream.size() : 1 + static_cast<uchar>(sizes[next % sizes.size()]);
        // A copy, so that reading beyond it is seen.
        const QByteArray piece = stream.sliced(at, std::min(wanted, stream.size() - at)).toByteArray();
        framing->feed(piece, out.frames);
        at += piece.size();
    }
    framing->finish(out.frames);
    out.error = framing->error();
    return out;
}

void checkMessage(const Description& description, Sender sender, const QByteArray& message)
{
    const Tree tree = description.decode(message, {}, sender);
    checkTree(tree, message.size());
    require(!tree.isComplete || !tree.items.front().isPartial, "complete and partial");
    // Instances, which only the tree has, may reach a limit.
    require(!tree.faults.empty() || !description.faultOf(message, {}, sender), "right and wrong at once");
    (void)toText(tree);
    const QByteArray json = toJson(tree);
    if (tree.faults.empty() && tree.size == message.size() && keepsBytes(json)) {
        const auto built = description.build(json, {}, sender);
        require(built.has_value(), "a right message cannot be built");
        require(*built == message, "it is built to other bytes");
    }
}

void checkStream(const Protocol& protocol, QByteArrayView stream, QByteArrayView sizes)
{
    const Cut whole = cut(protocol, stream, {});
    const Cut pieces = cut(protocol, stream, sizes);
    require(whole.frames.size() == pieces.frames.size(), "the frames depend on the pieces");
    qint64 end = 0;
    for (std::size_t i = 0; i < whole.frames.size(); ++i) {
        require(whole.frames[i].size == pieces.frames[i].size, "a frame depends on the pieces");
        require(whole.frames[i].offset == end && whole.frames[i].size > 0, "frames out of order");
        end = whole.frames[i].end();
    }
    if (whole.error != pieces.error) {
        for (const auto& error : { whole.error, pieces.error }) {
            std::fprintf(stderr, "%s\n", error ? qPrintable(describe(*error)) : "no error");
        }
        require(false, "the error depends on the pieces");
    }
    require(end <= stream.size() && (whole.error || end == stream.size()), "bytes in no frame and no error");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2) {
        return 0;
    }
    const auto& description = chosenDescription(data[0]);
    const Sender sender = chosenSender(data[0]);
    const QByteArrayView input(data + 1, static_cast<qsizetype>(size) - 1);
    const qsizetype sizesCount = std::min<qsizetype>(static_cast<uchar>(input[0]) % 16, input.size() - 1);
    const QByteArrayView stream = input.sliced(1 + sizesCount);
    checkMessage(*description, sender, stream.toByteArray());
    if (!description->cuttingProblem(sender)) {
        const DescribedProtocol protocol(QStringLiteral("x"), description);
        checkStream(protocol.spokenBy(sender), stream, input.sliced(1, sizesCount));
    }
    return 0;
}
