// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/message_editor.h"
#include "protocol/protocols/http/http_message.h"

namespace sockeye::http {

/// Header fields as header.NAME, headers.NAME or NAME alone, and what the first line says. A body that came in chunks
/// goes in one.
class HttpEditor final : public MessageEditor {
public:
    explicit HttpEditor(QByteArrayView message);

    [[nodiscard]] QByteArray content() const override;
    [[nodiscard]] Altered withContent(QByteArrayView content) const override;
    [[nodiscard]] Altered withField(const QByteArray& path, const std::optional<QString>& value) const override;
    [[nodiscard]] Altered withLength(qint64 by) const override;
    [[nodiscard]] Altered withBrokenText(quint64 drawn) const override;

private:
    [[nodiscard]] const Field* find(QByteArrayView name) const;
    [[nodiscard]] QByteArrayView inFirstLine(const QByteArray& name) const; ///< null: there is no such part
    [[nodiscard]] Altered withHeader(const QByteArray& name, const std::optional<QString>& value) const;
    [[nodiscard]] QByteArray with(QByteArrayView part, QByteArrayView instead) const; ///< of the message
    [[nodiscard]] QByteArrayView body() const;

    Message m_parts;
};

} // namespace sockeye::http
