// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/cutter.h"

#include <QByteArray>

#include <vector>

namespace sockeye {

/// A message ends with certain bytes, which are part of it.
class DelimitedFraming final : public Cutter {
public:
    DelimitedFraming(const QByteArray& delimiter, const Limits& limits);

    void finish(Frames& out) override;
    [[nodiscard]] Progress progress() const override;

protected:
    void take(QByteArrayView piece, Frames& out) override;

private:
    QByteArray m_delimiter;
    std::vector<qsizetype> m_fallback; ///< of each number of bytes that fit: how many still do when the next does not
    qsizetype m_fits = 0; ///< bytes of the delimiter that the message ends with at this moment
    qint64 m_most = 0;
};

} // namespace sockeye
