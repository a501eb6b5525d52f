// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/message_editor.h"
#include "protocol/protocols/length/length_layout.h"

namespace sockeye {

class LengthEditor final : public MessageEditor {
public:
    /// `contentOffset`: where the length ends.
    LengthEditor(const LengthLayout& layout, QByteArrayView message, qint64 contentOffset)
        : MessageEditor(message)
        , m_layout(layout)
        , m_contentOffset(contentOffset)
    {
    }

    [[nodiscard]] QByteArray content() const override { return message().sliced(m_contentOffset).toByteArray(); }
    [[nodiscard]] Altered withContent(QByteArrayView content) const override;
    [[nodiscard]] Altered withLength(qint64 by) const override;
    [[nodiscard]] Altered withSwappedOrder() const override;

private:
    [[nodiscard]] Altered saying(qint64 following, QByteArrayView content) const;

    LengthLayout m_layout;
    qint64 m_contentOffset;
};

} // namespace sockeye
