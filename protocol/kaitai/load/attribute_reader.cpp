// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/load/attribute_reader.h"

#include "protocol/content/text_codec.h"
#include "protocol/kaitai/expression/parser.h"
#include "protocol/kaitai/load/own_keys.h"
#include "protocol/kaitai/load/type_reader.h"
#include "protocol/kaitai/base/words.h"

namespace sockeye::kaitai {

namespace {

/// Reads the parts of one attribute, one function for each group of keys.
class AttributeReader {
public:
    AttributeReader(const Cursor& yaml, const TypeSpec& spec, Report& report)
        : m_yaml(yaml)
        , m_spec(spec)
        , m_report(report)
    {
        m_out.place = yaml.place();
        m_out.idPlace = m_out.place;
    }

    Attribute field();
    Attribute valueInstance();
    Attribute readInstance();

private:
    void common();
    void type();
    void switchedType(const Cursor& type);
    void finish(Reading& reading);
    void extent();
    void terminator(const Cursor& yaml);
    void contents();
    void process();
    void repeat();
    void validation();
    void parent();
    void enumeration();
    PlacedExpression optional(const char* key)
    {
        return m_yaml.has(key) ? m_yaml[key].expression(m_report) : PlacedExpression();
    }

    const Cursor& m_yaml;
    const TypeSpec& m_spec;
    Report& m_report;
    Attribute m_out;
};

void AttributeReader::enumeration()
{
    if (m_yaml.has("enum")) {
        m_out.enumName = m_yaml["enum"].scalar(m_report);
        m_out.enumPlace = m_yaml["enum"].place();
    }
}

void AttributeReader::finish(Reading& reading)
{
    if (reading.kind == Reading::Kind::Bits && reading.isBoolean && !m_out.enumName.isEmpty()) {
        reading.isBoolean = false;
    }
    if (reading.kind != Reading::Kind::Text) {
        return;
    }
    const Cursor encoding = m_yaml["encoding"];
    reading.encoding = encoding.exists() ? encoding.scalar(m_report) : m_spec.encoding;
    if (reading.encoding.isEmpty()) {
        m_report.add(m_yaml.place(), tr("A string needs an encoding: give it or “meta” an “encoding”."));
    } else if (encoding.exists() && !isKnownEncoding(reading.encoding)) {
        m_report.warn(encoding.place(), tr("There is no encoding %1.").arg(quoted(reading.encoding)));
    }
}

void AttributeReader::switchedType(const Cursor& type)
{
    type.expectKeys({ "switch-on", "cases" }, m_report);
    if (!type.has("switch-on") || !type.has("cases")) {
        m_report.add(type.place(), tr("A type that depends on a value needs both “switch-on” and “cases”."));
        return;
    }
    m_out.switchOn = type["switch-on"].expression(m_report);
    const Cursor cases = type["cases"];
    if (!cases.expect(NodeKind::Map, m_report)) {
        return;
    }
    for (std::size_t i = 0; i < cases.count(); ++i) {
        if (cases.key(i).kind != NodeKind::Scalar) {
            m_report.add(cases.place(), tr("An expression was expected as the key of a case."));
            continue;
        }
        const Cursor target = cases.value(i);
        Case one;
        one.isElse = cases.keyText(i) == "_";
        if (!one.isElse) {
            one.key = Cursor(&cases.key(i), cases.file(), target.place().path).expression(m_report);
        }
        one.reading = readTypeName(target, m_spec, m_report);
        finish(one.reading);
        m_out.cases.push_back(std::move(one));
    }
}

void AttributeReader::type()
{
    const Cursor type = m_yaml["type"];
    if (type.is(NodeKind::Map)) {
        switchedType(type);
        return;
    }
    Case only;
    only.isElse = true;
    only.reading.name = "bytes";
    if (type.exists()) {
        if (!type.is(NodeKind::Scalar)) {
            m_report.add(type.place(), tr("The name of a type or a map was expected, not %1.").arg(type.found()));
            return;
        }
        only.reading = readTypeName(type, m_spec, m_report);
        finish(only.reading);
    }
    only.reading.place = type.exists() ? type.place() : m_yaml.place();
    m_out.cases.push_back(std::move(only));
}

void AttributeReader::terminator(const Cursor& yaml)
{
    constexpr qint64 largestByte = 255;
    if (yaml.is(NodeKind::List)) {
        for (std::size_t i = 0; i < yaml.count(); ++i) {
            if (const auto byte = yaml.item(i).integer(0, largestByte, m_report)) {
                m_out.extent.terminator += static_cast<char>(*byte);
            }
        }
    } else if (const auto byte = yaml.integer(0, largestByte, m_report)) {
        m_out.extent.terminator = QByteArray(1, static_cast<char>(*byte));
    }
}

void AttributeReader::extent()
{
    Extent& extent = m_out.extent;
    extent.size = optional("size");
    extent.toEnd = m_yaml["size-eos"].boolean(false, m_report);
    if (m_yaml.has("terminator")) {
        terminator(m_yaml["terminator"]);
    }
    extent.consume = m_yaml["consume"].boolean(true, m_report);
    extent.include = m_yaml["include"].boolean(false, m_report);
    extent.endIsError = m_yaml["eos-error"].boolean(true, m_report);
    if (m_yaml.has("pad-right")) {
        constexpr qint64 largestByte = 255;
        if (const auto byte = m_yaml["pad-right"].integer(0, largestByte, m_report)) {
            extent.padRight = static_cast<char>(*byte);
        }
    }
    const bool zeroTerminated = !m_out.cases.empty() && m_out.cases.front().reading.isZeroTerminated;
    if (zeroTerminated && !m_yaml.has("terminator")) {
        extent.terminator = QByteArray(encodingUnit(m_out.cases.front().reading.encoding), '\0');
    }
    const bool needsOne = m_out.switchOn.isEmpty() && !m_out.cases.empty()
        && (m_out.cases.front().reading.kind == Reading::Kind::Bytes
            || m_out.cases.front().reading.kind == Reading::Kind::Text);
    if (needsOne && !extent.isGiven() && !m_out.isContents && !m_yaml.has("terminator")) {
        m_report.add(m_yaml.place(),
            tr("It is not said how many bytes these are: give a “size”, a “terminator”, or “size-eos: true”."));
    }
    if (!extent.size.isEmpty() && extent.toEnd) {
        m_report.add(m_yaml["size-eos"].place(), tr("“size” and “size-eos” exclude each other."));
    }
}

void AttributeReader::contents()
{
    const Cursor contents = m_yaml["contents"];
    if (!contents.exists()) {
        return;
    }
    m_out.isContents = true;
    const auto take = [&](const Cursor& part, bool textAllowed) {
        const auto parsed = part.isQuoted() ? tl::unexpected(QString()) : parseExpression(part.text());
        const auto constant = parsed ? parsed->constant() : std::nullopt;
        if (constant && !textAllowed && (constant->isNegative() || constant->bits() > 0xff)) {
            m_report.add(part.place(), tr("A byte was expected, not %1.").arg(part.found()));
        } else if (constant && constant->bits() <= 0xff) {
            m_out.contents += static_cast<char>(constant->bits());
        } else {
            m_out.contents += part.scalar(m_report);
        }
    };
    if (contents.is(NodeKind::List)) {
        for (std::size_t i = 0; i < contents.count(); ++i) {
            take(contents.item(i), false);
        }
    } else if (contents.isQuoted() || contents.is(NodeKind::Scalar)) {
        m_out.contents = contents.scalar(m_report);
    } else {
        m_report.add(contents.place(), tr("A string or a list of bytes was expected, not %1.").arg(contents.found()));
    }
}

void AttributeReader::process()
{
    if (!m_yaml.has("process")) {
        return;
    }
    const Cursor process = m_yaml["process"];
    const auto call = parseCall(process.scalar(m_report));
    if (!call) {
        m_report.add(process.place(), call.error());
        return;
    }
    const bool isZlib = call->name == "zlib";
    m_out.process.kind = call->name == "xor" ? Process::Kind::Xor
        : call->name == "rol"                ? Process::Kind::RotateLeft
        : call->name == "ror"                ? Process::Kind::RotateRight
        : isZlib                             ? Process::Kind::Zlib
                                             : Process::Kind::None;
    if (m_out.process.kind == Process::Kind::None) {
        m_report.add(process.place(),
            tr("The process %1 needs code of its author's own, which cannot be run here; xor, rol, ror and zlib can.")
                .arg(quoted(call->name)));
    } else if (call->arguments.size() != (isZlib ? 0U : 1U)) {
        m_report.add(process.place(),
            isZlib ? tr("“zlib” has no argument.") : tr("%1 has one argument.").arg(quoted(call->name)));
    } else if (!isZlib) {
        m_out.process.argument = { call->arguments.front(), process.place() };
    }
}

void AttributeReader::repeat()
{
    const Cursor repeat = m_yaml["repeat"];
    const QByteArray how = repeat.text();
    if (repeat.exists()) {
        m_out.repeat = how == "eos" ? Attribute::Repeat::ToEnd
            : how == "expr"         ? Attribute::Repeat::Count
            : how == "until"        ? Attribute::Repeat::Until
                                    : Attribute::Repeat::None;
        if (m_out.repeat == Attribute::Repeat::None) {
            m_report.add(repeat.place(), tr("“eos”, “expr” or “until” was expected, not %1.").arg(repeat.found()));
        }
    }
    const auto belongs = [&](const char* key, Attribute::Repeat to, const char* name) -> PlacedExpression {
        if (m_out.repeat == to && !m_yaml.has(key)) {
            m_report.add(repeat.place(), tr("“repeat: %1” needs “repeat-%1”.").arg(QString::fromLatin1(name)));
        } else if (m_out.repeat != to && m_yaml.has(key)) {
            m_report.add(
                m_yaml[key].place(), tr("This key goes only with “repeat: %1”.").arg(QString::fromLatin1(name)));
        }
        return optional(key);
    };
    m_out.repeatCount = belongs("repeat-expr", Attribute::Repeat::Count, "expr");
    m_out.repeatUntil = belongs("repeat-until", Attribute::Repeat::Until, "until");
}

void AttributeReader::validation()
{
    const Cursor valid = m_yaml["valid"];
    if (!valid.exists()) {
        return;
    }
    Validation& out = m_out.validation;
    if (!valid.is(NodeKind::Map)) {
        out.equal = valid.expression(m_report);
        return;
    }
    valid.expectKeys({ "eq", "min", "max", "any-of", "expr", "in-enum" }, m_report);
    const auto one = [&](const char* key) {
        return valid.has(key) ? valid[key].expression(m_report) : PlacedExpression();
    };
    out.equal = one("eq");
    out.min = one("min");
    out.max = one("max");
    out.expression = one("expr");
    const Cursor anyOf = valid["any-of"];
    if (anyOf.exists() && anyOf.expect(NodeKind::List, m_report)) {
        for (std::size_t i = 0; i < anyOf.count(); ++i) {
            out.anyOf.push_back(anyOf.item(i).expression(m_report));
        }
    }
    if (valid.has("in-enum")) {
        const Cursor inEnum = valid["in-enum"];
        out.inEnum = inEnum.boolean(true, m_report);
        if (!out.inEnum) {
            m_report.add(inEnum.place(), tr("Only “true” makes sense here; leave out “valid” to allow every value."));
        } else if (m_out.enumName.isEmpty()) {
            m_report.add(inEnum.place(), tr("“in-enum” needs a field with an “enum”."));
        }
    }
}

void AttributeReader::parent()
{
    const Cursor parent = m_yaml["parent"];
    if (!parent.exists()) {
        return;
    }
    if (parent.text() == "false") {
        m_out.hasParent = false;
    } else {
        m_out.parent = parent.expression(m_report);
    }
}

void AttributeReader::common()
{
    enumeration();
    contents();
    type();
    extent();
    process();
    repeat();
    validation();
    parent();
    m_out.condition = optional("if");
    readOwnKeys(m_yaml, m_out, m_report);
}

Attribute AttributeReader::field()
{
    m_out.role = Attribute::Role::Sequence;
    m_yaml.expectKeys({ "id", "doc", "doc-ref", "contents", "type", "repeat", "repeat-expr", "repeat-until", "if",
                          "size", "size-eos", "terminator", "consume", "include", "eos-error", "pad-right", "encoding",
                          "enum", "process", "parent", "valid" },
        m_report);
    m_out.isNamed = m_yaml.has("id");
    if (m_out.isNamed) {
        m_out.id = m_yaml["id"].scalar(m_report);
        m_out.idPlace = m_yaml["id"].place();
    }
    common();
    return std::move(m_out);
}

Attribute AttributeReader::valueInstance()
{
    m_out.role = Attribute::Role::ValueInstance;
    m_yaml.expectKeys({ "value", "if", "enum", "doc", "doc-ref", "valid" }, m_report);
    m_out.value = m_yaml["value"].expression(m_report);
    enumeration();
    validation();
    m_out.condition = optional("if");
    readOwnKeys(m_yaml, m_out, m_report);
    return std::move(m_out);
}

Attribute AttributeReader::readInstance()
{
    m_out.role = Attribute::Role::ReadInstance;
    m_yaml.expectKeys({ "pos", "io", "doc", "doc-ref", "contents", "type", "repeat", "repeat-expr", "repeat-until",
                          "if", "size", "size-eos", "terminator", "consume", "include", "eos-error", "pad-right",
                          "encoding", "enum", "process", "parent", "valid" },
        m_report);
    m_out.position = optional("pos");
    m_out.stream = optional("io");
    common();
    return std::move(m_out);
}

} // namespace

Attribute readAttribute(const Cursor& yaml, const TypeSpec& spec, const QByteArray& instanceId, Report& report)
{
    if (!yaml.expect(NodeKind::Map, report)) {
        Attribute nothing;
        nothing.place = yaml.place();
        nothing.idPlace = nothing.place;
        nothing.isNamed = false;
        nothing.id = instanceId;
        return nothing;
    }
    AttributeReader reader(yaml, spec, report);
    if (instanceId.isEmpty()) {
        return reader.field();
    }
    Attribute instance = yaml.has("value") ? reader.valueInstance() : reader.readInstance();
    instance.id = instanceId;
    return instance;
}

} // namespace sockeye::kaitai
