// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "filter_row.h"

#include "protocol/filter/json_fields.h"
#include "protocol/filter/tree_fields.h"

#include <list>

namespace sockeye {

namespace {

using filter::FieldInfo;
using filter::Type;
using filter::Unit;
using filter::Value;

FieldInfo field(const char* name, Type type, Unit unit = Unit::None)
{
    return { QString::fromLatin1(name), type, FieldInfo::Kind::Value, unit };
}

FieldInfo choice(const char* name, const QStringList& values)
{
    return { QString::fromLatin1(name), Type::Text, FieldInfo::Kind::Value, Unit::None, values };
}

FieldInfo flag(const char* name)
{
    return { QString::fromLatin1(name), Type::Boolean, FieldInfo::Kind::Flag };
}

FieldInfo tree(const char* name)
{
    return { QString::fromLatin1(name), Type::Any, FieldInfo::Kind::Tree };
}

/// One struct with a field of each kind that only typed fields have.
kaitai::Tree exampleTree()
{
    using Kind = kaitai::TreeItem::Kind;
    kaitai::Tree tree;
    const auto labels = std::make_shared<std::list<kaitai::TreeLabel>>();
    tree.labels = labels;
    const auto add = [&tree, &labels](Kind kind, const char* id, int end) -> kaitai::TreeItem& {
        kaitai::TreeItem item;
        item.kind = kind;
        item.field = &labels->emplace_back(kaitai::TreeLabel { id, {} });
        item.end = end;
        tree.items.push_back(item);
        return tree.items.back();
    };
    add(Kind::Struct, "", 10);
    kaitai::TreeItem& function = add(Kind::Integer, "function", 2);
    function.integer = 16;
    function.text = "write_registers";
    add(Kind::Bytes, "data", 3).text = QByteArrayView("\xff\x00\x12", 3);
    add(Kind::Array, "registers", 6);
    add(Kind::Integer, "registers", 5).integer = 7;
    add(Kind::Integer, "registers", 6).integer = 9;
    kaitai::TreeItem& offset = add(Kind::Integer, "delta", 7);
    offset.integer = static_cast<quint64>(-5);
    offset.isNegative = true;
    add(Kind::Float, "level", 8).setNumber(0.25);
    add(Kind::Text, "label", 9).text = "pump";
    add(Kind::Integer, "size", 10).integer = 5;
    return tree;
}

} // namespace

const filter::Schema& testSchema()
{
    static const filter::Schema schema = [] {
        filter::Schema all;
        all.fields = { field("conn", Type::Number), choice("dir", { QStringLiteral("in"), QStringLiteral("out") }),
            field("time", Type::Time), field("size", Type::Number, Unit::Bytes),
            field("offset", Type::Number, Unit::Bytes),
            choice("kind", { QStringLiteral("message"), QStringLiteral("error"), QStringLiteral("note") }),
            field("number", Type::Number), field("peer", Type::Address), field("peer.port", Type::Number),
            field("local", Type::Address), field("local.port", Type::Number),
            choice("transport", { QStringLiteral("tcp"), QStringLiteral("udp") }), field("endpoint", Type::Text),
            field("bytes", Type::Bytes), field("content", Type::Bytes), field("text", Type::Text),
            field("reads", Type::Number), field("writes", Type::Number), flag("glued"), field("latency", Type::Time),
            field("gap", Type::Time), field("error", Type::Text), field("fault", Type::Text), field("rule", Type::Text),
            flag("marked"), field("note", Type::Text), flag("tls"), tree("header"), tree("json"), tree("fields") };
        all.messageFields = static_cast<int>(all.fields.size()) - 1;
        all.messageNames = { QStringLiteral("function"), QStringLiteral("data"), QStringLiteral("registers"),
            QStringLiteral("delta"), QStringLiteral("level"), QStringLiteral("label"), QStringLiteral("size") };
        all.hasSelection = true;
        return all;
    }();
    return schema;
}

FilterRow& FilterRow::set(const char* name, Value value)
{
    const int field = testSchema().indexOf(QString::fromLatin1(name));
    if (!value.view.isNull()) {
        m_bytes[field] = value.view.toByteArray();
        value.view = m_bytes[field];
    }
    m_values[field] = value;
    return *this;
}

FilterRow& FilterRow::setJson(const char* name, const QByteArray& json)
{
    const int field = testSchema().indexOf(QString::fromLatin1(name));
    m_bytes[field] = json;
    m_fields[field] = std::make_shared<filter::JsonFields>(m_bytes[field]);
    return *this;
}

FilterRow& FilterRow::setFields(const char* name, std::unique_ptr<filter::Fields> fields)
{
    m_fields[testSchema().indexOf(QString::fromLatin1(name))] = std::move(fields);
    return *this;
}

Value FilterRow::value(int field) const
{
    return m_values.value(field);
}

const filter::Fields* FilterRow::fields(int field) const
{
    return m_fields.value(field).get();
}

const FilterRow& exampleRow()
{
    static const FilterRow& row = []() -> FilterRow& {
        static FilterRow made;
        made.set("conn", Value::number(3))
            .set("dir", Value::text("in"))
            .set("time", Value::time(1'500'000'000))
            .set("size", Value::number(146))
            .set("offset", Value::number(1000))
            .set("kind", Value::text("message"))
            .set("number", Value::number(7))
            .set("peer", Value::address(QByteArrayView("\x7f\0\0\1", 4)))
            .set("peer.port", Value::number(40112))
            .set("local", Value::address(QByteArrayView("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16)))
            .set("local.port", Value::number(65432))
            .set("transport", Value::text("tcp"))
            .set("bytes", Value::bytes(QByteArrayView("\0\x67{\"byteorder\": \xff", 17)))
            .set("content", Value::bytes("The rabbit\r\n"))
            .set("text", Value::text("The rabbit, 追 again"))
            .set("reads", Value::number(2))
            .set("glued", Value::boolean(true))
            .set("marked", Value::boolean(false))
            .set("latency", Value::time(60'000'000))
            .set("error", Value::text("missing-header"))
            .setJson("header", R"({"content-type": "text/json", "content-length": 41, "2nd": "x", "in": 1})")
            .setJson("json", R"({"result": "The \"Rabbit\"", "ok": false, "nothing": null, "big": 18446744073709551615,
                "ratio": -0.5, "host": "10.1.2.3", "twice": 1, "twice": 2, "deep": {"a b": {"c": [[1, 2], [3], []]}},
                "items": [{"id": 1, "name": "a"}, {"id": 2}, {"id": 3, "name": "ccc"}], "none": [], "seconds": 0.05,
                "mixed": [1, "one", null, true, {"id": 5}]})")
            .setFields("fields", std::make_unique<filter::TreeFields>(exampleTree()));
        return made;
    }();
    return row;
}

} // namespace sockeye
