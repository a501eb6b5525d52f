// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/annotation/annotation.h"

#include <QStringList>

#include <algorithm>

namespace sockeye {

bool Annotation::contains(int field) const
{
    return field >= 0 && field < static_cast<int>(m_fields.size());
}

int Annotation::leafAt(qint64 offset) const
{
    if (offset < 0 || offset >= m_bytes.size()) {
        return -1;
    }
    // The last leaf that does not begin after the offset.
    const auto after = std::upper_bound(
        m_leaves.begin(), m_leaves.end(), offset, [this](qint64 at, int leaf) { return at < this->at(leaf).offset; });
    return after == m_leaves.begin() ? -1 : *std::prev(after);
}

QString Annotation::path(int field) const
{
    QStringList labels;
    while (contains(field)) {
        labels.prepend(label(field));
        field = at(field).parent;
    }
    return labels.join(QStringLiteral(" › "));
}

} // namespace sockeye
