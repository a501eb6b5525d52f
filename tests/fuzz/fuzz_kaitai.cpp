// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzz_target.h"
#include "protocol/kaitai/cutter.h"
#include "protocol/kaitai/tree_text.h"
#include "tree_checks.h"

// A description and a message: the text up to the first zero byte, and what follows it.

using namespace sockeye;
using namespace sockeye::kaitai;

namespace {

/// Small ones, so that many inputs are tried.
Limits fuzzLimits()
{
    Limits limits;
    limits.maxFields = 5'000;
    limits.maxFieldsByBytes = 0;
    limits.maxSteps = 50'000;
    limits.maxStepsByBytes = 0;
    limits.maxDerived = 1'000'000;
    return limits;
}

CutResult cutIn(const std::shared_ptr<const Description>& description, QByteArrayView bytes, qsizetype first)
{
    Cutter cutter(description, fuzzLimits());
    const QByteArray copy = bytes.first(first).toByteArray();
    const CutResult early = cutter.feed(copy);
    require(early.kind != CutResult::Kind::Message || (early.size > 0 && early.size <= first),
        "a message that is not there");
    require(early.kind != CutResult::Kind::Need || early.size > first, "it asks for what is there");
    return early.kind == CutResult::Kind::Need ? cutter.feed(bytes) : early;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArrayView input(data, static_cast<qsizetype>(size));
    const qsizetype end = input.indexOf('\0');
    const QByteArray text = input.first(end < 0 ? input.size() : end).toByteArray();
    const QByteArrayView message = end < 0 ? QByteArrayView() : input.sliced(end + 1);
    const auto importer = [&](const QString& name, const QString&) -> std::optional<Source> {
        return name == QLatin1StringView("self") ? std::optional(Source { name, text }) : std::nullopt;
    };
    const auto loaded = load({ {}, text }, importer);
    if (!loaded) {
        require(!loaded.error().isEmpty() && !loaded.error().front().text.isEmpty(), "refused without a word");
        return 0;
    }
    const Description& description = **loaded;
    (void)description.cuttingProblem();
    (void)description.selfTest();
    const Tree tree = description.decode(message, fuzzLimits());
    checkTree(tree, message.size());
    require(!tree.isComplete || !tree.items.front().isPartial, "complete and partial");
    (void)toText(tree);
    (void)description.build(toJson(tree), fuzzLimits());
    (void)description.build(message, fuzzLimits());
    const CutResult whole = cutIn(*loaded, message, message.size());
    const qsizetype half = message.size() / 2;
    const CutResult pieces = cutIn(*loaded, message, half);
    // A limit may be reached in one way and not in the other: what was begun is not counted twice.
    if (whole.kind == CutResult::Kind::Message && pieces.kind == CutResult::Kind::Message) {
        require(whole.size == pieces.size, "pieces give another message");
    }
    return 0;
}
