// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/check/names.h"
#include "protocol/kaitai/description.h"
#include "protocol/kaitai/encode/encoder.h"

namespace sockeye::kaitai {

namespace {

bool isSameValue(const Value& a, const Value& b)
{
    if (a.data.index() != b.data.index()) {
        return false;
    }
    if (a.as<Integer>() != nullptr) {
        return *a.as<Integer>() == *b.as<Integer>();
    }
    if (a.as<bool>() != nullptr) {
        return *a.as<bool>() == *b.as<bool>();
    }
    if (a.as<TextValue>() != nullptr) {
        return a.as<TextValue>()->utf8 == b.as<TextValue>()->utf8;
    }
    if (a.as<BytesValue>() != nullptr) {
        return a.as<BytesValue>()->bytes == b.as<BytesValue>()->bytes;
    }
    return a.as<double>() != nullptr && *a.as<double>() == *b.as<double>();
}

bool isSettled(const SolvedValues& before, const SolvedValues& after)
{
    if (before.size() != after.size()) {
        return false;
    }
    for (auto value = after.begin(); value != after.end(); ++value) {
        const auto other = before.find(value.key());
        if (other == before.end() || !isSameValue(*other, *value)) {
            return false;
        }
    }
    return true;
}

QHash<QByteArray, QByteArray> unshownIn(const JsonValue& json)
{
    QHash<QByteArray, QByteArray> out;
    if (const JsonValue* unshown = json.find("-unshown")) {
        for (std::size_t i = 0; i < unshown->keys.size(); ++i) {
            out.insert(unshown->keys[i], QByteArray::fromHex(unshown->items[i].text));
        }
    }
    return out;
}

/// Values that were taken from the run that found them must outlive it.
SolvedValues ownCopy(const SolvedValues& values, const Heap& heap)
{
    SolvedValues out = values;
    for (Value& value : out) {
        if (value.as<RangeValue>() != nullptr) {
            value.data = BytesValue { heap.bytesOf(value).toByteArray() };
        }
    }
    return out;
}

} // namespace

tl::expected<QByteArray, TreeFault> Description::build(QByteArrayView json, const Limits& limits, Sender sender) const
{
    const auto values = readJson(json);
    if (!values) {
        return tl::unexpected(TreeFault { values.error(), {}, -1 });
    }
    // Each time more is known: the lengths, then what is computed from them, then the checksums over that.
    constexpr int mostTimes = 10;
    const QHash<QByteArray, QByteArray> unshown = unshownIn(*values);
    SolvedValues known;
    for (int time = 0; time < mostTimes; ++time) {
        Run run({}, limits);
        constexpr qint64 textPerByte = 8; // at least, as JSON has it
        run.expectBytes(json.size() / textPerByte);
        Encoder encoder(run, known, unshown);
        if (!encoder.write(root(sender), *values) || !encoder.finish()) {
            return tl::unexpected(TreeFault { run.halt.text, run.halt.path, -1 });
        }
        SolvedValues found = ownCopy(encoder.solved(), run.heap);
        if (isSettled(known, found)) {
            const QByteArray missing = encoder.missing();
            if (!missing.isEmpty()) {
                return tl::unexpected(TreeFault { tr("It must be given: nothing else tells it."), missing, -1 });
            }
            return encoder.bytes();
        }
        known = std::move(found);
    }
    return tl::unexpected(TreeFault { tr("The values depend on each other and do not settle."), {}, -1 });
}

} // namespace sockeye::kaitai
