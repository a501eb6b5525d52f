// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/hexview/byte_export.h"

#include "protocol/text/decoder.h"
#include "protocol/text/visible_text.h"

#include <QByteArray>

namespace sockeye {

namespace {

constexpr char hexDigits[] = "0123456789abcdef";

void appendHex(QByteArray& out, char byte)
{
    const auto value = static_cast<uchar>(byte);
    out.append(hexDigits[value >> 4]);
    out.append(hexDigits[value & 15]);
}

QString pythonBytes(QByteArrayView bytes)
{
    QByteArray out;
    out.reserve(bytes.size() * 2 + 3);
    out.append("b'");
    for (const char byte : bytes) {
        switch (byte) {
        case '\\':
        case '\'':
            out.append('\\').append(byte);
            break;
        case '\n':
            out.append("\\n");
            break;
        case '\r':
            out.append("\\r");
            break;
        case '\t':
            out.append("\\t");
            break;
        default:
            if (byte >= ' ' && byte <= '~') {
                out.append(byte);
            } else {
                out.append("\\x");
                appendHex(out, byte);
            }
        }
    }
    out.append('\'');
    return QString::fromLatin1(out);
}

/// Line ends and tabulators as they are. A NUL would end the text for many a program that it is pasted into, and what
/// is no UTF-8 must not be lost: they stand there as escapes.
QString plainText(QByteArrayView bytes)
{
    QString out;
    for (qsizetype at = 0; at < bytes.size();) {
        const DecodedCharacter character = decodeCharacter(Encoding::Utf8, bytes, at);
        const qsizetype size = qMax(character.size, 1);
        const bool isEscaped = character.size == 0 || character.codePoint == 0;
        out += isEscaped ? visibleText(bytes.sliced(at, 1)) : QString::fromUcs4(&character.codePoint, 1);
        at += size;
    }
    return out;
}

} // namespace

QString cArray(QByteArrayView bytes, const QString& name)
{
    constexpr qsizetype perLine = 12;
    QByteArray out;
    out.reserve(bytes.size() * 6 + bytes.size() / perLine * 4 + 64);
    out.append("const unsigned char ")
        .append(name.toLatin1())
        .append("[")
        .append(QByteArray::number(bytes.size()))
        .append("] = {");
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        out.append(i % perLine == 0 ? "\n    0x" : " 0x");
        appendHex(out, bytes[i]);
        out.append(',');
    }
    out.append(bytes.isEmpty() ? "};\n" : "\n};\n");
    return QString::fromLatin1(out);
}

QString exportBytes(QByteArrayView bytes, ByteForm form)
{
    // A view on the bytes for the functions of QByteArray: no copy.
    const QByteArray raw = QByteArray::fromRawData(bytes.data(), bytes.size());
    switch (form) {
    case ByteForm::Hex:
        return QString::fromLatin1(raw.toHex());
    case ByteForm::CArray:
        return cArray(bytes, QStringLiteral("bytes"));
    case ByteForm::PythonBytes:
        return pythonBytes(bytes);
    case ByteForm::Base64:
        return QString::fromLatin1(raw.toBase64());
    case ByteForm::Text:
        return plainText(bytes);
    }
    return {};
}

} // namespace sockeye
