// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/simple_format.h"

#include "protocol/content/checksum.h"
#include "protocol/kaitai/base/words.h"

#include <algorithm>

namespace sockeye::kaitai {

namespace {

constexpr qsizetype mostFields = 500;
constexpr qsizetype longestName = 60;

bool isName(QStringView name)
{
    const auto isLetter = [](QChar c) { return c >= u'a' && c <= u'z'; };
    return !name.isEmpty() && name.size() <= longestName && isLetter(name.front())
        && std::all_of(
            name.begin(), name.end(), [&](QChar c) { return isLetter(c) || (c >= u'0' && c <= u'9') || c == u'_'; });
}

QByteArray listOf(const QByteArray& bytes)
{
    QByteArray out = "[";
    for (const char byte : bytes) {
        out += (out.size() > 1 ? ", 0x" : "0x") + QByteArray(1, byte).toHex();
    }
    return out + ']';
}

/// In double quotes, as YAML has it.
QByteArray quotedText(const QString& text)
{
    QByteArray out = "\"";
    for (const char c : text.simplified().toUtf8()) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out + '"';
}

/// Writes the fields one after the other.
class SimpleWriter {
public:
    explicit SimpleWriter(const SimpleFormat& format)
        : m_format(format)
    {
    }

    tl::expected<QByteArray, SimpleMistake> write()
    {
        if (!isName(m_format.name)) {
            return tl::unexpected(SimpleMistake { -1,
                tr("The name must be small letters, digits and underscores, and begin with a letter, like "
                   "“sensor_2”.") });
        }
        if (m_format.fields.isEmpty() || m_format.fields.size() > mostFields) {
            return tl::unexpected(SimpleMistake { -1, tr("A message has at least one field, and at most 500.") });
        }
        m_out = "# "
            + tr("How messages of “%1” are laid out, in Kaitai Struct's language (https://doc.kaitai.io).")
                  .arg(m_format.title.isEmpty() ? m_format.name : m_format.title.simplified())
                  .toUtf8()
            + "\nmeta:\n  id: " + m_format.name.toUtf8() + '\n';
        if (!m_format.title.isEmpty()) {
            m_out += "  title: " + quotedText(m_format.title) + '\n';
        }
        m_out += m_format.isLittle ? "  endian: le\n" : "  endian: be\n";
        m_out += "  -max: 1 MiB  # " + tr("longer messages are an error").toUtf8() + "\nseq:\n";
        for (qsizetype i = 0; i < m_format.fields.size(); ++i) {
            if (const QString wrong = field(i); !wrong.isEmpty()) {
                return tl::unexpected(SimpleMistake { i, wrong });
            }
        }
        return m_out;
    }

private:
    using Kind = SimpleField::Kind;

    [[nodiscard]] qsizetype placeOf(const QString& name) const
    {
        const auto found = std::find_if(m_format.fields.cbegin(), m_format.fields.cend(),
            [&name](const SimpleField& each) { return each.name == name; });
        return found - m_format.fields.cbegin();
    }

    void comment(const QString& text) { m_out += "  # " + text.toUtf8() + '\n'; }
    void line(const QByteArray& key, const QByteArray& value) { m_out += "    " + key + ": " + value + '\n'; }

    QString field(qsizetype place)
    {
        const SimpleField& field = m_format.fields.at(place);
        if (!isName(field.name)) {
            return tr("A field's name must be small letters, digits and underscores, and begin with a letter.");
        }
        if (placeOf(field.name) != place) {
            return tr("There are two fields of the name “%1”.").arg(field.name);
        }
        if (const QString about = commentOn(place); !about.isEmpty()) {
            comment(about);
        }
        m_out += "  - id: " + field.name.toUtf8() + '\n';
        switch (field.kind) {
        case Kind::Constant:
            if (field.bytes.isEmpty()) {
                return tr("Which bytes stand here is missing: give them in hexadecimal, like a5 5a.");
            }
            line("contents", listOf(field.bytes));
            return {};
        case Kind::Unsigned:
        case Kind::Signed:
            if (field.size != 1 && field.size != 2 && field.size != 4 && field.size != 8) {
                return tr("A whole number has 1, 2, 4 or 8 bytes.");
            }
            line("type", (field.kind == Kind::Signed ? "s" : "u") + QByteArray::number(field.size));
            return {};
        case Kind::Float:
            if (field.size != 4 && field.size != 8) {
                return tr("A floating-point number has 4 or 8 bytes.");
            }
            line("type", "f" + QByteArray::number(field.size));
            return {};
        case Kind::Text:
            line("type", "str");
            line("encoding", "UTF-8");
            return extent(place);
        case Kind::Bytes:
            return extent(place);
        case Kind::Checksum:
            return checksum(place);
        }
        return {};
    }

