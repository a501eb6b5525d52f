// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

namespace sockeye {

/// Frames of the Serial Line Internet Protocol (RFC 1055): END (0xc0) ends one; inside, END and ESC are escaped. A
/// frame with a bad escape is wrong, and the next one is read all the same.
class SlipProtocol final : public Protocol {
public:
    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] QString waitingFor(const Progress& progress) const override;
    [[nodiscard]] QString reached(const Progress& progress) const override;
    [[nodiscard]] QString adviceOn(const Progress& progress) const override;
    [[nodiscard]] QString nextMessage() const override;
    [[nodiscard]] std::optional<Frame> frameOf(qint64 offset, qint64 size, QByteArrayView first) const override;
    void annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const override;
    [[nodiscard]] MessageSummary summary(QByteArrayView first, qint64 size) const override;
    [[nodiscard]] MessageSummary saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const override;
    [[nodiscard]] DecodedMessage decoded(const Frame& frame, QByteArrayView bytes, const Limits& limits) const override;
    [[nodiscard]] bool checksContent(const Frame&) const override { return true; }
    [[nodiscard]] Result<void> check(const Frame& frame, QByteArrayView content, const Limits& limits) const override;
};

/// The one value of it.
[[nodiscard]] const ProtocolPtr& slipProtocol();

} // namespace sockeye
