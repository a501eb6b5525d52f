// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/views/view_functions.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>
#include <QFloat16>
#include <QLocale>
#include <QtEndian>

#include <bit>
#include <cmath>
#include <optional>
#include <vector>

namespace sockeye {

namespace {

constexpr qint64 mostCount = 16 * 1024 * 1024; // bytes of one record; what a format repeats costs nothing before
constexpr qsizetype longestFormat = 1000; // characters

/// One code of a format with what stands before it: "6s", "i".
struct Code {
    char code = 'x';
    qint64 count = 1;
    qint64 size = 1; ///< of one, in bytes
    qint64 align = 1;
};

struct Format {
    bool isLittle = true;
    std::vector<Code> codes;
    qint64 size = 0; ///< of one record
};

struct CodeSize {
    char code;
    int standard; ///< 0: only with the machine's own sizes
    int native; ///< of a 64-bit machine, where it is aligned to
};

constexpr CodeSize codeSizes[] = { { 'x', 1, 1 }, { 'c', 1, 1 }, { 'b', 1, 1 }, { 'B', 1, 1 }, { '?', 1, 1 },
    { 'h', 2, 2 }, { 'H', 2, 2 }, { 'i', 4, 4 }, { 'I', 4, 4 }, { 'l', 4, 8 }, { 'L', 4, 8 }, { 'q', 8, 8 },
    { 'Q', 8, 8 }, { 'n', 0, 8 }, { 'N', 0, 8 }, { 'e', 2, 2 }, { 'f', 4, 4 }, { 'd', 8, 8 }, { 's', 1, 1 },
    { 'p', 1, 1 }, { 'P', 0, 8 } };

/// "<", ">", "!", "=" take standard sizes without gaps; "@" and nothing those of a 64-bit little-endian machine.
class FormatReader {
public:
    explicit FormatReader(const QString& text)
        : m_text(text.trimmed().toLatin1())
    {
    }

    std::optional<Format> read()
    {
        if (m_text.isEmpty() || m_text.size() > longestFormat) {
            return std::nullopt;
        }
        const char first = m_text.front();
        const bool hasPrefix = QByteArrayView("@=<>!").contains(first);
        m_isNative = !hasPrefix || first == '@';
        m_format.isLittle = first != '>' && first != '!';
        for (qsizetype at = hasPrefix ? 1 : 0; at < m_text.size();) {
            if (m_text.at(at) == ' ') {
                ++at;
                continue;
            }
            qint64 count = -1;
            while (at < m_text.size() && m_text.at(at) >= '0' && m_text.at(at) <= '9') {
                count = 10 * std::max<qint64>(count, 0) + (m_text.at(at) - '0');
                if (count > mostCount) {
                    return std::nullopt;
                }
                ++at;
            }
            if (at >= m_text.size() || !add(m_text.at(at), count < 0 ? 1 : count)) {
                return std::nullopt;
            }
            ++at;
        }
        return m_format.size > 0 ? std::optional(m_format) : std::nullopt;
    }

private:
    bool add(char letter, qint64 count)
    {
        for (const CodeSize& each : codeSizes) {
            if (each.code == letter && (m_isNative || each.standard > 0)) {
                Code code { letter, count, m_isNative ? each.native : each.standard, 1 };
                code.align = m_isNative ? code.size : 1;
                const qint64 gap = (code.align - m_format.size % code.align) % code.align;
                m_format.size += gap + code.size * count;
                m_format.codes.push_back(code);
                return m_format.size <= mostCount;
            }
        }
        return false;
    }

