// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

namespace sockeye {

/// The protocol of Redis, versions 2 and 3: a message is a value, or a command on a line of its own.
class RespProtocol final : public Protocol {
public:
    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] bool mayBegin(QByteArrayView bytes) const override;
    /// Commands in the form that clients send: an array of strings.
    [[nodiscard]] bool recognizes(QByteArrayView bytes, const Limits& limits) const override;
    [[nodiscard]] QString waitingFor(const Progress& progress) const override;
    [[nodiscard]] QString reached(const Progress& progress) const override;
    [[nodiscard]] QString adviceOn(const Progress& progress) const override;
    [[nodiscard]] QString nextMessage() const override;
    [[nodiscard]] tl::expected<QByteArray, QString> carry(
        Sender sender, ContentKind kind, QByteArrayView content) const override;
    [[nodiscard]] std::unique_ptr<MessageEditor> newEditor(
        const Frame& frame, QByteArrayView message, const Limits& limits) const override;
    [[nodiscard]] Alterations alterations() const override;
    void annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const override;
    [[nodiscard]] MessageSummary summary(QByteArrayView first, qint64 size) const override;
    [[nodiscard]] bool hasStructure() const override { return true; }
    [[nodiscard]] MessageSummary saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const override;
    [[nodiscard]] DecodedMessage decodedParts(
        DecodedParts wanted, const Frame& frame, QByteArrayView bytes, const Limits& limits) const override;
    [[nodiscard]] QString whyNotJson() const override;
    [[nodiscard]] bool answersEach() const override { return true; }
    [[nodiscard]] ReplyValue replyValue(
        const Frame& frame, const QByteArray& reply, const Limits& limits) const override;
    [[nodiscard]] QString replyText(const Frame& frame, QByteArrayView reply, qsizetype maxChars) const override;
    [[nodiscard]] bool isRefusal(const Frame& frame, const QString& text) const override;
};

/// The one value of it.
[[nodiscard]] const ProtocolPtr& respProtocol();

} // namespace sockeye
