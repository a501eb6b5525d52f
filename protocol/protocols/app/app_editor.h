// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/message_editor.h"

namespace sockeye {

/// Its header's members as header.NAME or NAME alone. The fixed header says how long the JSON header is in any case.
class AppEditor final : public MessageEditor {
public:
    /// `contentOffset`: where the JSON header ends.
    AppEditor(QByteArrayView message, qint64 contentOffset);

    [[nodiscard]] QByteArray content() const override { return m_content.toByteArray(); }
    [[nodiscard]] Altered withContent(QByteArrayView content) const override;
    [[nodiscard]] Altered withField(const QByteArray& path, const std::optional<QString>& value) const override;
    [[nodiscard]] Altered withLength(qint64 by) const override;
    [[nodiscard]] Altered withBrokenText(quint64 drawn) const override;
    [[nodiscard]] Altered withSwappedOrder() const override;

private:
    [[nodiscard]] static Altered made(QByteArrayView header, QByteArrayView content);

    QByteArrayView m_header; ///< JSON
    QByteArrayView m_content;
};

} // namespace sockeye
