// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/pattern.h"

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>

#include <memory>

namespace sockeye {

/// What to look for among bytes: some bytes, or a regular expression. An immutable value.
class ByteNeedle {
public:
    /// A longer match of a regular expression ends there: bytes.
    static constexpr qsizetype longestMatch = 64 * 1024;
    /// Longer bytes to look for are refused.
    static constexpr qsizetype longestBytes = 64 * 1024;

    /// Or why not, in a sentence for people.
    using Made = tl::expected<ByteNeedle, QString>;
    [[nodiscard]] static Made ofHex(QStringView text); ///< in any form that readHex() knows
    /// The bytes of that text in an encoding that ICU knows by this name; without a byte order mark.
    [[nodiscard]] static Made ofText(QStringView text, const QByteArray& encoding);
    /// A regular expression over bytes, each of which is a character; letters in it stand for their bytes in UTF-8. `^`
    /// and `$` are the ends of a stream, or of a datagram.
    [[nodiscard]] static Made ofPattern(QStringView expression);

    [[nodiscard]] bool isPattern() const { return m_pattern != nullptr; }
    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; } ///< where it is none
    [[nodiscard]] const filter::Pattern& pattern() const { return *m_pattern; } ///< where it is one
    [[nodiscard]] const QByteArray& expression() const { return m_expression; } ///< of it, UTF-8
    /// So many bytes a match has at most.
    [[nodiscard]] qsizetype longest() const { return isPattern() ? longestMatch : m_bytes.size(); }

private:
    ByteNeedle() = default;
    QByteArray m_bytes;
    std::shared_ptr<const filter::Pattern> m_pattern;
    QByteArray m_expression;
};

} // namespace sockeye
