// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/described/waiting_fields.h"

#include "protocol/framing/frame.h"

namespace sockeye {

namespace {

constexpr qsizetype mostFields = 10'000; // a description has its fields; what a message makes of them is bounded here

QByteArray withoutPlaces(const QByteArray& path)
{
    QByteArray out;
    out.reserve(path.size());
    bool inside = false;
    for (const char c : path) {
        inside = inside || c == '[';
        if (!inside) {
            out.append(c);
        }
        inside = inside && c != ']';
    }
    return out;
}

} // namespace

quint16 WaitingFields::partOf(const QByteArray& path)
{
    const QByteArray field = withoutPlaces(path);
    const std::lock_guard lock(m_mutex);
    const auto known = m_parts.constFind(field);
    if (known != m_parts.constEnd()) {
        return *known;
    }
    if (m_paths.size() >= mostFields) {
        return Progress::failed - 1;
    }
    m_paths.append(field);
    const auto part = static_cast<quint16>(m_paths.size());
    m_parts.insert(field, part);
    return part;
}

QByteArray WaitingFields::pathOf(quint16 part) const
{
    const std::lock_guard lock(m_mutex);
    return part == Progress::between ? QByteArray() : m_paths.value(part - 1);
}

} // namespace sockeye
