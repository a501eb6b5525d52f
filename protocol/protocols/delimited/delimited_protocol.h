// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/parameters.h"
#include "protocol/base/protocol.h"

namespace sockeye {

/// Everything up to and including certain bytes is a message.
class DelimitedProtocol final : public Protocol {
public:
    DelimitedProtocol(const QString& id, const QByteArray& delimiter);

    [[nodiscard]] QString id() const override { return m_id; }
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] QString waitingFor(const Progress& progress) const override;
    [[nodiscard]] QString reached(const Progress& progress) const override;
    [[nodiscard]] QString adviceOn(const Progress& progress) const override;
    [[nodiscard]] tl::expected<QByteArray, QString> carry(
        Sender sender, ContentKind kind, QByteArrayView content) const override;
    [[nodiscard]] std::unique_ptr<MessageEditor> newEditor(
        const Frame& frame, QByteArrayView message, const Limits& limits) const override;
    void annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const override;
    [[nodiscard]] MessageSummary summary(QByteArrayView first, qint64 size) const override;

private:
    QString m_id;
    QByteArray m_delimiter; ///< not empty
};

/// What "delimited" can be given, and the protocol of these values.
[[nodiscard]] QList<Parameter> delimitedParameters();
[[nodiscard]] ProtocolPtr delimitedProtocol(const QString& id, const ParameterValues& values);

} // namespace sockeye
