// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"
#include "protocol/protocols/app/header.h"

namespace sockeye {

/// The application protocol: two-byte length, JSON header, content (wire protocol §1).
class AppProtocol final : public Protocol {
public:
    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString title() const override;

    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] bool mayBegin(QByteArrayView bytes) const override;
    [[nodiscard]] bool recognizes(QByteArrayView bytes, const Limits& limits) const override;
    [[nodiscard]] QString waitingFor(const Progress& progress) const override;
    [[nodiscard]] QString reached(const Progress& progress) const override;
    [[nodiscard]] QString adviceOn(const Progress& progress) const override;

    [[nodiscard]] std::optional<Frame> frameOf(qint64 offset, qint64 size, QByteArrayView first) const override;
    void annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const override;
    [[nodiscard]] qint64 summaryBytes(QByteArrayView first) const override;
    [[nodiscard]] MessageSummary summary(QByteArrayView first, qint64 size) const override;
    [[nodiscard]] bool hasStructure() const override { return true; }
    [[nodiscard]] MessageSummary saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const override;
    [[nodiscard]] DecodedMessage decodedParts(
        DecodedParts wanted, const Frame& frame, QByteArrayView bytes, const Limits& limits) const override;
    [[nodiscard]] std::optional<QStringList> fieldNames() const override { return QStringList(); }
    [[nodiscard]] QString whyNotJson() const override;

    [[nodiscard]] bool checksContent(const Frame& frame) const override;
    [[nodiscard]] QByteArray contentForm(const Frame& frame) const override;
    [[nodiscard]] Result<void> check(const Frame& frame, QByteArrayView content, const Limits& limits) const override;

    [[nodiscard]] bool answersEach() const override { return true; }
    [[nodiscard]] RequestShape requestShape() const override { return RequestShape::Fields; }
    [[nodiscard]] ReplyValue replyValue(
        const Frame& frame, const QByteArray& reply, const Limits& limits) const override;
    [[nodiscard]] QString replyText(const Frame& frame, QByteArrayView reply, qsizetype maxChars) const override;
    [[nodiscard]] bool meansTheSame(
        const Frame& frame, const QByteArray& reply, const QByteArray& right) const override;
    [[nodiscard]] bool isRefusal(const Frame& frame, const QString& text) const override;
    [[nodiscard]] tl::expected<QByteArray, QString> carry(
        Sender sender, ContentKind kind, QByteArrayView content) const override;
    [[nodiscard]] std::unique_ptr<MessageEditor> newEditor(
        const Frame& frame, QByteArrayView message, const Limits& limits) const override;
    [[nodiscard]] Alterations alterations() const override;
    [[nodiscard]] QStringList sendWords(
        const QByteArray& bytes, const QString& action, const QString& value) const override;
    [[nodiscard]] ReceiveCode receiveCode(CodeLanguage language) const override;
    [[nodiscard]] Dissector dissector() const override;
};

/// The one value of it.
[[nodiscard]] const ProtocolPtr& appProtocol();

/// The header of a message that the framing of the application protocol has cut; null for a frame without a detail.
[[nodiscard]] const Header* headerOf(const Frame& frame);

/// The detail of a frame that has this header.
[[nodiscard]] std::shared_ptr<const FrameDetail> headerDetail(Header header);

} // namespace sockeye
