// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

namespace sockeye {

/// HTTP/1.x: a message is a request or a reply with its body. After an upgrade, or a CONNECT that succeeded, the
/// connection speaks something else: then a message is what one read or write carried.
class HttpProtocol final : public Protocol {
public:
    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] std::shared_ptr<Dialogue> newDialogue() const override;
    [[nodiscard]] bool mayBegin(QByteArrayView bytes) const override;
    [[nodiscard]] bool recognizes(QByteArrayView bytes, const Limits& limits) const override;
    [[nodiscard]] QString waitingFor(const Progress& progress) const override;
    [[nodiscard]] QString reached(const Progress& progress) const override;
    [[nodiscard]] QString adviceOn(const Progress& progress) const override;
    [[nodiscard]] QString nextMessage() const override;
    [[nodiscard]] std::optional<Frame> frameOf(qint64 offset, qint64 size, QByteArrayView first) const override;
    void annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const override;
    [[nodiscard]] qint64 summaryBytes(QByteArrayView first) const override;
    /// "GET /index.html", "200 OK, 1,024 bytes text/html".
    [[nodiscard]] MessageSummary summary(QByteArrayView first, qint64 size) const override;
    [[nodiscard]] bool hasStructure() const override { return true; }
    [[nodiscard]] MessageSummary saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const override;
    [[nodiscard]] DecodedMessage decodedParts(
        DecodedParts wanted, const Frame& frame, QByteArrayView bytes, const Limits& limits) const override;
    [[nodiscard]] std::optional<QStringList> fieldNames() const override;
    [[nodiscard]] QString whyNotJson() const override;
    [[nodiscard]] bool answersEach() const override { return true; }
    [[nodiscard]] ReplyValue replyValue(
        const Frame& frame, const QByteArray& reply, const Limits& limits) const override;
    [[nodiscard]] QString replyText(const Frame& frame, QByteArrayView reply, qsizetype maxChars) const override;
    [[nodiscard]] tl::expected<QByteArray, QString> carry(
        Sender sender, ContentKind kind, QByteArrayView content) const override;
    [[nodiscard]] std::unique_ptr<MessageEditor> newEditor(
        const Frame& frame, QByteArrayView message, const Limits& limits) const override;
    [[nodiscard]] Alterations alterations() const override;
    [[nodiscard]] bool isRefusal(const Frame& frame, const QString& text) const override;
};

/// The one value of it.
[[nodiscard]] const ProtocolPtr& httpProtocol();

} // namespace sockeye
