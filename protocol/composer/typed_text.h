// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/composer/text_macro.h"
#include "protocol/content/checksum.h"
#include "protocol/filter/mistake.h"

#include <QByteArray>
#include <QStringView>

#include <tl/expected.hpp>

#include <functional>
#include <vector>

namespace sockeye {

/// A checksum that is appended to a message.
struct AppendedChecksum {
    const ChecksumAlgorithm* algorithm = nullptr; ///< null: none
    bool isLittle = false; ///< of a number: least significant byte first

    [[nodiscard]] QByteArray of(QByteArrayView bytes) const; ///< empty where there is none
    /// As people write it: "crc-16/modbus", or "crc-16/modbus:little"; empty for none.
    [[nodiscard]] QString name() const;
};

/// The checksum of that name; else a sentence that says what there is.
[[nodiscard]] tl::expected<AppendedChecksum, QString> appendedChecksum(QStringView name);

/// What stands for more than itself in a text that somebody types.
struct TypingOptions {
    bool escapes = false; ///< \r \n \t \0 \a \b \e \f \v \\ \" \' \{ \xNN (that byte) \uNNNN \UNNNNNNNN
    bool macros = false; ///< {{time}} and its like (TextMacro)
    QByteArray encoding { "UTF-8" }; ///< a known one (isKnownEncoding())
};

/// What the macros of one text make at most, in bytes of ASCII.
inline constexpr qint64 maxMacros = 16 * 1024 * 1024;

/// A text as people type it, read once: its bytes, and what of them is made anew each time that it is sent.
class TypedText {
public:
    /// A mistake has its place in the text, in UTF-16 units: an escape or a macro that there is none of, a character
    /// that the encoding does not have. Macros are not expanded for that.
    [[nodiscard]] static filter::Result<TypedText> read(QStringView text, const TypingOptions& options);

    [[nodiscard]] bool hasMacros() const;
    [[nodiscard]] QByteArray bytes(const MacroMoment& moment = {}) const;

private:
    friend class TypedTextReader;
    struct Piece {
        enum class Kind : quint8 { Text, Bytes, Macro };
        Kind kind = Kind::Text;
        QString text;
        QByteArray bytes;
        TextMacro macro;
        std::vector<qsizetype> places; ///< of each unit of `text`; while it is read
        qsizetype at = 0; ///< of a macro
    };
    [[nodiscard]] filter::Result<QByteArray> encoded(const std::function<QString(const TextMacro&)>& expand) const;

    std::vector<Piece> m_pieces;
    QByteArray m_encoding;
    QByteArray m_bytes; ///< of a text without macros
};

} // namespace sockeye
