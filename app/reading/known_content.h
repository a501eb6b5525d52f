// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"

#include <QByteArray>
#include <QByteArrayView>

#include <array>

namespace sockeye {

/// The content that was last found right in each direction: programs that poll, and loads, say the same thing again and
/// again, and comparing costs a tenth of checking.
class KnownContent {
public:
    /// Larger content is not kept, in bytes.
    static constexpr qsizetype most = 4096;

    [[nodiscard]] bool holds(Direction direction, const QByteArray& form, QByteArrayView content) const
    {
        const Kept& kept = m_kept[static_cast<std::size_t>(direction)];
        return !content.isEmpty() && content == kept.content && form == kept.form;
    }
    /// `content` is right in this form (Protocol::contentForm()).
    void keep(Direction direction, const QByteArray& form, QByteArrayView content)
    {
        if (content.size() > most) {
            return;
        }
        Kept& kept = m_kept[static_cast<std::size_t>(direction)];
        kept.form = form;
        kept.content.resize(0); // keeps the memory
        kept.content.append(content);
    }

private:
    struct Kept {
        QByteArray form;
        QByteArray content;
    };
    std::array<Kept, 2> m_kept; ///< by Direction
};

} // namespace sockeye
