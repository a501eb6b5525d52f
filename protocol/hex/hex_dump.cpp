// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/hex/hex_dump.h"

#include "protocol/hex/hex_dump_line.h"

#include <algorithm>

namespace sockeye::hex {

namespace {

using Kind = DumpLine::Kind;

constexpr std::size_t maxHeading = 2; // lines
constexpr qsizetype maxRepeated = 64 * 1024 * 1024; // bytes of a dump with stars
constexpr qsizetype minSureOffset = 4; // digits that nobody writes as a byte
constexpr qsizetype minWordOffset = 6; // od and hexdump write at least so many
constexpr quint64 maxLine = 4096; // bytes of a line, as far as an offset may announce them

/// How much the lines look like a dump before their offsets are compared.
enum class Likeness : quint8 { None, IfOffsetsFollow, Sure };

struct Lines {
    std::vector<DumpLine> lines; ///< without blank ones
    bool hasHeading = false;
    std::optional<qsizetype> foreign; ///< where a line begins that is none of the dump
};

/// Something that says what follows, as tcpdump and tshark do: not only digits.
bool isProse(QStringView line)
{
    return std::any_of(line.begin(), line.end(), [](QChar c) { return c.isLetter() && digit(c) < 0; });
}

Lines linesOf(QStringView text)
{
    Lines result;
    std::size_t heading = 0;
    for (qsizetype begin = 0; begin < text.size();) {
        const qsizetype found = text.indexOf(u'\n', begin);
        const qsizetype end = found < 0 ? text.size() : found;
        DumpLine line = parseDumpLine(text, begin, end);
        begin = end + 1;
        if (line.kind == Kind::Blank) {
            continue;
        }
        if (line.kind == Kind::Other && result.lines.empty() && heading < maxHeading
            && isProse(text.sliced(line.begin, line.end - line.begin))) {
            ++heading;
            continue;
        }
        if (line.kind == Kind::Other) {
            result.foreign = line.begin;
            break;
        }
        result.lines.push_back(std::move(line));
    }
    result.hasHeading = heading > 0;
    return result;
}

bool isZero(QStringView digits)
{
    return std::all_of(digits.begin(), digits.end(), [](QChar c) { return c == u'0'; });
}

/// One line without a colon: it has to begin a dump, with a gap that sets the offset apart or a text that fits.
bool isLoneLine(QStringView text, const DumpLine& line)
{
    if (!line.hasPairsOnly() || !isZero(line.offset)) {
        return false;
    }
    const auto cut = cutDumpLine(text, line, -1, -1);
    return line.groups.front().gap >= 2 || (cut && cut->isTextRight);
}

Likeness likenessOf(QStringView text, const Lines& found)
{
    const std::vector<DumpLine>& lines = found.lines;
    if (lines.empty() || lines.front().kind != Kind::Data) {
        return Likeness::None;
    }
    const auto all = [&lines](const auto& test) { return std::all_of(lines.begin(), lines.end(), test); };
    const bool hasOffsets =
        all([](const DumpLine& line) { return line.kind == Kind::Repeats || line.offset.size() >= minSureOffset; });
    const bool hasColons = all([](const DumpLine& line) { return line.kind != Kind::Data || line.hasColon; });
    if (hasColons) {
        return hasOffsets ? Likeness::Sure : lines.size() > 1 ? Likeness::IfOffsetsFollow : Likeness::None;
    }
    if (!hasOffsets) {
        return Likeness::None;
    }
    if (lines.size() == 1) {
        return isLoneLine(text, lines.front()) ? Likeness::IfOffsetsFollow : Likeness::None;
    }
    return all([](const DumpLine& line) { return line.hasPairsOnly(); }) ? Likeness::Sure : Likeness::IfOffsetsFollow;
}

/// Words as od -x and hexdump write them, in the byte order of the machine that ran.
bool areWords(const std::vector<DumpLine>& lines)
{
    return std::all_of(lines.begin(), lines.end(), [](const DumpLine& line) {
        return line.kind != Kind::Data
            || (!line.hasColon && line.offset.size() >= minWordOffset && !line.hasPairsOnly());
    });
}

/// From offset 0 to an offset alone, as od and hexdump end. Of words the last may be longer than what is left.
bool hasBothEnds(const std::vector<DumpLine>& lines)
{
    return isZero(lines.front().offset) && lines.back().kind == Kind::Offset;
}

/// Puts the lines together, with their offsets read in one base.
class DumpBytes {
public:
    DumpBytes(QStringView text, const std::vector<DumpLine>& lines, int radix)
        : m_text(text)
        , m_lines(lines)
        , m_radix(radix)
    {
    }

    HexResult<Dump> read()
    {
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            if (m_lines[i].kind == Kind::Repeats) {
                if (m_star || i == 0 || i + 1 == m_lines.size()) {
                    return tl::unexpected(HexError { m_lines[i].begin,
                        say("“*” stands for the line before it, and nothing behind it says how often.") });
                }
                m_star = true;
                continue;
            }
            auto added = add(i);
            if (!added) {
                return tl::unexpected(added.error());
            }
        }
        return std::move(m_dump);
    }

private:
    HexResult<void> add(std::size_t i)
    {
        const DumpLine& line = m_lines[i];
        const std::optional<quint64> offset = line.offsetValue(m_radix);
        if (!offset) {
            return tl::unexpected(HexError { line.offsetAt, say("This is no offset like the others.") });
        }
        if (i == 0) {
            m_start = *offset;
        }
        const quint64 expected = m_start + static_cast<quint64>(m_dump.bytes.size());
        if (m_star) {
            if (auto repeated = repeat(line, *offset - expected); !repeated) {
                return repeated;
            }
        } else if (*offset != expected) {
            return tl::unexpected(HexError { line.offsetAt, wrongOffset(line, *offset, expected) });
        }
        if (line.kind == Kind::Offset) {
            return i + 1 == m_lines.size() ? HexResult<void>()
                                           : tl::unexpected(HexError { line.offsetAt, say("This line has no bytes.") });
        }
        const auto cut = cutDumpLine(m_text, line, wantedOf(i, *offset), m_textColumn);
        if (!cut) {
            return tl::unexpected(cut.error());
        }
        if (cut->hasText) {
            m_dump.hasText = true;
            takeTextColumn(line, cut->bytes.size());
        }
        m_lastLine = cut->bytes;
        m_dump.bytes += cut->bytes;
        return {};
    }

