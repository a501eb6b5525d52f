// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/event.h"
#include "protocol/header.h"

#include <array>

namespace sockeye {

/// The content that was last found right in each direction: programs that poll, and loads, say the same thing again and
/// again, and comparing costs a tenth of checking.
class KnownContent {
public:
    /// Larger content is not kept, in bytes.
    static constexpr qsizetype most = 4096;

    [[nodiscard]] bool holds(Direction direction, const Header& header, QByteArrayView content) const
    {
        const Kept& kept = m_kept[static_cast<std::size_t>(direction)];
        return !content.isEmpty() && content == kept.content && header.contentEncoding == kept.encoding;
    }
    /// `content` is right JSON in the encoding that `header` names.
    void keep(Direction direction, const Header& header, QByteArrayView content)
    {
        if (content.size() > most) {
            return;
        }
        Kept& kept = m_kept[static_cast<std::size_t>(direction)];
        kept.encoding = header.contentEncoding;
        kept.content.resize(0); // keeps the memory
        kept.content.append(content);
    }

private:
    struct Kept {
        QByteArray encoding;
        QByteArray content;
    };
    std::array<Kept, 2> m_kept; ///< by Direction
};

} // namespace sockeye
