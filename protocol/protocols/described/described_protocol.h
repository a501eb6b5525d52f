// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"
#include "protocol/kaitai/description.h"

namespace sockeye {

class WaitingFields;

/// A protocol that somebody described in Kaitai Struct's language (protocols.md, "Descriptions").
class DescribedProtocol final : public Protocol {
public:
    /// `name` is what it is asked for by: that of its file.
    DescribedProtocol(const QString& name, std::shared_ptr<const kaitai::Description> description);
    ~DescribedProtocol() override;

    [[nodiscard]] QString id() const override { return m_name; }
    [[nodiscard]] QString formatName() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] bool cutsStreams() const override;
    [[nodiscard]] bool readsDatagrams() const override { return true; }
    [[nodiscard]] QString whyNotStreams() const override;
    [[nodiscard]] const Protocol& spokenBy(Sender sender) const override;
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] bool mayBegin(QByteArrayView bytes) const override;
    [[nodiscard]] QString waitingFor(const Progress& progress) const override;
    [[nodiscard]] QString reached(const Progress& progress) const override;

    void annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const override;
    [[nodiscard]] qint64 summaryBytes(QByteArrayView first) const override;
    [[nodiscard]] MessageSummary summary(QByteArrayView first, qint64 size) const override;
    [[nodiscard]] bool hasStructure() const override { return true; }
    [[nodiscard]] MessageSummary saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const override;
    [[nodiscard]] DecodedMessage decodedParts(
        DecodedParts wanted, const Frame& frame, QByteArrayView bytes, const Limits& limits) const override;
    [[nodiscard]] std::optional<QStringList> fieldNames() const override;
    [[nodiscard]] std::unique_ptr<filter::Fields> typedFields(
        const Frame& frame, QByteArrayView bytes, const Limits& limits) const override;
    [[nodiscard]] bool checksContent(const Frame& frame) const override;
    [[nodiscard]] Result<void> check(const Frame& frame, QByteArrayView content, const Limits& limits) const override;
    [[nodiscard]] ReplyValue replyValue(
        const Frame& frame, const QByteArray& reply, const Limits& limits) const override;
    [[nodiscard]] QString replyText(const Frame& frame, QByteArrayView reply, qsizetype maxChars) const override;
    [[nodiscard]] RequestShape requestShape() const override { return RequestShape::Values; }
    [[nodiscard]] std::optional<MessageShape> shape() const override;
    [[nodiscard]] QList<FieldValue> values(QByteArrayView message, const Limits& limits) const override;
    [[nodiscard]] tl::expected<QByteArray, QString> carry(
        Sender sender, ContentKind kind, QByteArrayView content) const override;
    [[nodiscard]] tl::expected<QByteArray, QString> build(const QList<FieldValue>& values) const override;

    [[nodiscard]] std::unique_ptr<MessageEditor> newEditor(
        const Frame& frame, QByteArrayView message, const Limits& limits) const override;
    [[nodiscard]] Alterations alterations() const override;
    [[nodiscard]] QStringList sendWords(
        const QByteArray& bytes, const QString& action, const QString& value) const override;
    [[nodiscard]] QList<MessagePart> parts(QByteArrayView message, const Limits& limits) const override;
    [[nodiscard]] Dissector dissector() const override;

    [[nodiscard]] const kaitai::Description& description() const { return *m_description; }

private:
    friend class DescribedEditor;
    DescribedProtocol(const DescribedProtocol& both, Sender sender);
    [[nodiscard]] kaitai::Tree decode(QByteArrayView bytes, const Limits& limits, bool withInstances = true) const;

    QString m_name;
    std::shared_ptr<const kaitai::Description> m_description;
    std::shared_ptr<WaitingFields> m_fields;
    Sender m_sender = Sender::Either;
    bool m_hasRules = false;
    std::unique_ptr<const DescribedProtocol> m_client; ///< null where both sides send the same
    std::unique_ptr<const DescribedProtocol> m_server;
};

} // namespace sockeye
