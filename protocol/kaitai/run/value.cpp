// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/run/value.h"

namespace sockeye::kaitai {

void ValueData::copyOwned(const ValueData& other)
{
    if (const auto* text = other.get<TextValue>()) {
        std::construct_at(reinterpret_cast<TextValue*>(m_room.data()), *text);
    } else if (const auto* bytes = other.get<BytesValue>()) {
        std::construct_at(reinterpret_cast<BytesValue*>(m_room.data()), *bytes);
    } else {
        std::construct_at(reinterpret_cast<ListValue*>(m_room.data()), *other.get<ListValue>());
    }
}

void ValueData::moveOwned(ValueData& other) noexcept
{
    if (m_kind == Kind::Text) {
        std::construct_at(reinterpret_cast<TextValue*>(m_room.data()), std::move(other.held<TextValue>()));
    } else if (m_kind == Kind::Bytes) {
        std::construct_at(reinterpret_cast<BytesValue*>(m_room.data()), std::move(other.held<BytesValue>()));
    } else {
        std::construct_at(reinterpret_cast<ListValue*>(m_room.data()), std::move(other.held<ListValue>()));
    }
}

void ValueData::destroyOwned() noexcept
{
    if (m_kind == Kind::Text) {
        std::destroy_at(&held<TextValue>());
    } else if (m_kind == Kind::Bytes) {
        std::destroy_at(&held<BytesValue>());
    } else {
        std::destroy_at(&held<ListValue>());
    }
}

} // namespace sockeye::kaitai
