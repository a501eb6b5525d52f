// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/parameters.h"
#include "protocol/base/protocol.h"

namespace sockeye {

/// Messages that all have the same size.
class FixedProtocol final : public Protocol {
public:
    FixedProtocol(const QString& id, qint64 messageSize);

    [[nodiscard]] QString id() const override { return m_id; }
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] QString adviceOn(const Progress& progress) const override;
    [[nodiscard]] tl::expected<QByteArray, QString> carry(
        Sender sender, ContentKind kind, QByteArrayView content) const override;
    [[nodiscard]] std::unique_ptr<MessageEditor> newEditor(
        const Frame& frame, QByteArrayView message, const Limits& limits) const override;
    void annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const override;

private:
    QString m_id;
    qint64 m_messageSize = 1;
};

/// What "fixed" can be given, and the protocol of these values.
[[nodiscard]] QList<Parameter> fixedParameters();
[[nodiscard]] ProtocolPtr fixedProtocol(const QString& id, const ParameterValues& values);

} // namespace sockeye
