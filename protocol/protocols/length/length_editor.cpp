// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/length/length_editor.h"

#include <algorithm>

namespace sockeye {

Altered LengthEditor::saying(qint64 following, QByteArrayView content) const
{
    const auto length = m_layout.written(following);
    return length ? Altered(message().first(m_layout.offset).toByteArray() + *length + content.toByteArray())
                  : noRoom(following - m_layout.adjust);
}

Altered LengthEditor::withContent(QByteArrayView content) const
{
    return saying(content.size(), content);
}

Altered LengthEditor::withLength(qint64 by) const
{
    return saying(message().size() - m_contentOffset + by, message().sliced(m_contentOffset));
}

Altered LengthEditor::withSwappedOrder() const
{
    QByteArray length = message().sliced(m_layout.offset, m_contentOffset - m_layout.offset).toByteArray();
    if (m_layout.size == LengthLayout::varint || length.size() < 2) {
        return MessageEditor::withSwappedOrder();
    }
    std::reverse(length.begin(), length.end());
    return spliced(m_layout.offset, length.size(), length);
}

} // namespace sockeye
