// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/check/names.h"
#include "protocol/kaitai/description.h"

#include <QHash>

namespace sockeye::kaitai {

namespace {

ShapeField::Kind kindOf(const Reading& reading)
{
    switch (reading.kind) {
    case Reading::Kind::Integer:
        return ShapeField::Kind::Integer;
    case Reading::Kind::Float:
        return ShapeField::Kind::Float;
    case Reading::Kind::Bits:
        return reading.isBoolean ? ShapeField::Kind::Boolean : ShapeField::Kind::Integer;
    case Reading::Kind::Bytes:
        return ShapeField::Kind::Bytes;
    case Reading::Kind::Text:
        return ShapeField::Kind::Text;
    case Reading::Kind::Struct:
        return ShapeField::Kind::Struct;
    }
    return ShapeField::Kind::Unknown;
}

ShapeField::Kind kindOf(const Type& type)
{
    switch (type.kind) {
    case Type::Kind::Integer:
    case Type::Kind::Enumeration:
        return ShapeField::Kind::Integer;
    case Type::Kind::Float:
        return ShapeField::Kind::Float;
    case Type::Kind::Boolean:
        return ShapeField::Kind::Boolean;
    case Type::Kind::Text:
        return ShapeField::Kind::Text;
    case Type::Kind::Bytes:
        return ShapeField::Kind::Bytes;
    case Type::Kind::Struct:
        return ShapeField::Kind::Struct;
    default:
        return ShapeField::Kind::Unknown;
    }
}

/// Numbers the types in the order in which they are met.
class ShapeMaker {
public:
    MessageShape make(const TypeSpec& root)
    {
        (void)placeOf(&root);
        for (std::size_t i = 0; i < m_waiting.size(); ++i) {
            const TypeSpec& spec = *m_waiting[i];
            ShapeType type { spec.name, spec.doc, {} };
            for (int slot = spec.parameterCount; slot < spec.slotCount(); ++slot) {
                type.fields.push_back(fieldOf(spec.at(slot)));
            }
            m_out.types.push_back(std::move(type));
        }
        return std::move(m_out);
    }

private:
    int placeOf(const TypeSpec* spec)
    {
        if (spec == nullptr) {
            return -1;
        }
        const auto known = m_places.constFind(spec);
        if (known != m_places.constEnd()) {
            return *known;
        }
        const int place = static_cast<int>(m_waiting.size());
        m_waiting.push_back(spec);
        m_places.insert(spec, place);
        return place;
    }

    void readingOf(const Reading& reading, ShapeField& out)
    {
        out.kind = kindOf(reading);
        out.typeName = reading.name;
        out.type = reading.kind == Reading::Kind::Struct ? placeOf(reading.spec) : -1;
        out.encoding = reading.encoding;
        out.isSigned = reading.isSigned;
        out.isLittle = reading.order == Reading::Order::Little;
        out.bits = reading.kind == Reading::Kind::Bits ? reading.size : reading.size * 8;
    }

    ShapeField fieldOf(const Attribute& what)
    {
        ShapeField out;
        out.id = what.id;
        out.doc = what.doc;
        out.show = what.show;
        out.isRepeated = what.isRepeated();
        out.isOptional = !what.condition.isEmpty();
        out.isInstance = what.isInstance();
        out.isReferred = what.isReferred;
        out.isLength = what.isLength;
        out.isComputed = what.isContents || !what.validation.equal.isEmpty() || !what.ownValue.isEmpty()
            || what.checksum.algorithm != nullptr;
        if (what.enumeration != nullptr) {
            for (const auto& [name, value] : what.enumeration->order) {
                out.names.emplace_back(name, value.toText());
            }
        }
        if (what.role == Attribute::Role::ValueInstance) {
            out.kind = kindOf(what.type);
            out.type = placeOf(what.type.spec);
        } else if (!what.switchOn.isEmpty()) {
            out.kind = ShapeField::Kind::Switch;
            out.switchOn = what.switchOn.expression.text;
            for (const Case& one : what.cases) {
                out.cases.push_back({ one.isElse ? QByteArray("_") : one.key.expression.text, kindOf(one.reading),
                    one.reading.kind == Reading::Kind::Struct ? placeOf(one.reading.spec) : -1 });
            }
        } else if (!what.cases.empty()) {
            readingOf(what.cases.front().reading, out);
        }
        return out;
    }

    MessageShape m_out;
    std::vector<const TypeSpec*> m_waiting;
    QHash<const TypeSpec*, int> m_places;
};

} // namespace

MessageShape Description::shape(Sender sender) const
{
    return ShapeMaker().make(root(sender));
}

} // namespace sockeye::kaitai
