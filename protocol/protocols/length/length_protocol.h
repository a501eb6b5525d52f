// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/parameters.h"
#include "protocol/base/protocol.h"
#include "protocol/protocols/length/length_layout.h"

namespace sockeye {

/// Messages that begin with their length, or have it at a certain place.
class LengthProtocol final : public Protocol {
public:
    LengthProtocol(const QString& id, const LengthLayout& layout);

    [[nodiscard]] QString id() const override { return m_id; }
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] bool mayBegin(QByteArrayView bytes) const override;
    [[nodiscard]] QString waitingFor(const Progress& progress) const override;
    [[nodiscard]] QString reached(const Progress& progress) const override;
    [[nodiscard]] QString adviceOn(const Progress& progress) const override;
    [[nodiscard]] std::optional<Frame> frameOf(qint64 offset, qint64 size, QByteArrayView first) const override;
    [[nodiscard]] tl::expected<QByteArray, QString> carry(
        Sender sender, ContentKind kind, QByteArrayView content) const override;
    [[nodiscard]] std::unique_ptr<MessageEditor> newEditor(
        const Frame& frame, QByteArrayView message, const Limits& limits) const override;
    [[nodiscard]] Alterations alterations() const override;
    void annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const override;
    [[nodiscard]] MessageSummary summary(QByteArrayView first, qint64 size) const override;

private:
    QString m_id;
    LengthLayout m_layout;
};

/// What "length" can be given, and the protocol of these values.
[[nodiscard]] QList<Parameter> lengthParameters();
[[nodiscard]] ProtocolPtr lengthProtocol(const QString& id, const ParameterValues& values);

} // namespace sockeye