    /// How many bytes the next offset says that the line has.
    qint64 wantedOf(std::size_t i, quint64 offset) const
    {
        if (i + 1 >= m_lines.size() || m_lines[i + 1].kind == Kind::Repeats) {
            return -1;
        }
        const quint64 next = m_lines[i + 1].offsetValue(m_radix).value_or(offset);
        return next > offset && next - offset <= maxLine ? static_cast<qint64>(next - offset) : -1;
    }

    HexResult<void> repeat(const DumpLine& line, quint64 size)
    {
        m_star = false;
        m_dump.hasRepeats = true;
        const auto width = static_cast<quint64>(m_lastLine.size());
        // Not the sum: a line that goes backwards is a number beyond all others here.
        if (size > static_cast<quint64>(qMax<qsizetype>(0, maxRepeated - m_dump.bytes.size()))) {
            return tl::unexpected(
                HexError { line.offsetAt, say("The lines that “*” stands for would be more than 64 MiB.") });
        }
        if (width == 0 || size % width != 0) {
            return tl::unexpected(HexError { line.offsetAt,
                say("The offset does not follow: “*” before it stands for whole lines of %1 bytes.")
                    .arg(QString::number(width)) });
        }
        m_dump.bytes += m_lastLine.repeated(static_cast<qsizetype>(size / width));
        return {};
    }

    QString wrongOffset(const DumpLine& line, quint64 offset, quint64 expected) const
    {
        if (offset == m_start) {
            return say("The offsets begin again here: give one dump at a time.");
        }
        return say("The offset does not follow: the lines before it end at %1, so bytes are missing or there twice.")
            .arg(QString::number(expected, m_radix).rightJustified(line.offset.size(), u'0'));
    }

    void takeTextColumn(const DumpLine& line, qsizetype bytes)
    {
        // Of a full line: in a shorter one the text may begin with blanks that nothing tells from the gap.
        for (qsizetype sum = 0; const DumpLine::Group& group : line.groups) {
            sum += group.size / 2;
            if (sum == bytes && bytes > m_widest) {
                qsizetype at = group.at + group.size;
                while (at < line.end && isBlank(m_text[at])) {
                    ++at;
                }
                m_widest = bytes;
                m_textColumn = at - line.begin;
            }
        }
    }

    QStringView m_text;
    const std::vector<DumpLine>& m_lines;
    int m_radix;
    Dump m_dump;
    QByteArray m_lastLine;
    quint64 m_start = 0;
    qsizetype m_textColumn = -1;
    qsizetype m_widest = 0;
    bool m_star = false;
};

/// The bases that offsets like these may have: od writes seven digits for octal and decimal ones, and xxd -d as many as
/// for hexadecimal ones.
std::vector<int> radicesOf(const DumpLine& line)
{
    constexpr qsizetype sizeOfOd = 7;
    if (line.hasPrefix) {
        return { 16 };
    }
    if (line.hasColon) {
        return { 16, 10 };
    }
    return line.offset.size() == sizeOfOd ? std::vector<int> { 8, 10 } : std::vector<int> { 16 };
}

} // namespace

DumpReading readDump(QStringView text)
{
    const Lines found = linesOf(text);
    const Likeness likeness = likenessOf(text, found);
    if (likeness == Likeness::None) {
        return {};
    }
    const bool isSure = likeness == Likeness::Sure;
    if (found.foreign) {
        return { {}, isSure,
            { *found.foreign,
                say("This is no line of a hex dump: give one dump at a time, from its first line to its last.") } };
    }
    const bool hasWords = areWords(found.lines);
    std::optional<Dump> dump;
    std::optional<HexError> error;
    for (const int radix : radicesOf(found.lines.front())) {
        HexResult<Dump> read = DumpBytes(text, found.lines, radix).read();
        if (hasWords && (read || hasBothEnds(found.lines))) {
            return { {}, true,
                { found.lines.front().groups.front().at,
                    say("These are words in the byte order of the machine that made the dump: make it with single "
                        "bytes (hexdump -C, od -Ax -tx1).") } };
        }
        if (read && dump && read->bytes.size() != dump->bytes.size()) {
            return { {}, true,
                { found.lines.front().offsetAt,
                    say("These offsets fit as octal and as decimal numbers: make the dump with hexadecimal ones (od "
                        "-Ax "
                        "-tx1).") } };
        }
        if (read && !dump) {
            dump = std::move(*read);
            if (found.lines.front().hasColon) { // decimal offsets are rare there
                break;
            }
        } else if (!read && !error) {
            error = read.error();
        }
    }
    if (dump) {
        dump->hasHeading = found.hasHeading;
        return { std::move(dump), true, {} };
    }
    return { {}, isSure, error.value_or(HexError()) };
}

} // namespace sockeye::hex
