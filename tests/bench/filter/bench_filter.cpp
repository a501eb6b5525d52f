// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/filter.h"
#include "protocol/filter/json_fields.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <vector>

using namespace sockeye;

namespace {

enum Field : int { Size, Dir, Bytes, Json };

struct Record {
    qint64 size = 0;
    bool isIn = false;
    QByteArray bytes;
};

const std::vector<Record>& records()
{
    static const std::vector<Record> all = [] {
        std::vector<Record> made(10'000);
        for (std::size_t i = 0; i < made.size(); ++i) {
            Record& record = made[i];
            record.bytes = "{\"action\": \"search\", \"value\": \"somebody\", \"id\": " + QByteArray::number(i)
                + ", \"items\": [{\"id\": 1}, {\"id\": 2}, {\"id\": 3}]}" + QByteArray(i % 100 == 0 ? "rabbit" : "");
            record.size = static_cast<qint64>(i * 7919 % 300);
            record.isIn = i % 2 == 0;
        }
        return made;
    }();
    return all;
}

class RecordRow final : public filter::Row {
public:
    explicit RecordRow(const Record& record)
        : m_record(record)
        , m_json(record.bytes)
    {
    }
    [[nodiscard]] filter::Value value(int field) const override
    {
        return field == Size ? filter::Value::number(m_record.size)
            : field == Bytes ? filter::Value::bytes(m_record.bytes)
                             : filter::Value::text(m_record.isIn ? QByteArrayView("in") : QByteArrayView("out"));
    }
    [[nodiscard]] const filter::Fields* fields(int) const override { return &m_json; }

private:
    const Record& m_record;
    filter::JsonFields m_json;
};

filter::Filter compiled(const char* text)
{
    filter::Schema schema;
    schema.fields = { { QStringLiteral("size"), filter::Type::Number }, { QStringLiteral("dir"), filter::Type::Text },
        { QStringLiteral("bytes"), filter::Type::Bytes },
        { QStringLiteral("json"), filter::Type::Any, filter::FieldInfo::Kind::Tree } };
    const auto filter = filter::Filter::compile(QString::fromUtf8(text), schema);
    if (!filter) {
        std::abort();
    }
    return *filter;
}

void overRows(benchmark::State& state, const char* text)
{
    const filter::Filter filter = compiled(text);
    filter::Run run;
    for (auto _ : state) {
        int matching = 0;
        for (const Record& record : records()) {
            matching += filter.matches(RecordRow(record), run) ? 1 : 0;
        }
        benchmark::DoNotOptimize(matching);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<qint64>(records().size()));
}
BENCHMARK_CAPTURE(overRows, sizeAndDirection, "size > 100 && dir == in");
BENCHMARK_CAPTURE(overRows, bytesContain, "bytes contains \"rabbit\"");
BENCHMARK_CAPTURE(overRows, bytesMatch, "bytes ~ r\"rab+it\"");
BENCHMARK_CAPTURE(overRows, jsonPath, "json.id > 5000");
BENCHMARK_CAPTURE(overRows, jsonEach, "all(json.items[*].id) > 0");

/// The same as sizeAndDirection and bytesContain, written by hand: the yardsticks.
void sizeAndDirectionByHand(benchmark::State& state)
{
    for (auto _ : state) {
        int matching = 0;
        for (const Record& record : records()) {
            matching += record.size > 100 && record.isIn ? 1 : 0;
            benchmark::ClobberMemory();
        }
        benchmark::DoNotOptimize(matching);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<qint64>(records().size()));
}
BENCHMARK(sizeAndDirectionByHand);

void bytesContainByHand(benchmark::State& state)
{
    for (auto _ : state) {
        int matching = 0;
        for (const Record& record : records()) {
            matching += record.bytes.contains("rabbit") ? 1 : 0;
        }
        benchmark::DoNotOptimize(matching);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<qint64>(records().size()));
}
BENCHMARK(bytesContainByHand);

void compileFilter(benchmark::State& state)
{
    for (auto _ : state) {
        benchmark::DoNotOptimize(compiled("size > 100 && dir == in || json.items[*].id in {1..10}").isEmpty());
    }
}
BENCHMARK(compileFilter);

} // namespace

BENCHMARK_MAIN();