    QString extent(qsizetype place)
    {
        const SimpleField& field = m_format.fields.at(place);
        if (!field.bytes.isEmpty()) {
            line("terminator", field.bytes.size() == 1 ? "0x" + field.bytes.toHex() : listOf(field.bytes));
            return {};
        }
        if (field.sizeField.isEmpty()) {
            if (field.size <= 0) {
                return tr(
                    "How many bytes it has is missing: a number, the field that says it, or the bytes that end it.");
            }
            line("size", QByteArray::number(field.size));
            return {};
        }
        const qsizetype length = placeOf(field.sizeField);
        if (length >= place || m_format.fields.at(length).kind != Kind::Unsigned) {
            return tr("Its length must be an unsigned number that stands before it, but “%1” is none.")
                .arg(field.sizeField.left(longestName));
        }
        line("size", field.sizeField.toUtf8());
        return {};
    }

    QString checksum(qsizetype place)
    {
        const SimpleField& field = m_format.fields.at(place);
        const ChecksumAlgorithm* const algorithm = checksumNamed(field.algorithm.toUtf8());
        if (algorithm == nullptr) {
            return tr("There is no checksum “%1”. Usual ones are crc-16/modbus, crc-32/iso-hdlc and xor-8.")
                .arg(field.algorithm.left(longestName));
        }
        if (place == 0) {
            return tr("A checksum stands behind the fields that it is over.");
        }
        const int size = checksumSize(*algorithm);
        const bool isNumber = isNumeric(*algorithm) && (size == 1 || size == 2 || size == 4 || size == 8);
        line(isNumber ? "type" : "size", (isNumber ? "u" : "") + QByteArray::number(size));
        line("-checksum",
            "{algorithm: " + QByteArray(checksumName(*algorithm).data()) + ", from: "
                + m_format.fields.first().name.toUtf8() + ", to: " + m_format.fields.at(place - 1).name.toUtf8() + '}');
        return {};
    }

    [[nodiscard]] QString commentOn(qsizetype place) const
    {
        const SimpleField& field = m_format.fields.at(place);
        if (field.kind == Kind::Constant) {
            return place == 0 ? tr("These bytes begin every message.") : tr("Always these bytes.");
        }
        if (field.kind == Kind::Checksum) {
            return tr("Checked when a message is read, computed when one is made.");
        }
        const auto measured = std::find_if(m_format.fields.cbegin(), m_format.fields.cend(),
            [&](const SimpleField& each) { return !each.sizeField.isEmpty() && each.sizeField == field.name; });
        return measured != m_format.fields.cend() ? tr("How many bytes “%1” has.").arg(measured->name) : QString();
    }

    const SimpleFormat& m_format;
    QByteArray m_out;
};

} // namespace

tl::expected<QByteArray, SimpleMistake> describeSimple(const SimpleFormat& format)
{
    return SimpleWriter(format).write();
}

SimpleFormat usualFormat()
{
    using Kind = SimpleField::Kind;
    return { QStringLiteral("my_protocol"), {}, false,
        {
            { QStringLiteral("magic"), Kind::Constant, 0, {}, QByteArray("\xa5\x5a", 2), {} },
            { QStringLiteral("length"), Kind::Unsigned, 2, {}, {}, {} },
            { QStringLiteral("type"), Kind::Unsigned, 1, {}, {}, {} },
            { QStringLiteral("payload"), Kind::Bytes, 0, QStringLiteral("length"), {}, {} },
            { QStringLiteral("crc"), Kind::Checksum, 0, {}, {}, QStringLiteral("crc-16/modbus") },
        } };
}

} // namespace sockeye::kaitai
