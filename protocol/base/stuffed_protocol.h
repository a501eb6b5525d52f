// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/annotation/named_fields.h"
#include "protocol/base/protocol.h"

namespace sockeye {

/// What a frame with stuffed bytes carries.
struct Unstuffed {
    /// What is wrong inside a frame.
    struct Wrong {
        qsizetype offset = 0; ///< in the frame
        QString subject;
        QString expected;
        QString found;
    };
    QByteArray data; ///< up to what is wrong
    std::optional<Wrong> wrong;
};

/// What protocols have in common whose frames end with a byte that cannot stand inside them, because there it is
/// written otherwise: SLIP, COBS. End bytes before a frame belong to it. A frame that is wrong inside is a bad row, and
/// the next one is read all the same.
class StuffedProtocol : public Protocol {
public:
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] QString reached(const Progress& progress) const override;
    [[nodiscard]] QString nextMessage() const override;
    [[nodiscard]] std::optional<Frame> frameOf(qint64 offset, qint64 size, QByteArrayView first) const override;
    void annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const override;
    [[nodiscard]] MessageSummary summary(QByteArrayView first, qint64 size) const override;
    [[nodiscard]] MessageSummary saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const override;
    [[nodiscard]] DecodedMessage decodedParts(
        DecodedParts wanted, const Frame& frame, QByteArrayView bytes, const Limits& limits) const override;
    [[nodiscard]] std::unique_ptr<MessageEditor> newEditor(
        const Frame& frame, QByteArrayView message, const Limits& limits) const override;
    [[nodiscard]] bool checksContent(const Frame&) const override { return true; }
    [[nodiscard]] Result<void> check(const Frame& frame, QByteArrayView content, const Limits& limits) const override;

protected:
    explicit StuffedProtocol(char end)
        : m_end(end)
    {
    }

    /// `frame` comes without its end.
    [[nodiscard]] virtual Unstuffed unstuffed(QByteArrayView frame) const = 0;
    /// Adds the fields of a frame, which begins at `begin` of the message.
    virtual void addFields(NamedFields& fields, QByteArrayView frame, qint64 begin) const = 0;

private:
    [[nodiscard]] qsizetype leading(QByteArrayView bytes) const;
    [[nodiscard]] Unstuffed unstuffedContent(QByteArrayView content) const;

    const char m_end; ///< of a frame
};

} // namespace sockeye
