// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/typed_text.h"

#include "protocol/content/text_codec.h"
#include "protocol/content/text_stream.h"
#include "protocol/text/utf8.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <variant>

namespace sockeye {

namespace {

QString typedText(const char* text)
{
    return QCoreApplication::translate("sockeye::TypedText", text);
}

/// "U+4E2D"
QString codePointText(const QString& character)
{
    const QList<uint> points = character.toUcs4();
    return points.isEmpty() ? QString()
                            : QString(u"U+" + QString::number(points.first(), 16).toUpper().rightJustified(4, u'0'));
}

constexpr QStringView littleSuffix = u":little";

struct Escape {
    char16_t letter;
    char16_t meaning;
};

constexpr Escape simpleEscapes[] = { { u'r', u'\r' }, { u'n', u'\n' }, { u't', u'\t' }, { u'0', u'\0' },
    { u'a', u'\a' }, { u'b', u'\b' }, { u'e', u'\x1b' }, { u'f', u'\f' }, { u'v', u'\v' }, { u'\\', u'\\' },
    { u'"', u'"' }, { u'\'', u'\'' }, { u'{', u'{' }, { u'}', u'}' } };

} // namespace

QByteArray AppendedChecksum::of(QByteArrayView bytes) const
{
    if (algorithm == nullptr) {
        return {};
    }
    QByteArray sum = checksum(*algorithm, bytes);
    if (isLittle && isNumeric(*algorithm)) {
        std::reverse(sum.begin(), sum.end());
    }
    return sum;
}

QString AppendedChecksum::name() const
{
    return algorithm == nullptr ? QString()
                                : QString(checksumName(*algorithm) + (isLittle ? littleSuffix : QStringView()));
}

tl::expected<AppendedChecksum, QString> appendedChecksum(QStringView name)
{
    AppendedChecksum sum;
    sum.isLittle = name.endsWith(littleSuffix, Qt::CaseInsensitive);
    const QStringView bare = sum.isLittle ? name.chopped(littleSuffix.size()) : name;
    sum.algorithm = checksumNamed(bare.trimmed().toUtf8());
    if (sum.algorithm == nullptr) {
        return tl::unexpected(typedText(
            QT_TRANSLATE_NOOP("sockeye::TypedText",
                "There is no checksum “%1”: there are those of the CRC catalogue, as crc-16/modbus, "
                "crc-16/ibm-3740, crc-32/iso-hdlc, and adler-32, sum-8, xor-8, internet, md5, sha-1, sha-256; "
                "“:little” behind a name has the least significant byte first."))
                                  .arg(visibleText(bare.left(60))));
    }
    return sum;
}

/// Goes through a text once.
class TypedTextReader {
public:
    TypedTextReader(QStringView text, const TypingOptions& options)
        : m_text(text)
        , m_options(options)
    {
    }

    filter::Result<TypedText> read()
    {
        while (m_at < m_text.size()) {
            if (const auto taken = takeOne(); !taken) {
                return tl::unexpected(taken.error());
            }
        }
        m_typed.m_encoding = m_options.encoding;
        // Each character is looked at now: a repetition that has begun is no place for a mistake.
        auto bytes = m_typed.encoded([](const TextMacro&) { return QStringLiteral("0"); });
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        for (TypedText::Piece& piece : m_typed.m_pieces) {
            piece.places = {};
        }
        if (!m_typed.hasMacros()) {
            m_typed.m_bytes = *std::move(bytes);
            m_typed.m_pieces.clear();
        }
        return std::move(m_typed);
    }

private:
    using Piece = TypedText::Piece;
    using Done = filter::Result<std::monostate>;

    Done takeOne()
    {
        if (m_options.escapes && m_text[m_at] == u'\\') {
            return takeEscape();
        }
        if (m_options.macros && m_text.sliced(m_at).startsWith(u"{{")) {
            return takeMacro();
        }
        add(m_text[m_at], m_at);
        ++m_at;
        return {};
    }

    Piece& piece(Piece::Kind kind)
    {
        if (m_typed.m_pieces.empty() || m_typed.m_pieces.back().kind != kind || kind == Piece::Kind::Macro) {
            m_typed.m_pieces.emplace_back().kind = kind;
        }
        return m_typed.m_pieces.back();
    }

    void add(QChar character, qsizetype at)
    {
        Piece& text = piece(Piece::Kind::Text);
        text.text.append(character);
        text.places.push_back(at);
    }

    Done takeEscape()
    {
        const qsizetype begin = m_at;
        if (begin + 1 == m_text.size()) {
            return filter::wrong(begin, 1,
                typedText(QT_TRANSLATE_NOOP("sockeye::TypedText",
                    "A backslash begins an escape, as in \\n, and nothing follows this one: \\\\ is a backslash.")));
        }
        const char16_t letter = m_text[begin + 1].unicode();
        m_at += 2;
        switch (letter) {
        case u'x':
            return takeDigits(begin, 2);
        case u'u':
            return takeDigits(begin, 4);
        case u'U':
            return takeDigits(begin, 8);
        default:
            break;
        }
        const auto* const escape = std::find_if(std::begin(simpleEscapes), std::end(simpleEscapes),
            [letter](const Escape& each) { return each.letter == letter; });
        if (escape == std::end(simpleEscapes)) {
            return filter::wrong(begin, 2,
                typedText(QT_TRANSLATE_NOOP("sockeye::TypedText",
                              "There is no escape “%1”: there are \\r \\n \\t \\0 \\a \\b \\e \\f \\v \\xNN \\uNNNN "
                              "\\UNNNNNNNN, and \\\\ for a backslash."))
                    .arg(visibleText(m_text.sliced(begin, 2))));
        }
        add(QChar(escape->meaning), begin);
        return {};
    }

