// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/described/described_editor.h"

#include "protocol/json/json_writer.h"
#include "protocol/kaitai/values_by_path.h"
#include "protocol/protocols/described/described_framing.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

using kaitai::TreeItem;

/// What follows from the rest of the message.
bool isComputed(const ShapeField* field)
{
    if (field == nullptr || field->isComputed) {
        return field != nullptr;
    }
    const bool isAnswer = field->kind == ShapeField::Kind::Integer || field->kind == ShapeField::Kind::Boolean;
    return isAnswer && field->isReferred && field->names.empty();
}

/// A length, as far as anybody knows: one that others refer to and that is no choice among names.
bool mayBeLength(const ShapeField& field)
{
    return field.kind == ShapeField::Kind::Integer && field.names.empty() && (field.isLength || field.isReferred);
}

bool isInUtf8(const ShapeField& field)
{
    const QByteArray encoding = field.encoding.toUpper();
    return encoding.isEmpty() || encoding == "UTF-8" || encoding == "UTF8" || encoding == "ASCII"
        || encoding == "US-ASCII";
}

bool isBelow(const QByteArray& path, const QByteArray& above)
{
    return path.startsWith(above)
        && (path.size() == above.size() || path[above.size()] == '.' || path[above.size()] == '[');
}

} // namespace

DescribedEditor::DescribedEditor(const DescribedProtocol& protocol, QByteArrayView message, const Limits& limits)
    : MessageEditor(message)
    , m_protocol(protocol)
    , m_limits(limits)
    , m_tree(protocol.decode(message, limits, false))
    , m_shape(protocol.shape().value_or(MessageShape()))
{
    findFields();
}

void DescribedEditor::findFields()
{
    m_fields.assign(m_tree.items.size(), nullptr);
    m_types.assign(m_tree.items.size(), -1);
    if (m_tree.items.empty() || m_shape.types.empty()) {
        return;
    }
    m_types[0] = 0;
    for (std::size_t i = 1; i < m_tree.items.size(); ++i) {
        const TreeItem& item = m_tree.items[i];
        const auto parent = static_cast<std::size_t>(std::max(item.parent, 0));
        if (m_tree.items[parent].kind == TreeItem::Kind::Array) {
            m_fields[i] = m_fields[parent];
        } else if (m_types[parent] >= 0) {
            const auto& fields = m_shape.types[static_cast<std::size_t>(m_types[parent])].fields;
            const auto found = std::ranges::find(fields, item.id(), &ShapeField::id);
            m_fields[i] = found != fields.end() ? &*found : nullptr;
        }
        if (item.kind == TreeItem::Kind::Struct && m_fields[i] != nullptr) {
            m_types[i] = typeOf(*m_fields[i], item.typeName());
        }
    }
}

int DescribedEditor::typeOf(const ShapeField& field, const QByteArray& typeName) const
{
    if (field.kind == ShapeField::Kind::Struct) {
        return field.type;
    }
    const auto found = std::ranges::find_if(field.cases, [&](const ShapeField::Case& each) {
        return each.type >= 0 && m_shape.types[static_cast<std::size_t>(each.type)].name == typeName;
    });
    return found != field.cases.end() ? found->type : -1;
}

Altered DescribedEditor::withContent(QByteArrayView) const
{
    return lacks("content");
}

Altered DescribedEditor::checked(const QByteArray& changed) const
{
    return m_protocol.m_description->withChecksums(message(), changed, describedLimits(m_limits), m_protocol.m_sender);
}

/// The first that says how many bytes something has, else the first that something depends on.
std::size_t DescribedEditor::lengthItem() const
{
    std::size_t other = 0;
    for (std::size_t i = 1; i < m_tree.items.size(); ++i) {
        const TreeItem& item = m_tree.items[i];
        const bool isNumber = item.role == TreeItem::Role::Field && item.kind == TreeItem::Kind::Integer;
        if (!isNumber || m_fields[i] == nullptr || !mayBeLength(*m_fields[i])) {
            continue;
        }
        if (m_fields[i]->isLength) {
            return i;
        }
        other = other == 0 ? i : other;
    }
    return other;
}

Altered DescribedEditor::withLength(qint64 by) const
{
    const std::size_t at = lengthItem();
    if (at == 0) {
        return lacksLength();
    }
    const TreeItem& item = m_tree.items[at];
    const qint64 length = static_cast<qint64>(item.integer) + by;
    const QList<MessagePart> parts = m_protocol.parts(message(), m_limits);
    const auto part = std::ranges::find_if(
        parts, [&item](const MessagePart& each) { return each.offset == item.offset && each.code != 0; });
    if (part == parts.end()) { // of bits
        return withField(m_tree.pathOf(static_cast<int>(at)), QString::number(length));
    }
    constexpr int bitsPerByte = 8;
    const qint64 bits = part->size * bitsPerByte - (m_fields[at]->isSigned ? 1 : 0);
    if (length < 0 || (bits < 63 && length >> bits != 0)) {
        return noRoom(length);
    }
    QByteArray number;
    for (qint64 i = 0; i < part->size; ++i) {
        const auto byte = static_cast<char>(length >> (bitsPerByte * i));
        part->isLittle ? number.append(byte) : number.prepend(byte);
    }
    return checked(spliced(part->offset, part->size, number));
}

