// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/message_editor.h"
#include "protocol/base/message_shape.h"
#include "protocol/kaitai/base/tree.h"
#include "protocol/protocols/described/described_protocol.h"

#include <vector>

namespace sockeye {

/// A message of a description: its fields by their paths. Where bytes are exchanged for as many others, checksums are
/// computed again where they stand; where a field is set, the message is built anew of its fields, of which lengths,
/// counts and checksums are left to be computed.
class DescribedEditor final : public MessageEditor {
public:
    DescribedEditor(const DescribedProtocol& protocol, QByteArrayView message, const Limits& limits);

    [[nodiscard]] QByteArray content() const override { return {}; } ///< nothing but its fields
    [[nodiscard]] Altered withContent(QByteArrayView content) const override;
    [[nodiscard]] Altered withField(const QByteArray& path, const std::optional<QString>& value) const override;
    [[nodiscard]] Altered withLength(qint64 by) const override;
    [[nodiscard]] Altered withBrokenText(quint64 drawn) const override;
    [[nodiscard]] Altered withSwappedOrder() const override;

private:
    using Values = QList<std::pair<QByteArray, QString>>;

    void findFields();
    [[nodiscard]] int typeOf(const ShapeField& field, const QByteArray& typeName) const;
    [[nodiscard]] std::size_t lengthItem() const; ///< 0: there is none
    [[nodiscard]] Altered checked(const QByteArray& changed) const;
    [[nodiscard]] tl::expected<QByteArray, kaitai::TreeFault> built(const Values& values) const;
    [[nodiscard]] Altered rebuilt(const Values& own, const Values& computed) const;

    const DescribedProtocol& m_protocol;
    Limits m_limits;
    kaitai::Tree m_tree;
    MessageShape m_shape;
    std::vector<const ShapeField*> m_fields; ///< by place in the tree; null where nobody knows
    std::vector<int> m_types; ///< the same, of structs: places in the shape
};

} // namespace sockeye
