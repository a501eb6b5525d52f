// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/framing.h"
#include "protocol/kaitai/cutter.h"
#include "protocol/protocols/described/waiting_fields.h"

#include <QByteArray>

namespace sockeye {

/// A description says where messages end. What is not whole yet is kept here, at most as much as the description and
/// the limits allow: its fields are what tells how much is missing.
class DescribedFraming final : public Framing {
public:
    DescribedFraming(std::shared_ptr<const kaitai::Description> description, std::shared_ptr<WaitingFields> fields,
        Sender sender, const kaitai::Limits& limits);

    void feed(QByteArrayView piece, Frames& out) override;
    void finish(Frames& out) override;
    [[nodiscard]] const std::optional<Error>& error() const override { return m_error; }
    [[nodiscard]] Progress progress() const override;

private:
    [[nodiscard]] bool take(QByteArrayView bytes, Frames& out);
    void keep(QByteArrayView bytes);

    std::shared_ptr<WaitingFields> m_fields;
    kaitai::Cutter m_cutter;
    kaitai::CutResult m_result; ///< of the message that is begun
    QByteArray m_begun; ///< what there is of it
    qint64 m_begin = 0; ///< where it begins in the stream
    std::optional<Error> m_error;
};

/// What is wrong with the message at `begin` of a stream, in the words of its description.
[[nodiscard]] Error describedError(const kaitai::TreeFault& fault, qint64 begin, qint64 end);

/// What is wrong with a datagram of `size` bytes whose message ends before it does.
[[nodiscard]] Error trailingBytesError(qint64 messageSize, qint64 size);

/// The limits of one message of a description.
[[nodiscard]] kaitai::Limits describedLimits(const Limits& limits);

/// Stands in the frames of messages that a framing cut: they were found to fit.
[[nodiscard]] const std::shared_ptr<const FrameDetail>& cutFromStream();

} // namespace sockeye
