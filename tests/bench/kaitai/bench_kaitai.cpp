// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/framing/framing.h"
#include "protocol/kaitai/cutter.h"
#include "protocol/kaitai/tree_text.h"
#include "protocol/protocols/described/described_protocol.h"

#include <QFile>
#include <QtEndian>

#include <benchmark/benchmark.h>

#include <bit>

// A record of 24 bytes and eight fields under a description, beside the same written by hand.

using namespace sockeye;
using namespace sockeye::kaitai;

namespace {

const QByteArray& record()
{
    static const QByteArray bytes = QByteArray::fromHex("0102 0003 00000004 0000018bcfe56800 81 07 fff0 40490fdb");
    return bytes;
}

std::shared_ptr<const Description> loaded(const QString& name)
{
    QFile file(QStringLiteral(SOCKEYE_BENCH_DESCRIPTIONS "/") + name);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    const auto found = load({ file.fileName(), isOpen ? file.readAll() : QByteArray() });
    return found ? *found : nullptr;
}

const std::shared_ptr<const Description>& description()
{
    static const auto loadedOnce = loaded(QStringLiteral("record.ksy"));
    return loadedOnce;
}

/// What real protocols have: a magic number, an enum, a length, a switch, bits, text, an array, an instance.
const Description& frameDescription()
{
    static const auto loadedOnce = loaded(QStringLiteral("frame.ksy"));
    return *loadedOnce;
}

const QByteArray& frame()
{
    static const QByteArray bytes = QByteArray::fromHex("4652 01 0010 85 70756d702d3100 03 0001 fffe 0003 00");
    return bytes;
}

struct Record {
    quint16 station = 0;
    quint16 kind = 0;
    quint32 number = 0;
    quint64 time = 0;
    quint8 flags = 0;
    quint8 channel = 0;
    qint16 level = 0;
    float value = 0;
};

/// The least that it can cost.
void byHand(benchmark::State& state)
{
    const QByteArray& bytes = record();
    for (auto _ : state) {
        benchmark::DoNotOptimize(bytes.constData());
        Record out;
        if (bytes.size() >= 24) {
            const char* const at = bytes.constData();
            out = { qFromBigEndian<quint16>(at), qFromBigEndian<quint16>(at + 2), qFromBigEndian<quint32>(at + 4),
                qFromBigEndian<quint64>(at + 8), static_cast<quint8>(at[16]), static_cast<quint8>(at[17]),
                qFromBigEndian<qint16>(at + 18), std::bit_cast<float>(qFromBigEndian<quint32>(at + 20)) };
        }
        benchmark::DoNotOptimize(out);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(byHand);

/// Whether it is right. Of numbers that may be any, only their length can be wrong.
void withoutTree(benchmark::State& state)
{
    const Description& described = *description();
    for (auto _ : state) {
        benchmark::DoNotOptimize(described.faultOf(record()).has_value());
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(withoutTree);

void withTree(benchmark::State& state)
{
    const Description& described = *description();
    for (auto _ : state) {
        const Tree tree = described.decode(record());
        benchmark::DoNotOptimize(tree.items.size());
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(withTree);

void frameWithoutTree(benchmark::State& state)
{
    const Description& described = frameDescription();
    for (auto _ : state) {
        benchmark::DoNotOptimize(described.faultOf(frame()).has_value());
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(frameWithoutTree);

void frameWithTree(benchmark::State& state)
{
    const Description& described = frameDescription();
    for (auto _ : state) {
        const Tree tree = described.decode(frame());
        benchmark::DoNotOptimize(tree.items.size());
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(frameWithTree);

/// A message of the stream of a connection.
void cut(benchmark::State& state)
{
    const DescribedProtocol protocol(QStringLiteral("record"), description());
    const auto framing = protocol.newFraming({});
    Frames frames;
    for (auto _ : state) {
        frames.clear();
        framing->feed(record(), frames);
        benchmark::DoNotOptimize(frames.size());
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(cut);

void toJsonText(benchmark::State& state)
{
    const Description& described = *description();
    for (auto _ : state) {
        benchmark::DoNotOptimize(toJson(described.decode(record())));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(toJsonText);

void built(benchmark::State& state)
{
    const Description& described = *description();
    const QByteArray json = toJson(described.decode(record()));
    for (auto _ : state) {
        benchmark::DoNotOptimize(described.build(json).has_value());
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(built);

} // namespace

BENCHMARK_MAIN();
