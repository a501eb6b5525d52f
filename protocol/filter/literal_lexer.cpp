// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/literal_lexer.h"

#include "protocol/filter/address.h"
#include "protocol/filter/lexer.h"
#include "protocol/filter/nearest.h"
#include "protocol/filter/words.h"
#include "protocol/text/utf8.h"

#include <QHash>

#include <cmath>
#include <limits>

namespace sockeye::filter {

namespace {

int hexDigit(QChar c)
{
    const char16_t u = c.unicode();
    return u >= u'0' && u <= u'9' ? u - u'0'
        : u >= u'a' && u <= u'f'  ? u - u'a' + 10
        : u >= u'A' && u <= u'F'  ? u - u'A' + 10
                                  : -1;
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

Token literalToken(qsizetype at, qsizetype end, Literal literal)
{
    return { TokenKind::Literal, at, end - at, std::move(literal) };
}

struct UnitRow {
    QStringView name;
    qint64 factor = 1;
    bool isTime = false;
};
constexpr UnitRow units[] = {
    { u"us", 1'000, true },
    { u"ms", 1'000'000, true },
    { u"s", 1'000'000'000, true },
    { u"B", 1, false },
    { u"KiB", 1 << 10, false },
    { u"MiB", 1 << 20, false },
    { u"GiB", 1 << 30, false },
};

/// What others call these units, or what goes by other numbers.
QString unitMeant(QStringView name)
{
    static const QHash<QString, QString> others {
        { QStringLiteral("µs"), QStringLiteral("us") },
        { QStringLiteral("μs"), QStringLiteral("us") },
        { QStringLiteral("sec"), QStringLiteral("s") },
        { QStringLiteral("k"), QStringLiteral("KiB") },
        { QStringLiteral("kb"), QStringLiteral("KiB") },
        { QStringLiteral("m"), QStringLiteral("MiB") },
        { QStringLiteral("mb"), QStringLiteral("MiB") },
        { QStringLiteral("g"), QStringLiteral("GiB") },
        { QStringLiteral("gb"), QStringLiteral("GiB") },
    };
    const QString found = others.value(name.toString().toLower());
    return found.isEmpty() ? nearest(name, unitNames()) : found;
}

/// A number of up to 64 bits, or with a fraction or an exponent.
class NumberReader {
public:
    NumberReader(QStringView text, qsizetype at)
        : m_text(text)
        , m_begin(at)
        , m_at(at)
    {
    }

    Result<Token> read()
    {
        if (m_text[m_at] == u'-') {
            m_negative = true;
            ++m_at;
        }
        const bool isHex =
            m_at + 1 < m_text.size() && m_text[m_at] == u'0' && (m_text[m_at + 1] == u'x' || m_text[m_at + 1] == u'X');
        Value value;
        if (isHex) {
            m_at += 2;
            const qsizetype digits = m_at;
            while (m_at < m_text.size() && hexDigit(m_text[m_at]) >= 0) {
                ++m_at;
            }
            if (m_at == digits) {
                return wrong(m_begin, m_at - m_begin, tr("Hexadecimal digits follow %1.").arg(quoted(u"0x")));
            }
            value = whole(digits, 16);
        } else {
            value = decimal();
        }
        if (!value.isThere()) {
            return wrong(m_begin, m_at - m_begin, tr("This number has more than 64 bits."));
        }
        return unit(value, isHex);
    }

private:
    Value whole(qsizetype digits, int base)
    {
        bool fits = false;
        const quint64 size = m_text.sliced(digits, m_at - digits).toULongLong(&fits, base);
        if (!fits || (m_negative && size > quint64(1) << 63)) {
            return {};
        }
        return m_negative ? Value::number(static_cast<qint64>(0 - size)) : Value::unsignedNumber(size);
    }
    void digits()
    {
        while (m_at < m_text.size() && isDigit(m_text[m_at])) {
            ++m_at;
        }
    }
    [[nodiscard]] bool digitAt(qsizetype at) const { return at < m_text.size() && isDigit(m_text[at]); }

    Value decimal()
    {
        const qsizetype begin = m_at;
        bool isReal = false;
        digits();
        if (m_at < m_text.size() && m_text[m_at] == u'.' && digitAt(m_at + 1)) {
            isReal = true;
            ++m_at;
            digits();
        }
        if (m_at < m_text.size() && (m_text[m_at] == u'e' || m_text[m_at] == u'E')) {
            const bool hasSign = m_at + 1 < m_text.size() && (m_text[m_at + 1] == u'-' || m_text[m_at + 1] == u'+');
            if (digitAt(m_at + (hasSign ? 2 : 1))) {
                isReal = true;
                m_at += hasSign ? 2 : 1;
                digits();
            }
        }
        if (!isReal) {
            return whole(begin, 10);
        }
        const double size = m_text.sliced(begin, m_at - begin).toDouble();
        return std::isfinite(size) ? Value::realNumber(m_negative ? -size : size) : Value();
    }

    Result<Token> unit(const Value& value, bool isHex)
    {
        // "50 ms" as well as "50ms"; a word behind a blank that is no unit belongs to what follows.
        qsizetype begin = m_at;
        while (begin < m_text.size() && m_text[begin].isSpace()) {
            ++begin;
        }
        qsizetype end = begin;
        while (end < m_text.size() && (isInName(m_text[end]) || m_text[end] == u'µ')) {
            ++end;
        }
        const QStringView name = m_text.sliced(begin, end - begin);
        for (const UnitRow& row : units) {
            if (name == row.name) {
                return scaled(value, row, end);
            }
        }
        if (!name.isEmpty() && begin == m_at) {
            const QString meant = isHex ? QString() : unitMeant(name);
            const QString sentence =
                tr("%1 is no unit; the units are us, ms, s, B, KiB, MiB and GiB.").arg(quoted(name));
            return wrong(begin, name.size(),
                meant.isEmpty() ? sentence : tr("%1 is no unit; did you mean %2?").arg(quoted(name), quoted(meant)),
                meant);
        }
        return literalToken(m_begin, m_at, { value, {}, Unit::None });
    }

    [[nodiscard]] Result<Token> scaled(const Value& value, const UnitRow& row, qsizetype end) const
    {
        constexpr double most = 9.2e18;
        const double about = value.isReal ? value.real : value.isUnsigned ? most : static_cast<double>(value.integer);
        if (std::abs(about) * static_cast<double>(row.factor) >= most) {
            return wrong(m_begin, end - m_begin, tr("This is more than can be counted."));
        }
        const qint64 exact =
            value.isReal ? std::llround(value.real * static_cast<double>(row.factor)) : value.integer * row.factor;
        if (row.isTime) {
            return literalToken(m_begin, end, { Value::time(exact), {}, Unit::None });
        }
        const double scaledReal = about * static_cast<double>(row.factor);
        const bool isWhole = !value.isReal || scaledReal == std::trunc(scaledReal);
        return literalToken(
            m_begin, end, { isWhole ? Value::number(exact) : Value::realNumber(scaledReal), {}, Unit::Bytes });
    }

    QStringView m_text;
    qsizetype m_begin;
    qsizetype m_at;
    bool m_negative = false;
};

/// Pairs of digits with a colon between each two of them, all of the word.
std::optional<Token> readBytes(QStringView word, qsizetype at)
{
    if (word.size() < 5 || word.size() % 3 != 2) {
        return std::nullopt;
    }
    Literal literal;
    for (qsizetype i = 0; i < word.size(); i += 3) {
        const int high = hexDigit(word[i]);
        const int low = hexDigit(word[i + 1]);
        if (high < 0 || low < 0 || (i + 2 < word.size() && word[i + 2] != u':')) {
            return std::nullopt;
        }
        literal.storage.append(static_cast<char>(high << 4 | low));
    }
    literal.value = Value::bytes(literal.storage);
    return literalToken(at, at + word.size(), std::move(literal));
}

std::optional<Result<Token>> readAddress(QStringView text, QStringView word, qsizetype at)
{
    const auto read = addressFrom(word.toLatin1());
    if (!read) {
        return std::nullopt;
    }
    Literal literal;
    literal.storage = read->view().toByteArray();
    literal.value = Value::address(literal.storage);
    qsizetype end = at + word.size();
    if (end + 1 < text.size() && text[end] == u'/' && isDigit(text[end + 1])) {
        const qsizetype digits = ++end;
        while (end < text.size() && isDigit(text[end])) {
            ++end;
        }
        bool fits = false;
        const uint bits = text.sliced(digits, end - digits).toUInt(&fits);
        if (!fits || bits > 8 * static_cast<uint>(read->size)) {
            return Result<Token>(
                wrong(digits, end - digits, tr("An address like this has %1 bits.").arg(8 * read->size)));
        }
        literal.value.bits = static_cast<quint8>(bits);
    }
    return literalToken(at, end, std::move(literal));
}

/// The value of `\xNN` and `\uNNNN`; -1 where digits are missing.
int codeAt(QStringView text, qsizetype at, qsizetype digits)
{
    int code = 0;
    for (qsizetype i = at; i < at + digits; ++i) {
        const int digit = i < text.size() ? hexDigit(text[i]) : -1;
        if (digit < 0) {
            return -1;
        }
        code = code * 16 + digit;
    }
    return code;
}

/// Appends what the escape at `at` says; returns where it ends, or at most `at` where it is none.
qsizetype readEscape(QStringView text, qsizetype at, QByteArray& out)
{
    const QChar kind = at + 1 < text.size() ? text[at + 1] : QChar();
    static constexpr QStringView plain = u"\"\\nrt0";
    static constexpr char meant[] = { '"', '\\', '\n', '\r', '\t', '\0' };
    if (const qsizetype index = plain.indexOf(kind); index >= 0 && !kind.isNull()) {
        out.append(meant[index]);
        return at + 2;
    }
    if (kind == u'x') {
        const int code = codeAt(text, at + 2, 2);
        if (code >= 0) {
            out.append(static_cast<char>(code));
            return at + 4;
        }
    }
    if (kind == u'u') {
        const int code = codeAt(text, at + 2, 4);
        const auto unit = static_cast<char32_t>(code);
        if (code >= 0 && QChar::isHighSurrogate(unit) && text.sliced(at + 6).startsWith(u"\\u")) {
            const int low = codeAt(text, at + 8, 4);
            if (low >= 0 && QChar::isLowSurrogate(static_cast<char32_t>(low))) {
                appendUtf8(out, QChar::surrogateToUcs4(static_cast<char16_t>(code), static_cast<char16_t>(low)));
                return at + 12;
            }
        }
        if (code >= 0 && !QChar::isSurrogate(unit)) {
            appendUtf8(out, unit);
            return at + 6;
        }
    }
    return at;
}

} // namespace

const QStringList& unitNames()
{
    static const QStringList names = [] {
        QStringList list;
        for (const UnitRow& row : units) {
            list.append(row.name.toString());
        }
        return list;
    }();
    return names;
}

Result<Token> readText(QStringView text, qsizetype at)
{
    QByteArray out;
    qsizetype plain = at + 1;
    const auto flush = [&](qsizetype end) { out += text.sliced(plain, end - plain).toUtf8(); };
    for (qsizetype i = at + 1; i < text.size();) {
        if (text[i] == u'"') {
            flush(i);
            return literalToken(at, i + 1, textLiteral(out));
        }
        if (text[i] != u'\\') {
            ++i;
            continue;
        }
        flush(i);
        const qsizetype end = readEscape(text, i, out);
        if (end == i) {
            const qsizetype length = qMin<qsizetype>(2, text.size() - i);
            return wrong(i, length,
                tr("%1 is no escape; they are \\\" \\\\ \\n \\r \\t \\0 \\xNN \\uNNNN. A regular expression is easier "
                   "to "
                   "write as r\"…\".")
                    .arg(quoted(text.sliced(i, length))));
        }
        i = plain = end;
    }
    return wrong(at, text.size() - at, tr("This text has no end: a closing %1 is missing.").arg(quoted(u"\"")));
}

Result<Token> readRaw(QStringView text, qsizetype at)
{
    for (qsizetype i = at + 2; i < text.size(); ++i) {
        if (text[i] == u'\\') {
            ++i;
        } else if (text[i] == u'"') {
            return Token { TokenKind::Raw, at, i + 1 - at, textLiteral(text.sliced(at + 2, i - at - 2).toUtf8()) };
        }
    }
    return wrong(at, text.size() - at, tr("This text has no end: a closing %1 is missing.").arg(quoted(u"\"")));
}

std::optional<Result<Token>> readPlain(QStringView text, qsizetype at)
{
    // Bytes and addresses may begin like names and like numbers; their colons and dots tell.
    qsizetype end = at;
    qsizetype colons = 0;
    qsizetype dots = 0;
    while (end < text.size()) {
        const QChar c = text[end];
        if (c == u'.' && (end + 1 >= text.size() || hexDigit(text[end + 1]) < 0)) {
            break;
        }
        if (c != u':' && c != u'.' && hexDigit(c) < 0) {
            break;
        }
        colons += c == u':' ? 1 : 0;
        dots += c == u'.' ? 1 : 0;
        ++end;
    }
    const QStringView word = text.sliced(at, end - at);
    const bool isNumber = isDigit(text[at]) || (text[at] == u'-' && at + 1 < text.size() && isDigit(text[at + 1]));
    if (colons > 0 && word.size() > 1) {
        if (auto bytes = readBytes(word, at)) {
            return Result<Token>(*std::move(bytes));
        }
        if (auto address = readAddress(text, word, at)) {
            return address;
        }
        return Result<Token>(wrong(at, word.size(),
            tr("%1 is neither bytes, such as `00:67:ff`, nor an address, such as `::1`.").arg(quoted(word))));
    }
    if (isNumber && dots > 1) {
        if (auto address = readAddress(text, word, at)) {
            return address;
        }
        return Result<Token>(
            wrong(at, word.size(), tr("%1 is no address: four numbers up to 255 are one.").arg(quoted(word))));
    }
    if (isNumber) {
        return NumberReader(text, at).read();
    }
    return std::nullopt;
}

Result<Token> readIndex(QStringView text, qsizetype at)
{
    qsizetype end = text[at] == u'-' ? at + 1 : at;
    while (end < text.size() && isDigit(text[end])) {
        ++end;
    }
    bool fits = false;
    const qint64 value = text.sliced(at, end - at).toLongLong(&fits);
    if (!fits) {
        return wrong(at, qMax<qsizetype>(1, end - at), tr("A whole number is expected here."));
    }
    return literalToken(at, end, { Value::number(value), {}, Unit::None });
}

} // namespace sockeye::filter