    std::optional<quint32> digits(qsizetype at, int count) const
    {
        quint32 value = 0;
        if (at + count > m_text.size()) {
            return std::nullopt;
        }
        for (const QChar digit : m_text.sliced(at, count)) {
            const char16_t c = digit.unicode();
            const int worth = c >= u'0' && c <= u'9' ? c - u'0'
                : c >= u'a' && c <= u'f'             ? c - u'a' + 10
                : c >= u'A' && c <= u'F'             ? c - u'A' + 10
                                                     : -1;
            if (worth < 0) {
                return std::nullopt;
            }
            value = value * 16 + static_cast<quint32>(worth);
        }
        return value;
    }

    /// Of a byte, or of a character: two \u of a pair are one.
    Done takeDigits(qsizetype begin, int count)
    {
        const std::optional<quint32> value = digits(m_at, count);
        if (!value) {
            return filter::wrong(begin, std::min<qsizetype>(2 + count, m_text.size() - begin),
                typedText(QT_TRANSLATE_NOOP("sockeye::TypedText", "Behind %1 %2 hexadecimal digits are expected."))
                    .arg(m_text.sliced(begin, 2).toString(), QString::number(count)));
        }
        m_at += count;
        if (count == 2) {
            piece(Piece::Kind::Bytes).bytes.append(static_cast<char>(*value));
            return {};
        }
        quint32 point = *value;
        if (count == 4 && QChar::isHighSurrogate(point) && m_text.sliced(m_at).startsWith(u"\\u")) {
            if (const auto low = digits(m_at + 2, 4); low && QChar::isLowSurrogate(*low)) {
                point = QChar::surrogateToUcs4(static_cast<char16_t>(point), static_cast<char16_t>(*low));
                m_at += 6;
            }
        }
        if (point > 0x10ffff || QChar::isSurrogate(point)) {
            return filter::wrong(begin, m_at - begin,
                typedText(QT_TRANSLATE_NOOP("sockeye::TypedText", "“%1” is no character of Unicode."))
                    .arg(m_text.sliced(begin, m_at - begin).toString()));
        }
        for (const QChar unit : QString::fromUcs4(reinterpret_cast<const char32_t*>(&point), 1)) {
            add(unit, begin);
        }
        return {};
    }

    Done takeMacro()
    {
        const qsizetype end = m_text.indexOf(u"}}", m_at + 2);
        if (end < 0) {
            return filter::wrong(m_at, m_text.size() - m_at,
                typedText(QT_TRANSLATE_NOOP("sockeye::TypedText",
                    "“{{” begins a macro, and “}}” is missing. Where it is no macro: switch them off.")));
        }
        const auto macro = readMacro(m_text.sliced(m_at + 2, end - m_at - 2), m_at + 2);
        if (!macro) {
            return tl::unexpected(macro.error());
        }
        m_made += macro->longest();
        if (m_made > maxMacros) {
            return filter::wrong(m_at, end + 2 - m_at,
                typedText(QT_TRANSLATE_NOOP("sockeye::TypedText",
                    "The macros of one text make no more than 16 MiB, and with this one they would.")));
        }
        Piece& added = piece(Piece::Kind::Macro);
        added.macro = *macro;
        added.at = m_at;
        m_at = end + 2;
        return {};
    }

    QStringView m_text;
    qint64 m_made = 0; ///< by macros, at most
    const TypingOptions& m_options;
    qsizetype m_at = 0;
    TypedText m_typed;
};

filter::Result<TypedText> TypedText::read(QStringView text, const TypingOptions& options)
{
    return TypedTextReader(text, options).read();
}

bool TypedText::hasMacros() const
{
    return std::any_of(
        m_pieces.begin(), m_pieces.end(), [](const Piece& piece) { return piece.kind == Piece::Kind::Macro; });
}

filter::Result<QByteArray> TypedText::encoded(const std::function<QString(const TextMacro&)>& expand) const
{
    QByteArray bytes;
    TextEncoder encoder(m_encoding);
    for (const Piece& piece : m_pieces) {
        if (piece.kind == Piece::Kind::Bytes) {
            bytes += piece.bytes;
            continue;
        }
        const auto encoded = encoder.encode(piece.kind == Piece::Kind::Macro ? expand(piece.macro) : piece.text);
        if (!encoded) {
            const auto unit = static_cast<std::size_t>(encoded.error());
            const bool isKnown = unit < piece.places.size();
            const QString character = isKnown
                ? piece.text.mid(encoded.error(), piece.text[encoded.error()].isHighSurrogate() ? 2 : 1)
                : QString();
            return filter::wrong(isKnown ? piece.places[unit] : piece.at, std::max<qsizetype>(1, character.size()),
                typedText(QT_TRANSLATE_NOOP("sockeye::TypedText", "%1 has no “%2” (%3)."))
                    .arg(QString::fromLatin1(m_encoding), visibleText(character), codePointText(character)));
        }
        bytes += *encoded;
    }
    return bytes;
}

QByteArray TypedText::bytes(const MacroMoment& moment) const
{
    return m_pieces.empty()
        ? m_bytes
        : encoded([&moment](const TextMacro& macro) { return macro.expanded(moment); }).value_or(QByteArray());
}

} // namespace sockeye