    QByteArray m_text;
    Format m_format;
    bool m_isNative = false;
};

QString numberText(double value)
{
    return std::isnan(value) ? QStringLiteral("nan")
        : std::isinf(value)  ? (value > 0 ? QStringLiteral("inf") : QStringLiteral("-inf"))
                             : QString::number(value, 'g', QLocale::FloatingPointShortest);
}

/// As Python writes bytes.
QString bytesText(QByteArrayView bytes)
{
    constexpr qsizetype most = 256;
    QString out = QStringLiteral("b'");
    for (const char c : bytes.first(std::min(bytes.size(), most))) {
        if (c == '\'' || c == '\\') {
            out += u'\\';
            out += QLatin1Char(c);
        } else if (c >= ' ' && c <= '~') {
            out += QLatin1Char(c);
        } else {
            out += u"\\x" + QString::fromLatin1(QByteArray(1, c).toHex());
        }
    }
    return out + (bytes.size() > most ? u"…'" : u"'");
}

template <typename T> T load(QByteArrayView bytes, bool isLittle)
{
    return isLittle ? qFromLittleEndian<T>(bytes.data()) : qFromBigEndian<T>(bytes.data());
}

QString valueText(char code, QByteArrayView bytes, bool isLittle)
{
    const bool isSigned = code >= 'a' && code <= 'z';
    switch (code) {
    case '?':
        return bytes[0] != 0 ? QStringLiteral("True") : QStringLiteral("False");
    case 'c':
        return bytesText(bytes);
    case 'e':
        return numberText(static_cast<double>(std::bit_cast<qfloat16>(load<quint16>(bytes, isLittle))));
    case 'f':
        return numberText(static_cast<double>(std::bit_cast<float>(load<quint32>(bytes, isLittle))));
    case 'd':
        return numberText(std::bit_cast<double>(load<quint64>(bytes, isLittle)));
    default:
        break;
    }
    switch (bytes.size()) {
    case 1:
        return isSigned ? QString::number(static_cast<qint8>(bytes[0]))
                        : QString::number(static_cast<quint8>(bytes[0]));
    case 2:
        return isSigned ? QString::number(load<qint16>(bytes, isLittle))
                        : QString::number(load<quint16>(bytes, isLittle));
    case 4:
        return isSigned ? QString::number(load<qint32>(bytes, isLittle))
                        : QString::number(load<quint32>(bytes, isLittle));
    default:
        return isSigned ? QString::number(load<qint64>(bytes, isLittle))
                        : QString::number(load<quint64>(bytes, isLittle));
    }
}

/// The lines of a content: a value each, with the place where it begins.
class StructLines {
public:
    StructLines(QByteArrayView content, const Format& format, const ViewLimits& limits)
        : m_content(content)
        , m_format(format)
        , m_limits(limits)
    {
    }

    /// Whether all of it was written.
    bool run()
    {
        for (qint64 begin = 0; m_content.size() - begin >= m_format.size; begin += m_format.size) {
            qint64 at = begin;
            for (const Code& code : m_format.codes) {
                at += (code.align - (at - begin) % code.align) % code.align;
                if (!write(code, at)) {
                    return false;
                }
                at += code.size * code.count;
            }
        }
        return true;
    }

    [[nodiscard]] QString take() { return m_lines.join(u'\n'); }

private:
    bool write(const Code& code, qint64 at)
    {
        if (code.code == 'x') {
            return true;
        }
        if (code.code == 's' || code.code == 'p') {
            QByteArrayView bytes = m_content.sliced(at, code.count);
            if (code.code == 'p' && !bytes.isEmpty()) {
                const auto length = std::min<qsizetype>(static_cast<quint8>(bytes[0]), bytes.size() - 1);
                bytes = bytes.sliced(1, length);
            }
            return line(at, QString::number(code.count) + QLatin1Char(code.code), bytesText(bytes));
        }
        for (qint64 i = 0; i < code.count; ++i) {
            const qint64 place = at + i * code.size;
            if (!line(place, QString(QLatin1Char(code.code)),
                    valueText(code.code, m_content.sliced(place, code.size), m_format.isLittle))) {
                return false;
            }
        }
        return true;
    }

    bool line(qint64 at, const QString& code, const QString& value)
    {
        if (m_lines.size() >= m_limits.maxValues || m_chars > m_limits.maxChars) {
            return false;
        }
        m_lines.append(QStringLiteral("%1  %2  %3")
                           .arg(QString::number(at, 16).rightJustified(6, u'0'), code.leftJustified(4), value));
        m_chars += m_lines.constLast().size() + 1;
        return true;
    }

    QByteArrayView m_content;
    const Format& m_format;
    const ViewLimits& m_limits;
    QStringList m_lines;
    qsizetype m_chars = 0;
};

} // namespace

/// `parameter` is a format in the notation of Python's module struct; a content that has several records of it shows
/// all.
ShownContent showAsStruct(QByteArrayView content, const QString& parameter, const ViewLimits& limits)
{
    ShownContent shown;
    const auto format = FormatReader(parameter).read();
    if (!format) {
        shown.problem = viewText(QT_TRANSLATE_NOOP("sockeye::ContentView",
                                     "\"%1\" is no format of Python's struct, such as \">6si\": a byte order (< or >), "
                                     "then codes with how often each comes."))
                            .arg(visibleText(QStringView(parameter), 60));
        return shown;
    }
    const QByteArrayView looked = content.first(std::min(content.size(), limits.maxBytes));
    StructLines lines(looked, *format, limits);
    shown.isCut = !lines.run() || looked.size() < content.size();
    shown.text = lines.take();
    const qint64 rest = content.size() % format->size;
    if (content.size() < format->size || (rest > 0 && !shown.isCut)) {
        shown.offset = content.size() - rest;
        shown.problem =
            viewText(QT_TRANSLATE_NOOP("sockeye::ContentView", "A record of \"%1\" has %2, but %3 are left."))
                .arg(visibleText(QStringView(parameter), 60), byteCount(format->size), byteCount(rest));
    }
    return shown;
}

} // namespace sockeye
