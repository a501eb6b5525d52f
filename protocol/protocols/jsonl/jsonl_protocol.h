// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

namespace sockeye {

/// JSON Lines: one JSON text a line. A blank line says nothing, which is right; a line that is not JSON is wrong, and
/// the next one is read all the same.
class JsonLinesProtocol final : public Protocol {
public:
    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] bool mayBegin(QByteArrayView bytes) const override;
    [[nodiscard]] QString waitingFor(const Progress& progress) const override;
    [[nodiscard]] QString reached(const Progress& progress) const override;
    [[nodiscard]] QString adviceOn(const Progress& progress) const override;
    [[nodiscard]] QString nextMessage() const override;
    void annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const override;
    [[nodiscard]] MessageSummary summary(QByteArrayView first, qint64 size) const override;
    [[nodiscard]] bool hasStructure() const override { return true; }
    [[nodiscard]] MessageSummary saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const override;
    [[nodiscard]] DecodedMessage decodedParts(
        DecodedParts wanted, const Frame& frame, QByteArrayView bytes, const Limits& limits) const override;
    [[nodiscard]] std::optional<QStringList> fieldNames() const override { return QStringList(); }
    [[nodiscard]] QString whyNotJson() const override;
    [[nodiscard]] bool checksContent(const Frame&) const override { return true; }
    [[nodiscard]] Result<void> check(const Frame& frame, QByteArrayView content, const Limits& limits) const override;
    [[nodiscard]] tl::expected<QByteArray, QString> carry(
        Sender sender, ContentKind kind, QByteArrayView content) const override;
    [[nodiscard]] std::unique_ptr<MessageEditor> newEditor(
        const Frame& frame, QByteArrayView message, const Limits& limits) const override;
    [[nodiscard]] Talk talk() const override { return Talk::Lines; }
};

/// The one value of it.
[[nodiscard]] const ProtocolPtr& jsonLinesProtocol();

} // namespace sockeye
