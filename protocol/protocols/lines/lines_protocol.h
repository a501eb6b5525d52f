// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

namespace sockeye {

/// Lines of text: a message ends with its line feed, the last one also with the stream.
class LinesProtocol final : public Protocol {
public:
    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] QString waitingFor(const Progress& progress) const override;
    [[nodiscard]] QString reached(const Progress& progress) const override;
    [[nodiscard]] QString adviceOn(const Progress& progress) const override;
    [[nodiscard]] QString nextMessage() const override;
    void annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const override;
    [[nodiscard]] MessageSummary summary(QByteArrayView first, qint64 size) const override;
    [[nodiscard]] tl::expected<QByteArray, QString> carry(
        Sender sender, ContentKind kind, QByteArrayView content) const override;
    [[nodiscard]] std::unique_ptr<MessageEditor> newEditor(
        const Frame& frame, QByteArrayView message, const Limits& limits) const override;
    [[nodiscard]] Talk talk() const override { return Talk::Lines; }
};

/// The one value of it.
[[nodiscard]] const ProtocolPtr& linesProtocol();

} // namespace sockeye
