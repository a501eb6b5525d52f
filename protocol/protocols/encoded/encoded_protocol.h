// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

namespace sockeye {

/// A protocol of text whose texts are in another encoding than UTF-8: "lines:encoding=GBK". Cuts, waits and answers as
/// that one does.
class EncodedProtocol final : public Protocol {
public:
    /// `plain`: whose texts they are. `encoding`: a known one.
    EncodedProtocol(const ProtocolPtr& plain, const QByteArray& encoding);

    [[nodiscard]] const QByteArray& encoding() const { return m_encoding; }
    [[nodiscard]] const ProtocolPtr& plain() const { return m_plain; } ///< the same with texts in UTF-8

    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString formatName() const override { return m_plain->formatName(); }
    [[nodiscard]] QString title() const override;
    [[nodiscard]] bool cutsStreams() const override { return m_plain->cutsStreams(); }
    [[nodiscard]] QString whyNotStreams() const override { return m_plain->whyNotStreams(); }
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] QString waitingFor(const Progress& progress) const override;
    [[nodiscard]] QString reached(const Progress& progress) const override;
    [[nodiscard]] QString adviceOn(const Progress& progress) const override;
    [[nodiscard]] QString nextMessage() const override { return m_plain->nextMessage(); }
    [[nodiscard]] std::optional<Frame> frameOf(qint64 offset, qint64 size, QByteArrayView first) const override;
    void annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const override;
    [[nodiscard]] qint64 summaryBytes(QByteArrayView first) const override { return m_plain->summaryBytes(first); }
    [[nodiscard]] MessageSummary summary(QByteArrayView first, qint64 size) const override;
    /// The same of a message that stands behind these bytes in its stream: it may go on with a character that they
    /// begin.
    [[nodiscard]] MessageSummary summaryAfter(QByteArrayView before, QByteArrayView first, qint64 size) const;
    [[nodiscard]] bool hasStructure() const override { return true; } ///< its bytes alone show no text
    [[nodiscard]] MessageSummary saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const override;
    [[nodiscard]] DecodedMessage decodedParts(
        DecodedParts wanted, const Frame& frame, QByteArrayView bytes, const Limits& limits) const override;
    [[nodiscard]] std::unique_ptr<MessageEditor> newEditor(
        const Frame& frame, QByteArrayView message, const Limits& limits) const override;
    [[nodiscard]] Alterations alterations() const override;
    [[nodiscard]] std::optional<QStringList> fieldNames() const override { return m_plain->fieldNames(); }
    [[nodiscard]] QString whyNotJson() const override { return m_plain->whyNotJson(); }
    [[nodiscard]] ReplyEnd replyEnd() const override { return m_plain->replyEnd(); }
    [[nodiscard]] bool answersEach() const override { return m_plain->answersEach(); }
    [[nodiscard]] Talk talk() const override { return m_plain->talk(); }
    [[nodiscard]] ReplyValue replyValue(
        const Frame& frame, const QByteArray& reply, const Limits& limits) const override;
    [[nodiscard]] QString replyText(const Frame& frame, QByteArrayView reply, qsizetype maxChars) const override;
    [[nodiscard]] tl::expected<QByteArray, QString> carry(
        Sender sender, ContentKind kind, QByteArrayView content) const override;
    [[nodiscard]] ReceiveCode receiveCode(CodeLanguage language) const override;

private:
    [[nodiscard]] QString text(QByteArrayView begun, QByteArrayView bytes) const;

    ProtocolPtr m_plain;
    QByteArray m_encoding;
};

/// The encoding of a protocol's texts, by its usual name. Empty: UTF-8, or what messages say themselves.
[[nodiscard]] QByteArray textEncoding(const Protocol& protocol);

/// The same protocol with its texts in that encoding, where it is one of text; `chosen` itself where it is not, where
/// the encoding is not known; for UTF-8 and an empty name the one of UTF-8. The same names give the same pointer.
[[nodiscard]] ProtocolPtr protocolInEncoding(const ProtocolPtr& chosen, const QByteArray& encoding);

} // namespace sockeye
