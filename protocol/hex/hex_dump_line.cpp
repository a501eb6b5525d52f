// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/hex/hex_dump_line.h"

#include <algorithm>

namespace sockeye::hex {

namespace {

constexpr std::size_t maxGroups = 512; // of a line; no program writes more
constexpr std::size_t maxCuts = 16; // places where a text column might begin
constexpr qsizetype minOffset = 2;
constexpr qsizetype minBareOffset = 4; // without a colon behind it
constexpr qsizetype maxOffset = 16;
constexpr qsizetype columnGap = 2; // blanks before a text column, at least
constexpr qsizetype halfLine = 8; // Wireshark parts the text behind that many characters

qsizetype skipBlanks(QStringView text, qsizetype at, qsizetype end)
{
    while (at < end && isBlank(text[at])) {
        ++at;
    }
    return at;
}

qsizetype skipDigits(QStringView text, qsizetype at, qsizetype end)
{
    while (at < end && digit(text[at]) >= 0) {
        ++at;
    }
    return at;
}

/// Whether a text column shows `byte` as `c`.
bool shows(char byte, QChar c)
{
    const auto value = static_cast<uchar>(byte);
    if (value >= 0x20 && value < 0x7f) {
        return c.unicode() == value;
    }
    return c == u'.' || c.unicode() >= 0x80 || (c == u' ' && value < 0x80);
}

bool showsAll(QByteArrayView bytes, QStringView shown)
{
    return std::equal(bytes.begin(), bytes.end(), shown.begin(), shown.end(), shows);
}

/// Whether `column`, blanks before it included, shows the bytes.
bool isTextOf(QByteArrayView bytes, QStringView column)
{
    const QStringView plain = column.trimmed();
    const bool isBarred = plain.size() >= 2
        && ((plain.front() == u'|' && plain.back() == u'|') || (plain.front() == u'>' && plain.back() == u'<'));
    if (isBarred) {
        return showsAll(bytes, plain.sliced(1, plain.size() - 2));
    }
    // The text ends with the line, and may begin with blanks itself.
    if (column.size() >= bytes.size() + columnGap && showsAll(bytes, column.last(bytes.size()))) {
        return column.chopped(bytes.size()).trimmed().isEmpty();
    }
    if (const qsizetype parted = bytes.size() + 1; bytes.size() > halfLine && column.size() >= parted + columnGap) {
        const QStringView shown = column.last(parted);
        if (shown[halfLine] == u' ' && showsAll(bytes.first(halfLine), shown.first(halfLine))
            && showsAll(bytes.sliced(halfLine), shown.sliced(halfLine + 1))) {
            return column.chopped(parted).trimmed().isEmpty();
        }
    }
    // Blanks at the end are easily lost.
    const QByteArrayView lost = bytes.sliced(qMin(bytes.size(), plain.size()));
    return !plain.isEmpty() && !lost.isEmpty() && std::all_of(lost.begin(), lost.end(), [](char c) { return c == ' '; })
        && showsAll(bytes.first(plain.size()), plain);
}

QByteArray bytesOf(QStringView text, const DumpLine& line, std::size_t groups, bool reversed = false)
{
    QByteArray bytes;
    for (std::size_t i = 0; i < groups; ++i) {
        const qsizetype before = bytes.size();
        appendBytes(bytes, text.sliced(line.groups[i].at, line.groups[i].size));
        if (reversed) {
            std::reverse(bytes.begin() + before, bytes.end());
        }
    }
    return bytes;
}

/// What stands behind the first `groups` groups.
QStringView behind(QStringView text, const DumpLine& line, std::size_t groups)
{
    const DumpLine::Group& last = line.groups[groups - 1];
    const qsizetype at = last.at + last.size;
    return text.sliced(at, line.end - at);
}

/// After how many groups the bytes may end.
std::vector<std::size_t> possibleCuts(const DumpLine& line)
{
    std::vector<std::size_t> cuts;
    for (std::size_t i = 1; i < line.groups.size() && cuts.size() < maxCuts; ++i) {
        if (line.groups[i].gap >= columnGap) {
            cuts.push_back(i);
        }
    }
    cuts.push_back(line.groups.size());
    return cuts;
}

/// Digits that are left over where a text column might begin.
std::optional<HexError> wrongRest(QStringView text, const DumpLine& line)
{
    if (line.rest == line.end || text[line.rest] == u'|' || text[line.rest] == u'>') {
        return std::nullopt;
    }
    const qsizetype digits = skipDigits(text, line.rest, line.end);
    const bool isNumber = digits > line.rest && (digits == line.end || isBlank(text[digits]));
    const DumpLine::Group& last = line.groups.back();
    const bool isClose = line.rest - last.at - last.size < columnGap;
    if (isNumber && (isClose || digits == line.end)) {
        return halfByte(text, digits - 1);
    }
    return isClose ? std::optional(noDigit(text, isNumber ? line.rest : digits)) : std::nullopt;
}

/// Numbers in an order or of a base that does not show the bytes as they follow each other.
std::optional<HexError> wrongGroups(QStringView text, const DumpLine& line, std::size_t groups)
{
    const QStringView column = behind(text, line, groups);
    const auto isBinary = [&](const DumpLine::Group& group) {
        const QStringView digits = text.sliced(group.at, group.size);
        return digits.size() == 8 && digits.count(u'0') + digits.count(u'1') == 8;
    };
    const auto first = line.groups.begin();
    if (std::all_of(first, first + static_cast<std::ptrdiff_t>(groups), isBinary)
        && column.trimmed().size() == static_cast<qsizetype>(groups)) {
        return HexError { line.groups.front().at,
            say("These are binary digits: make the dump in hexadecimal (xxd without -b).") };
    }
    if (!line.hasPairsOnly() && isTextOf(bytesOf(text, line, groups, true), column)) {
        return HexError { line.groups.front().at,
            say("These are words whose bytes are swapped: make the dump with single bytes (xxd without -e).") };
    }
    return std::nullopt;
}

} // namespace

std::optional<quint64> DumpLine::offsetValue(int radix) const
{
    bool isNumber = false;
    const quint64 value = offset.toULongLong(&isNumber, radix);
    return isNumber ? std::optional(value) : std::nullopt;
}

bool DumpLine::hasPairsOnly() const
{
    return std::all_of(groups.begin(), groups.end(), [](const Group& group) { return group.size == 2; });
}

DumpLine parseDumpLine(QStringView text, qsizetype begin, qsizetype end)
{
    DumpLine line;
    line.begin = begin;
    line.end = end;
    qsizetype at = skipBlanks(text, begin, end);
    if (at == end) {
        line.kind = DumpLine::Kind::Blank;
        return line;
    }
    if (text.sliced(at, end - at).trimmed() == u"*") {
        line.kind = DumpLine::Kind::Repeats;
        return line;
    }
    line.hasPrefix = hasPrefix(text.first(end), at);
    line.offsetAt = at;
    at += line.hasPrefix ? 2 : 0;
    const qsizetype digitsEnd = skipDigits(text, at, qMin(end, at + maxOffset + 1));
    line.offset = text.sliced(at, digitsEnd - at);
    at = digitsEnd;
    line.hasColon = at < end && text[at] == u':';
    at += line.hasColon ? 1 : 0;
    const qsizetype least = line.hasColon || line.hasPrefix ? minOffset : minBareOffset;
    if (line.offset.size() < least || line.offset.size() > maxOffset || (at < end && !isBlank(text[at]))) {
        return line;
    }
    while (true) {
        const qsizetype start = skipBlanks(text, at, end);
        const qsizetype digitsAt = hasPrefix(text.first(end), start) ? start + 2 : start;
        const qsizetype stop = skipDigits(text, digitsAt, end);
        const bool isGroup = stop > digitsAt && (stop - digitsAt) % 2 == 0 && (stop == end || isBlank(text[stop]));
        if (!isGroup || line.groups.size() == maxGroups) {
            line.rest = start;
            break;
        }
        line.groups.push_back({ digitsAt, stop - digitsAt, start - at });
        at = stop;
    }
    line.kind = !line.groups.empty() && line.groups.size() < maxGroups ? DumpLine::Kind::Data
        : line.rest == end && !line.hasColon                           ? DumpLine::Kind::Offset
                                                                       : DumpLine::Kind::Other;
    return line;
}

HexResult<DumpCut> cutDumpLine(QStringView text, const DumpLine& line, qint64 wanted, qsizetype textColumn)
{
    const std::vector<std::size_t> cuts = possibleCuts(line);
    const auto fits = [&](std::size_t cut) { return isTextOf(bytesOf(text, line, cut), behind(text, line, cut)); };
    const auto chosenBy = [&cuts](const auto& test) {
        const auto found = std::find_if(cuts.begin(), cuts.end(), test);
        return found == cuts.end() ? 0 : *found;
    };
    std::size_t chosen =
        wanted < 0 ? 0 : chosenBy([&](std::size_t cut) { return bytesOf(text, line, cut).size() == wanted; });
    if (chosen == 0) {
        chosen = chosenBy([&](std::size_t cut) {
            const bool isColumn = cut < line.groups.size() && line.groups[cut].at - line.begin == textColumn;
            return fits(cut) || isColumn;
        });
    }
    if (chosen == 0) {
        // Programs that write a colon leave no gap between the bytes.
        chosen = line.hasColon ? cuts.front() : cuts.back();
    }
    const bool isTextRight = fits(chosen);
    if (!isTextRight) {
        if (chosen == line.groups.size()) {
            if (const auto wrong = wrongRest(text, line)) {
                return tl::unexpected(*wrong);
            }
        }
        if (const auto wrong = wrongGroups(text, line, chosen)) {
            return tl::unexpected(*wrong);
        }
    }
    return DumpCut { bytesOf(text, line, chosen), !behind(text, line, chosen).trimmed().isEmpty(), isTextRight };
}

} // namespace sockeye::hex
