// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzz_target.h"
#include "protocol/filter/json_fields.h"
#include "protocol/protocols/registry.h"
#include "protocol/rules/rule_set.h"

#include <QList>

#include <array>

// A file of rules, up to a byte 0, and the JSON of a message behind it. A text is rules or has mistakes with their
// places; the same message always comes to the same, and what is made of it is bounded.

using namespace sockeye;

namespace {

filter::Schema fuzzSchema()
{
    using filter::FieldInfo;
    using filter::Type;
    filter::Schema schema;
    schema.fields = {
        { QStringLiteral("size"), Type::Number, FieldInfo::Kind::Value, filter::Unit::Bytes },
        { QStringLiteral("text"), Type::Text },
        { QStringLiteral("bytes"), Type::Bytes },
        { QStringLiteral("dir"), Type::Text, FieldInfo::Kind::Value, filter::Unit::None,
            { QStringLiteral("in"), QStringLiteral("out") } },
        { QStringLiteral("json"), Type::Any, FieldInfo::Kind::Tree },
    };
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
            return filter::Value::text(m_bytes);
        case 2:
            return filter::Value::bytes(m_bytes);
        case 3:
            return filter::Value::text("in");
        default:
            return {};
        }
    }
    [[nodiscard]] const filter::Fields* fields(int) const override { return &m_json; }

private:
    QByteArrayView m_bytes;
    filter::JsonFields m_json;
};

rules::Surroundings around(const char* protocol)
{
    rules::Surroundings out;
    out.schema = fuzzSchema();
    out.protocol = ownProtocolFromName(QString::fromLatin1(protocol));
    out.checkFault = [](const QString& spec) { return spec.isEmpty() ? QStringLiteral("No fault.") : QString(); };
    out.readFile = [](const QString& name) -> tl::expected<QByteArray, QString> { return name.toUtf8(); };
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const std::array protocols { around("app"), around("lines"), around("resp"), around("length:size=2") };
    const QByteArrayView input(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const qsizetype end = input.indexOf('\0');
    const QString text = QString::fromUtf8(end < 0 ? input : input.first(end));
    const FuzzRow row(end < 0 ? QByteArrayView() : input.sliced(end + 1));
    const rules::Surroundings& where = protocols.at(size % protocols.size());

    const auto read = rules::RuleSet::read(text, where);
    for (const rules::Mistake& mistake : read ? read->warnings() : read.error()) {
        require(mistake.at >= 0 && mistake.length >= 0 && mistake.at + mistake.length <= text.size(),
            "a mistake out of place");
        require(!mistake.text.isEmpty(), "a mistake without words");
        require(!describe(mistake, text).contains(u'\n'), "a mistake in several lines");
    }
    if (!read) {
        require(!read.error().isEmpty(), "wrong without a mistake");
        return 0;
    }
    filter::Run run;
    const rules::Verdict verdict = read->decide(row, run, Sender::Client);
    require(verdict.rule < static_cast<int>(read->rules().size()), "a rule that is not there");
    require((verdict.rule < 0) == verdict.title.isEmpty(), "a rule without a title");
    require(!verdict.reply || verdict.reply->size() <= 4 * rules::maxMade, "a reply beyond its bound");
    const rules::Verdict again = read->decide(row, run, Sender::Client);
    require(again.rule == verdict.rule && again.reply == verdict.reply, "the same message comes to something else");
    return 0;
}
