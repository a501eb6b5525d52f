// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/framing.h"
#include "protocol/protocols/app/header.h"

#include <QByteArray>

namespace sockeye {

/// The application protocol: two-byte length, JSON header, content (wire protocol §1).
class AppFraming final : public Framing {
public:
    explicit AppFraming(const Limits& limits);

    void feed(QByteArrayView piece, Frames& out) override;
    void finish(Frames& out) override;
    [[nodiscard]] const std::optional<Error>& error() const override { return m_error; }
    [[nodiscard]] Progress progress() const override;
    /// As Protocol::mayBegin().
    [[nodiscard]] static bool mayBegin(QByteArrayView bytes);

private:
    [[nodiscard]] qint64 messageOffset() const;
    qsizetype takeHeader(QByteArrayView rest);
    void beginContent(QByteArrayView header);
    void endMessage(Frames& out);
    void fail(Error error);

    Limits m_limits;
    qint64 m_offset = 0; ///< in the stream, of the next byte that will be looked at
    QByteArray m_partial; ///< fixed and JSON header of the message, as far as they came, if a piece ended inside
    Frame m_frame; ///< the message whose content is being counted; its detail is null while there is none
    qint64 m_contentLeft = 0;
    QByteArray m_lastHeader; ///< the text of the last JSON header: peers repeat themselves
    std::shared_ptr<const FrameDetail> m_lastDetail; ///< what that came to
    qint64 m_contentLength = 0; ///< what it announces
    std::optional<Error> m_error;
};

} // namespace sockeye
