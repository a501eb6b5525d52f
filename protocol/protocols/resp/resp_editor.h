// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/message_editor.h"
#include "protocol/protocols/resp/resp_item.h"

#include <vector>

namespace sockeye::resp {

/// Values by their paths in what asJson() says: value[1]; of a map value[0][1]. A key of a map by its text.
class RespEditor final : public MessageEditor {
public:
    explicit RespEditor(QByteArrayView message);

    [[nodiscard]] QByteArray content() const override { return {}; } ///< nothing but its fields
    [[nodiscard]] Altered withContent(QByteArrayView content) const override;
    [[nodiscard]] Altered withField(const QByteArray& path, const std::optional<QString>& value) const override;
    [[nodiscard]] Altered withLength(qint64 by) const override;
    [[nodiscard]] Altered withBrokenText(quint64 drawn) const override;

private:
    /// A value and where it is.
    struct Spot {
        Item item;
        QByteArray path;
        qsizetype end = 0; ///< one past it, and what it holds
        int holder = -1; ///< place of the aggregate that it is in
        int place = 0; ///< among the values of that
    };
    qsizetype collect(qsizetype at, const QByteArray& path, int depth, int holder, int place);
    [[nodiscard]] Altered without(std::size_t at) const;
    [[nodiscard]] Altered withNumber(const Item& item, qint64 number) const;

    std::vector<Spot> m_spots; ///< in order, each before what it holds
};

} // namespace sockeye::resp