Altered DescribedEditor::withBrokenText(quint64 drawn) const
{
    std::vector<qint64> places;
    for (std::size_t i = 1; i < m_tree.items.size(); ++i) {
        const TreeItem& item = m_tree.items[i];
        const bool isText = item.role == TreeItem::Role::Field && item.kind == TreeItem::Kind::Text
            && !item.text.isEmpty() && item.offset >= 0 && item.size > 0;
        if (isText && m_fields[i] != nullptr && isInUtf8(*m_fields[i]) && !m_fields[i]->isComputed) {
            places.push_back(item.offset);
        }
    }
    return places.empty() ? lacksText() : checked(spliced(places[drawn % places.size()], 1, "\xff"));
}

/// Checksums, too: as of a program that has the other order for all of it.
Altered DescribedEditor::withSwappedOrder() const
{
    QByteArray out = message().toByteArray();
    bool hasAny = false;
    const QList<MessagePart> parts = m_protocol.parts(message(), m_limits);
    for (const MessagePart& part : parts) {
        if (part.code != 0 && part.size > 1) {
            std::reverse(out.begin() + part.offset, out.begin() + part.offset + part.size);
            hasAny = true;
        }
    }
    return hasAny ? Altered(out) : MessageEditor::withSwappedOrder();
}

tl::expected<QByteArray, kaitai::TreeFault> DescribedEditor::built(const Values& values) const
{
    auto json = kaitai::valuesByPath(m_shape, values);
    if (!json) {
        return tl::unexpected(kaitai::TreeFault { json.error(), {}, -1 });
    }
    if (!m_tree.unshown.empty() && json->endsWith('}')) {
        QByteArray unshown;
        json::Writer writer(unshown);
        writer.beginObject();
        for (const auto& [path, bytes] : m_tree.unshown) {
            writer.key(path).string(QByteArrayView(bytes.toHex()));
        }
        writer.endObject();
        json->chop(1);
        *json += QByteArray(json->size() > 1 ? "," : "") + "\"-unshown\":" + unshown + '}';
    }
    return m_protocol.m_description->build(*json, describedLimits(m_limits), m_protocol.m_sender);
}

/// Of what is given, and as little as possible of what computes itself.
Altered DescribedEditor::rebuilt(const Values& own, const Values& computed) const
{
    Values values = own;
    for (qsizetype time = 0; time <= computed.size(); ++time) {
        const auto bytes = built(values);
        if (bytes) {
            return *bytes;
        }
        const auto missing = std::ranges::find_if(
            computed, [&](const auto& each) { return each.first == bytes.error().path && !values.contains(each); });
        constexpr qsizetype mostTimes = 16;
        if (missing == computed.end() || time == mostTimes) {
            return tl::unexpected(kaitai::describe(bytes.error()));
        }
        values.append(*missing);
    }
    return lacks({});
}

Altered DescribedEditor::withField(const QByteArray& path, const std::optional<QString>& value) const
{
    if (!m_tree.faults.empty() || m_tree.size != message().size()) {
        return tl::unexpected(QCoreApplication::translate("sockeye::DescribedEditor",
            "This message is not as the description has it: its fields can be neither set nor left out."));
    }
    Values own;
    Values computed;
    Values all;
    bool isThere = false;
    for (std::size_t i = 1; i < m_tree.items.size(); ++i) {
        const TreeItem& item = m_tree.items[i];
        if (item.role != TreeItem::Role::Field || item.kind == TreeItem::Kind::Struct
            || item.kind == TreeItem::Kind::Array) {
            continue;
        }
        std::pair<QByteArray, QString> each { m_tree.pathOf(static_cast<int>(i)), QString::fromUtf8(scalarText(item)) };
        all.append(each);
        if (isBelow(each.first, path)) {
            isThere = true;
        } else {
            (isComputed(m_fields[i]) ? computed : own).append(each);
        }
    }
    if (!value && !isThere) {
        return lacks(path);
    }
    const Altered before = rebuilt(all, {});
    if (!before || *before != message()) {
        return tl::unexpected(QCoreApplication::translate("sockeye::DescribedEditor",
            "This message cannot be made of its fields again, so that none of them can be set or left out."));
    }
    if (value) {
        own.append({ path, *value });
    }
    Altered out = rebuilt(own, computed);
    return out && *out == message() && !value ? lacks(path) : out;
}

std::unique_ptr<MessageEditor> DescribedProtocol::newEditor(
    const Frame& frame, QByteArrayView message, const Limits& limits) const
{
    Q_UNUSED(frame)
    return std::make_unique<DescribedEditor>(*this, message, limits);
}

Alterations DescribedProtocol::alterations() const
{
    Alterations out { Alteration::Kind::MissingKey, Alteration::Kind::Set };
    const MessageShape shape = m_description->shape(m_sender);
    for (const ShapeType& type : shape.types) {
        for (const ShapeField& field : type.fields) {
            const bool isSent = !field.isInstance;
            constexpr int bitsPerByte = 8;
            out.setFlag(Alteration::Kind::WrongLength,
                out.testFlag(Alteration::Kind::WrongLength) || (isSent && mayBeLength(field)));
            out.setFlag(Alteration::Kind::BrokenUtf8,
                out.testFlag(Alteration::Kind::BrokenUtf8)
                    || (isSent && field.kind == ShapeField::Kind::Text && isInUtf8(field)));
            out.setFlag(Alteration::Kind::SwapByteOrder,
                out.testFlag(Alteration::Kind::SwapByteOrder)
                    || (isSent && (field.kind == ShapeField::Kind::Integer || field.kind == ShapeField::Kind::Float)
                        && field.bits > bitsPerByte));
        }
    }
    return out;
}

} // namespace sockeye
