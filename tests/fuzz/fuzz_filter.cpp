// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzz_target.h"
#include "protocol/filter/completion.h"
#include "protocol/filter/filter.h"
#include "protocol/filter/json_fields.h"

#include <QList>

// The first line is a filter, what follows are the bytes, the text and the JSON of a row. A text is a filter or has a
// mistake with its place; a filter and its negation never agree, and parentheses around it change nothing.

using namespace sockeye;

namespace {

filter::Schema fuzzSchema()
{
    using filter::FieldInfo;
    using filter::Type;
    filter::Schema schema;
    schema.fields = {
        { QStringLiteral("size"), Type::Number, FieldInfo::Kind::Value, filter::Unit::Bytes },
        { QStringLiteral("time"), Type::Time },
        { QStringLiteral("text"), Type::Text },
        { QStringLiteral("bytes"), Type::Bytes },
        { QStringLiteral("peer"), Type::Address },
        { QStringLiteral("peer.port"), Type::Number },
        { QStringLiteral("dir"), Type::Text, FieldInfo::Kind::Value, filter::Unit::None,
            { QStringLiteral("in"), QStringLiteral("out") } },
        { QStringLiteral("glued"), Type::Boolean, FieldInfo::Kind::Flag },
        { QStringLiteral("json"), Type::Any, FieldInfo::Kind::Tree },
        { QString(), Type::Any, FieldInfo::Kind::Tree },
    };
    schema.messageFields = static_cast<int>(schema.fields.size()) - 1;
    schema.hasSelection = true;
    return schema;
}

class FuzzRow final : public filter::Row {
public:
    explicit FuzzRow(QByteArrayView bytes)
        : m_bytes(bytes)
        , m_json(bytes)
    {
    }
    [[nodiscard]] filter::Value value(int field) const override
    {
        switch (field) {
        case 0:
            return filter::Value::number(m_bytes.size());
        case 1:
            return filter::Value::time(m_bytes.size() * 1'000'000);
        case 2:
            return filter::Value::text(m_bytes);
        case 3:
            return filter::Value::bytes(m_bytes);
        case 4:
            return m_bytes.size() < 4 ? filter::Value() : filter::Value::address(m_bytes.first(4));
        case 6:
            return filter::Value::text("in");
        case 7:
            return filter::Value::boolean(m_bytes.size() % 2 == 0);
        default:
            return {};
        }
    }
    [[nodiscard]] const filter::Fields* fields(int) const override { return &m_json; }

private:
    QByteArrayView m_bytes;
    filter::JsonFields m_json;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const filter::Schema schema = fuzzSchema();
    const QByteArrayView input(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const qsizetype end = input.indexOf('\n');
    const QString text = QString::fromUtf8(end < 0 ? input : input.first(end));
    const FuzzRow row(end < 0 ? QByteArrayView() : input.sliced(end + 1));

    const filter::Completion completion = filter::complete(text, text.size() / 2, schema);
    require(completion.at >= 0 && completion.at + completion.length <= text.size(), "a completion out of place");
    const auto compiled = filter::Filter::compile(text, schema);
    if (!compiled) {
        const filter::Mistake& mistake = compiled.error();
        require(mistake.at >= 0 && mistake.length >= 0 && mistake.at + mistake.length <= text.size(),
            "a mistake out of place");
        require(!mistake.text.isEmpty(), "a mistake without words");
        require(withCaret(mistake, text).count(u'\n') == 1, "a caret that is not under its line");
        return 0;
    }
    filter::Run run;
    const bool matches = compiled->matches(row, run, &row);
    const bool gaveUp = run.gaveUp();
    require(compiled->matches(row, run, &row) == matches, "the same row does not match again");
    if (compiled->isEmpty() || gaveUp) {
        return 0;
    }
    const auto same = filter::Filter::compile(QString(u'(' + text + u')'), schema);
    const auto opposite = filter::Filter::compile(QString(u"!(" + text + u')'), schema);
    if (same && opposite) { // unless that is too long or too deep
        require(same->matches(row, run, &row) == matches, "parentheses change what a filter says");
        require(opposite->matches(row, run, &row) != matches, "a filter and its negation agree");
    }
    return 0;
}
