// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/load/type_reader.h"

#include "protocol/kaitai/expression/parser.h"
#include "protocol/kaitai/base/words.h"

#include <cctype>

namespace sockeye::kaitai {

namespace {

/// Takes "le" or "be" off the end.
std::optional<Reading::Order> orderSuffix(QByteArray& name)
{
    if (name.endsWith("le") || name.endsWith("be")) {
        const bool little = name.endsWith("le");
        name.chop(2);
        return little ? Reading::Order::Little : Reading::Order::Big;
    }
    return std::nullopt;
}

bool isAllDigits(QByteArrayView text)
{
    return !text.isEmpty() && text.size() < 4
        && std::all_of(text.begin(), text.end(), [](char c) { return std::isdigit(static_cast<uchar>(c)) != 0; });
}

/// A number of one, two, four or eight bytes, or some bits. False if the name is none of them.
bool readNumber(QByteArray name, const TypeSpec& spec, const Cursor& yaml, Reading& out, Report& report)
{
    const QByteArray whole = name;
    const std::optional<Reading::Order> order = orderSuffix(name);
    if (name.size() < 2 || !isAllDigits(QByteArrayView(name).sliced(1))) {
        return false;
    }
    const int size = QByteArrayView(name).sliced(1).toInt();
    const char letter = name[0];
    if (letter == 'b' && size >= 1) {
        constexpr int most = 64;
        if (size > most) {
            report.add(yaml.place(), tr("A field has at most 64 bits, not %1.").arg(size));
        }
        out.kind = Reading::Kind::Bits;
        out.size = static_cast<quint8>(qMin(size, most));
        out.isBoolean = size == 1;
        out.order = order.value_or(spec.bitsLittle ? Reading::Order::Little : Reading::Order::Big);
        return true;
    }
    const bool isInteger = (letter == 'u' || letter == 's') && (size == 1 || size == 2 || size == 4 || size == 8);
    const bool isFloat = letter == 'f' && (size == 4 || size == 8);
    if ((!isInteger && !isFloat) || (order && size == 1)) {
        return false;
    }
    out.kind = isFloat ? Reading::Kind::Float : Reading::Kind::Integer;
    out.size = static_cast<quint8>(size);
    out.isSigned = letter == 's';
    if (order) {
        out.order = *order;
    } else if (spec.order.kind == ByteOrderRule::Kind::Switch) {
        out.order = Reading::Order::Inherited;
    } else {
        out.order = spec.order.kind == ByteOrderRule::Kind::Little ? Reading::Order::Little : Reading::Order::Big;
        if (size > 1 && spec.order.kind == ByteOrderRule::Kind::None) {
            report.add(yaml.place(),
                tr("%1 needs a byte order: write %2 or %3, or give “meta” an “endian”.")
                    .arg(quoted(whole), QString::fromUtf8(whole + "le"), QString::fromUtf8(whole + "be")));
        }
    }
    return true;
}

} // namespace

Reading readTypeName(const Cursor& yaml, const TypeSpec& spec, Report& report)
{
    Reading out;
    out.place = yaml.place();
    const QByteArray text = yaml.scalar(report);
    out.name = text;
    if (text.isEmpty() || readNumber(text, spec, yaml, out, report)) {
        return out;
    }
    if (text == "str" || text == "strz") {
        out.kind = Reading::Kind::Text;
        out.isZeroTerminated = text == "strz";
        return out;
    }
    out.kind = Reading::Kind::Struct;
    auto call = parseCall(text);
    if (!call) {
        report.add(out.place, call.error());
        return out;
    }
    if (call->isArray || call->name.contains('.')) {
        report.add(out.place, tr("The name of a type was expected, not %1.").arg(quoted(text)));
        return out;
    }
    out.typeName = call->name;
    for (Expression& argument : call->arguments) {
        out.arguments.push_back({ std::move(argument), out.place });
    }
    return out;
}

Attribute readParameter(const Cursor& yaml, Report& report)
{
    Attribute out;
    out.role = Attribute::Role::Parameter;
    out.place = yaml.place();
    out.idPlace = yaml["id"].place();
    if (!yaml.expect(NodeKind::Map, report)) {
        return out;
    }
    yaml.expectKeys({ "id", "type", "enum", "doc", "doc-ref" }, report);
    out.id = yaml["id"].scalar(report);
    if (yaml.has("enum")) {
        out.enumName = yaml["enum"].scalar(report);
        out.enumPlace = yaml["enum"].place();
    }
    const Cursor type = yaml["type"];
    Case only;
    only.isElse = true;
    only.reading.place = type.exists() ? type.place() : out.place;
    only.reading.typeName = type.exists() ? type.scalar(report) : QByteArray("bytes");
    out.cases.push_back(std::move(only));
    return out;
}

} // namespace sockeye::kaitai
