// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/dissect/lua_program.h"

#include "protocol/content/crc.h"
#include "protocol/kaitai/base/words.h"
#include "protocol/text/lua_text.h"

#include <algorithm>
#include <limits>

namespace sockeye::kaitai {

namespace {

constexpr int narrowBits = 32; // numbers of more bits are userdata in Wireshark's Lua
constexpr quint64 lowWord = 0xffffffff;

bool isNarrow(const EnumSpec& names)
{
    return std::all_of(names.order.cbegin(), names.order.cend(), [](const auto& each) {
        return !each.second.isNegative() && each.second.bits() <= std::numeric_limits<quint32>::max();
    });
}

const EnumSpec* namesOf(const Attribute& what)
{
    return what.enumeration != nullptr      ? what.enumeration
        : what.type.kind == TypeKind::Array ? what.type.element->enumeration
                                            : what.type.enumeration;
}

} // namespace

LuaProgram::LuaProgram(const Program& program, const TypeSpec& root, QByteArray proto, LuaGaps& gaps)
    : m_program(program)
    , m_root(root)
    , m_proto(std::move(proto))
    , m_gaps(gaps)
{
}

QByteArray LuaProgram::write()
{
    const auto eachType = [this](const std::function<void(const TypeSpec&)>& visit) {
        for (const auto& module : m_program.modules) {
            forEachType(*module, [&visit](TypeSpec& type) { visit(type); });
        }
    };
    m_out = "\nlocal T = {}\n";
    eachType([this](const TypeSpec& each) {
        const QByteArray name = luaText(luaTypeName(each));
        m_out += "T[" + name + "] = { name = " + name + ", top = " + luaText(each.top->name)
            + ", first = " + QByteArray::number(each.parameterCount + 1)
            + ", last = " + QByteArray::number(each.fieldEnd) + ", n = {}, a = {} }\n";
    });
    eachType([this](const TypeSpec& each) { type(each); });
    return m_out;
}

void LuaProgram::type(const TypeSpec& type)
{
    m_out += "\ndo\n    local t = T[" + luaText(luaTypeName(type)) + "]\n";
    if (!type.summary.isEmpty()) {
        m_out += "    t.summary = function(o) return " + of(type.summary) + " end\n";
    }
    for (int slot = 0; slot < type.slotCount(); ++slot) {
        attribute(type, slot);
    }
    m_out += "end\n";
}

QByteArray LuaProgram::of(const PlacedExpression& expression)
{
    return luaExpression(expression.expression, m_gaps);
}

void LuaProgram::function(const char* key, const PlacedExpression& expression, const char* parameters)
{
    if (!expression.isEmpty()) {
        m_out += QByteArray("        ") + key + " = function(" + parameters + ") return " + of(expression) + " end,\n";
    }
}

QByteArray LuaProgram::abbreviation(const TypeSpec& type, const Attribute& what) const
{
    const QByteArray path = luaTypeName(type);
    const qsizetype dot = path.indexOf('.');
    // The name of the file that a type stands in says nothing to who filters.
    const QByteArray inner = &type == &m_root ? QByteArray() : dot < 0 ? path : path.sliced(dot + 1);
    return m_proto + '.' + (inner.isEmpty() ? QByteArray() : QByteArray(inner + '.')) + what.id;
}

/// What kind of field of Wireshark it takes; how described.lua calls it.
QByteArray LuaProgram::category(const Reading& reading)
{
    switch (reading.kind) {
    case Reading::Kind::Integer:
        return reading.size > narrowBits / 8 ? (reading.isSigned ? "wide_signed" : "wide")
            : reading.isSigned               ? "signed"
                                             : "int";
    case Reading::Kind::Bits:
        return reading.isBoolean ? "bool" : reading.size > narrowBits ? "wide" : "int";
    case Reading::Kind::Float:
        return "float";
    case Reading::Kind::Text:
        return luaDecoder(reading.encoding).isEmpty() ? "bytes" : "str";
    case Reading::Kind::Struct:
        return "struct";
    case Reading::Kind::Bytes:
        break;
    }
    return "bytes";
}

/// A field for each category of its values; the first has the plain name.
void LuaProgram::fields(const TypeSpec& type, const Attribute& what)
{
    QList<QByteArray> categories;
    QByteArray kind;
    if (what.role == Attribute::Role::ValueInstance) {
        const EnumSpec* names = namesOf(what);
        switch (what.type.kind) {
        case TypeKind::Float:
            categories = { "float" };
            break;
        case TypeKind::Boolean:
            categories = { "bool" };
            break;
        case TypeKind::Text:
            categories = { "str" };
            break;
        case TypeKind::Bytes:
            categories = { kind = "bytes" };
            break;
        case TypeKind::Enumeration:
            categories = { names != nullptr && isNarrow(*names) ? QByteArray("int") : QByteArray(kind = "wide") };
            break;
        case TypeKind::Integer:
            kind = "wide";
            categories = { "wide_signed" };
            break;
        default:
            break;
        }
    } else {
        for (const Case& each : what.cases) {
            const QByteArray one = what.isContents ? QByteArray("bytes") : category(each.reading);
            if (!categories.contains(one)) {
                categories.append(one);
            }
        }
        if ((what.cases.empty() || (!what.switchOn.isEmpty() && what.extent.isGiven()))
            && !categories.contains("bytes")) {
            categories.append("bytes");
        }
        kind = categories.contains("bytes") ? "bytes" : "";
    }
    m_out += "        fields = { ";
    QByteArray first;
    for (const QByteArray& one : std::as_const(categories)) {
        const QByteArray full = abbreviation(type, what) + (first.isEmpty() ? QByteArray() : QByteArray('_' + one));
        const EnumSpec* names = namesOf(what);
        QByteArray maker = "none";
        QByteArray rest;
        if (one == "int" || one == "signed") {
            maker = one == "int" ? "uint32" : "int32";
            rest = names != nullptr ? QByteArray(", base.DEC, " + luaNames(*names)) : QByteArray();
        } else if (one == "wide" || one == "wide_signed") {
            maker = one == "wide" && kind != "wide" ? "uint64" : "int64";
        } else if (one == "float") {
            maker = "double";
        } else if (one == "bool" || one == "bytes") {
            maker = one;
        } else if (one == "str") {
            maker = "string";
        }
        m_out += one + " = field(\"" + maker + "\", " + luaText(full) + ", " + luaText(what.id) + rest + "), ";
        first = first.isEmpty() ? one : first;
    }
    // What has no reading of its own: computed values, bytes that no case takes.
    const QByteArray plain = kind == "bytes" && categories.size() > 1 ? QByteArray("bytes") : first;
    m_out += (kind.isEmpty() ? QByteArray() : QByteArray("kind = \"" + kind + "\", "))
        + (plain.isEmpty() ? QByteArray() : QByteArray("plain = \"" + plain + "\" ")) + "},\n";
}

void LuaProgram::reading(const Attribute& what, const Reading& reading)
{
    const QByteArray shown = category(reading);
    const bool isLittle = reading.order == Reading::Order::Little;
    if (reading.order == Reading::Order::Inherited
        && (reading.kind == Reading::Kind::Integer || reading.kind == Reading::Kind::Float)) {
        m_gaps.add(tr("The byte order of %1 depends on a value: it is read as big-endian.").arg(quoted(what.id)));
    }
    m_out += "{ f = \"" + shown + "\", k = ";
    switch (reading.kind) {
    case Reading::Kind::Integer:
        m_out += "\"int\", n = " + QByteArray::number(reading.size) + (reading.isSigned ? ", signed = true" : "");
        break;
    case Reading::Kind::Float:
        m_out += "\"float\", n = " + QByteArray::number(reading.size);
        break;
    case Reading::Kind::Bits:
        m_out += "\"bits\", n = " + QByteArray::number(reading.size) + (reading.isBoolean ? ", bool = true" : "");
        break;
    case Reading::Kind::Text:
        m_out += shown == "bytes" ? QByteArray("\"bytes\"")
                                  : QByteArray("\"str\", enc = " + luaText(luaDecoder(reading.encoding)));
        if (luaDecoder(reading.encoding).isEmpty()) {
            m_gaps.add(tr("Texts in %1 are shown as bytes.").arg(QString::fromUtf8(reading.encoding)));
        }
        break;
    case Reading::Kind::Struct:
        if (shown == "struct" && reading.spec != nullptr) {
            m_out += "\"struct\", t = T[" + luaText(luaTypeName(*reading.spec)) + ']';
            QByteArray arguments;
            for (const PlacedExpression& argument : reading.arguments) {
                arguments += "function(o, ix) return " + of(argument) + " end, ";
            }
            m_out += arguments.isEmpty() ? QByteArray() : QByteArray(", args = { " + arguments + '}');
        } else {
            m_out += "\"bytes\"";
        }
        break;
    case Reading::Kind::Bytes:
        m_out += "\"bytes\"";
        break;
    }
    if (shown.startsWith("wide")) {
        m_out += ", wide = true";
        if (what.isReferred) {
            m_gaps.add(tr("%1 has up to 64 bits: where it is used in expressions, numbers beyond 2⁵³ are rounded.")
                           .arg(quoted(what.id)));
        }
    }
    m_out += QByteArray(isLittle ? ", le = true" : ", le = false") + " }";
}

void LuaProgram::extent(const Attribute& what)
{
    if (what.isContents) {
        m_out += "        contents = " + luaText(what.contents) + ",\n";
    }
    function("size", what.extent.size);
    if (what.extent.toEnd) {
        m_out += "        eos = true,\n";
    }
    if (!what.extent.terminator.isEmpty()) {
        m_out += "        term = " + luaText(what.extent.terminator) + ", include = "
            + (what.extent.include ? "true" : "false") + ", consume = " + (what.extent.consume ? "true" : "false")
            + ", end_is_error = " + (what.extent.endIsError ? "true" : "false") + ",\n";
    }
    if (what.extent.padRight) {
        m_out += "        pad = " + luaText(QByteArray(1, *what.extent.padRight)) + ",\n";
    }
    switch (what.process.kind) {
    case Process::Kind::Xor:
        m_out += "        undo = xor_bytes,\n";
        break;
    case Process::Kind::RotateLeft:
        m_out += "        undo = rotated_right,\n";
        break;
    case Process::Kind::RotateRight:
        m_out += "        undo = rotated_left,\n";
        break;
    case Process::Kind::Zlib:
        m_out += "        undo = inflated,\n";
        break;
    case Process::Kind::None:
        break;
    }
    function("undo_with", what.process.argument);
}

void LuaProgram::validation(const Attribute& what)
{
    const Validation& valid = what.validation;
    if (!valid.isGiven()) {
        return;
    }
    m_out += "        valid = function(o, ix, it)\n";
    const auto test = [this](const QByteArray& wrong, const QString& expected) {
        m_out += "            if " + wrong + " then return " + luaText(expected.toUtf8()) + " end\n";
    };
    const auto text = [](const PlacedExpression& e) { return QString::fromUtf8(e.expression.text); };
    if (!valid.equal.isEmpty()) {
        test("it ~= " + of(valid.equal), tr("%1 was expected.").arg(text(valid.equal)));
    }
    if (!valid.min.isEmpty()) {
        test("order_of(it, " + of(valid.min) + ") < 0", tr("At least %1 was expected.").arg(text(valid.min)));
    }
    if (!valid.max.isEmpty()) {
        test("order_of(it, " + of(valid.max) + ") > 0", tr("At most %1 was expected.").arg(text(valid.max)));
    }
    if (!valid.anyOf.empty()) {
        QByteArray none;
        QStringList allowed;
        for (const PlacedExpression& one : valid.anyOf) {
            none += (none.isEmpty() ? "it ~= " : " and it ~= ") + of(one);
            allowed.append(text(one));
        }
        test(none, tr("One of %1 was expected.").arg(allowed.join(QStringLiteral(", "))));
    }
    if (valid.inEnum && what.enumeration != nullptr) {
        test('(' + luaNames(*what.enumeration) + ")[it] == nil",
            tr("A value of the enum %1 was expected.").arg(quoted(what.enumeration->name)));
    }
    if (!valid.expression.isEmpty()) {
        test("not " + of(valid.expression), tr("A value for which %1 holds was expected.").arg(text(valid.expression)));
    }
    m_out += "        end,\n";
}

void LuaProgram::checksum(const Attribute& what, int slot)
{
    const ChecksumRule& rule = what.checksum;
    if (rule.algorithm == nullptr) {
        return;
    }
    const QByteArray name(checksumName(*rule.algorithm).data());
    const auto rows = crcCatalogue();
    const auto row = std::find_if(rows.begin(), rows.end(), [&name](const auto& each) { return each.name == name; });
    QByteArray of = "SUMS[" + luaText(name) + ']';
    if (row != rows.end()) {
        const bool isWide = row->width > narrowBits;
        const bool isOfBits = std::any_of(what.cases.begin(), what.cases.end(),
            [](const Case& one) { return one.reading.kind == Reading::Kind::Bits; });
        if (isWide && isOfBits) {
            m_gaps.add(tr("The checksum %1 is of 64 bits that need not be whole bytes: it is shown and not checked.")
                           .arg(quoted(what.id)));
            return;
        }
        const auto flag = [](bool isSet) { return isSet ? QByteArray(", true") : QByteArray(", false"); };
        const auto hex = [isWide](quint64 number) {
            const auto word = [](quint64 bits) { return QByteArray("0x" + QByteArray::number(bits, 16)); };
            return isWide ? QByteArray("{ " + word(number >> narrowBits) + ", " + word(number & lowWord) + " }")
                          : word(number);
        };
        of = (isWide ? QByteArray("SUMS.crc_64(") : QByteArray("SUMS.crc(" + QByteArray::number(row->width) + ", "))
            + hex(row->polynomial) + ", " + hex(row->initial) + flag(row->reflectedIn) + flag(row->reflectedOut) + ", "
            + hex(row->finalXor) + ')';
    }
    const auto place = [](int number) { return QByteArray::number(number + 1); };
    m_out += "        sum = { name = " + luaText(name) + ", size = " + QByteArray::number(checksumSize(*rule.algorithm))
        + ", at = " + place(slot) + ", from = " + place(rule.fromSlot) + ", to = " + place(rule.toSlot) + ", of = " + of
        + " },\n";
    m_hasChecksums = true;
}

void LuaProgram::attribute(const TypeSpec& type, int slot)
{
    const Attribute& what = type.at(slot);
    const QByteArray index = QByteArray::number(slot + 1);
    m_out += "    t.n[" + luaText(what.id) + "] = " + index + "\n    t.a[" + index
        + "] = {\n        id = " + luaText(what.id) + ",\n";
    const bool isComputed = what.role == Attribute::Role::ValueInstance;
    if (what.role == Attribute::Role::Parameter) {
        m_out += "        hidden = true,\n    }\n";
        return;
    }
    fields(type, what);
    function("cond", what.condition);
    if (isComputed) {
        m_out += "        inst = \"value\",\n";
        function("value", what.value);
        const bool isShown = what.type.kind != TypeKind::Struct && what.type.kind != TypeKind::Array
            && what.type.kind != TypeKind::Stream && what.type.kind != TypeKind::Any;
        if (!isShown) {
            m_out += "        hidden = true,\n"; // stands elsewhere already
        }
        m_out += "    }\n";
        return;
    }
    if (what.role == Attribute::Role::ReadInstance) {
        m_out += "        inst = \"read\",\n";
        function("pos", what.position);
        function("io", what.stream);
    }
    if (!what.switchOn.isEmpty()) {
        function("switch", what.switchOn);
        m_out += "        cases = { ";
        const Case* other = nullptr;
        for (const Case& one : what.cases) {
            if (one.isElse) {
                other = &one;
                continue;
            }
            m_out += "\n            { key = function(o, ix) return " + of(one.key) + " end, r = ";
            reading(what, one.reading);
            m_out += " }, ";
        }
        m_out += "},\n";
        if (other != nullptr) {
            m_out += "        other = ";
            reading(what, other->reading);
            m_out += ",\n";
        }
    } else if (!what.cases.empty() && !what.isContents) {
        m_out += "        r = ";
        reading(what, what.cases.front().reading);
        m_out += ",\n";
    }
    extent(what);
    switch (what.repeat) {
    case Attribute::Repeat::ToEnd:
        m_out += "        rep = \"eos\",\n";
        break;
    case Attribute::Repeat::Count:
        m_out += "        rep = \"count\",\n";
        function("count", what.repeatCount);
        break;
    case Attribute::Repeat::Until:
        m_out += "        rep = \"until\",\n";
        function("until_is", what.repeatUntil, "o, ix, it");
        break;
    case Attribute::Repeat::None:
        break;
    }
    if (!what.hasParent) {
        m_out += "        orphan = true,\n";
    }
    function("parent", what.parent);
    validation(what);
    function("own", what.ownValue, "o");
    checksum(what, slot);
    m_out += "    }\n";
}

} // namespace sockeye::kaitai
