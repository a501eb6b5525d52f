// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/annotation/annotation.h"

#include "protocol/annotation/field_names.h"
#include "protocol/json/json_string.h"
#include "protocol/text/decoder.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>
#include <QtEndian>

namespace sockeye {

namespace {

constexpr qsizetype maxValueChars = 400;
constexpr qsizetype maxLabelChars = 100;
constexpr qsizetype maxTextBytes = 4 * maxValueChars; // of a field, that are decoded for showing
constexpr qsizetype shownBytes = 32; // in hex

QString say(const char* text)
{
    return QCoreApplication::translate("sockeye::Annotation", text);
}

QString sizeOf(qint64 size)
{
    return size == 1 ? say("1 byte") : say("%1 bytes").arg(groupedDigits(size));
}

QString hexOf(QByteArrayView bytes)
{
    const QString hex = QString::fromLatin1(bytes.first(qMin(bytes.size(), shownBytes)).toByteArray().toHex(' '));
    return bytes.size() > shownBytes ? QString(hex % u" …") : hex;
}

bool isValue(FieldKind kind)
{
    return kind == FieldKind::Object || kind == FieldKind::String || kind == FieldKind::Number
        || kind == FieldKind::Literal;
}

bool mayHoldArray(FieldKind kind)
{
    return kind == FieldKind::Object || kind == FieldKind::Content || kind == FieldKind::Header;
}

} // namespace

QByteArrayView Annotation::bytesOf(const Field& field) const
{
    return QByteArrayView(m_bytes).sliced(
        static_cast<qsizetype>(field.offset), static_cast<qsizetype>(qMin<qint64>(field.size, maxTextBytes)));
}

/// The field's bytes as UTF-8, as far as there is room to show them.
QByteArray Annotation::textOf(const Field& field) const
{
    const bool inContent = m_contentOffset > 0 && field.offset >= m_contentOffset;
    return decodeText(inContent ? m_contentEncoding : Encoding::Utf8, bytesOf(field)).utf8;
}

/// Which element of an array the field is; -1 if it is none. In an array every other child is punctuation.
int Annotation::arrayIndex(const Field& field) const
{
    if (!isValue(field.kind) || field.parent < 0 || !mayHoldArray(at(field.parent).kind)) {
        return -1;
    }
    int first = at(field.parent).firstChild;
    int skipped = 0;
    if (at(first).kind == FieldKind::ByteOrderMark) {
        first = at(first).nextSibling;
        skipped = 1;
    }
    const bool array = at(first).kind == FieldKind::Punctuation && textOf(at(first)).trimmed().startsWith('[');
    return array ? (field.row - skipped - 1) / 2 : -1;
}

QString Annotation::badLabel(const Field& field) const
{
    if (field.parent == 0 && m_contentOffset > 0) {
        return say("bytes after the message");
    }
    return field.parent == 0 ? say("bytes after a bad header") : say(fieldName(field.kind));
}

QString Annotation::label(int field) const
{
    if (!contains(field)) {
        return {};
    }
    const Field& f = at(field);
    const auto plain = [this, field, &f]() -> QString {
        if (std::optional<QString> own = m_texts ? m_texts->label(*this, field) : std::nullopt) {
            return *std::move(own);
        }
        switch (f.kind) {
        case FieldKind::Member: {
            const QString key = visibleText(json::decodeString(textOf(at(f.firstChild))), maxLabelChars);
            return key.isEmpty() ? QStringLiteral("\"\"") : key;
        }
        case FieldKind::Object:
        case FieldKind::String:
        case FieldKind::Number:
        case FieldKind::Literal: {
            const int index = arrayIndex(f);
            return index < 0 ? say(fieldName(f.kind)) : QString(u'[' % QString::number(index) % u']');
        }
        case FieldKind::Bad:
            return badLabel(f);
        default:
            return say(fieldName(f.kind));
        }
    };
    return f.unfinished ? say("%1 (unfinished)").arg(plain()) : plain();
}

/// "103 bytes", or "12 of 103 bytes" of a part whose size is known and that is not all there.
QString Annotation::sizeText(int field) const
{
    const Field& f = at(field);
    const qint64 whole = !f.unfinished ? -1
        : f.kind == FieldKind::Content ? m_contentLength
        : m_texts                      ? m_texts->wholeSize(*this, field)
                                       : -1;
    return whole < 0 ? sizeOf(f.size) : say("%1 of %2 bytes").arg(groupedDigits(f.size), groupedDigits(whole));
}

QString Annotation::value(int field) const
{
    if (!contains(field)) {
        return {};
    }
    const Field& f = at(field);
    if (std::optional<QString> own = m_texts ? m_texts->value(*this, field) : std::nullopt) {
        return *std::move(own);
    }
    switch (f.kind) {
    case FieldKind::Message:
    case FieldKind::Length:
    case FieldKind::Header:
    case FieldKind::Content:
    case FieldKind::Rest:
        return sizeText(field);
    case FieldKind::Member: {
        int last = f.firstChild;
        while (at(last).nextSibling >= 0) {
            last = at(last).nextSibling;
        }
        return isValue(at(last).kind) ? value(last) : QString();
    }
    case FieldKind::Object:
        return {};
    case FieldKind::Key:
    case FieldKind::String:
    case FieldKind::Number:
    case FieldKind::Literal:
        return visibleText(textOf(f), maxValueChars);
    case FieldKind::Punctuation:
        return visibleText(textOf(f).simplified(), maxValueChars);
    case FieldKind::ByteOrderMark:
        return QString(encodingName(m_contentEncoding));
    case FieldKind::Text:
        return u'"' % visibleText(bytesOf(f), maxValueChars - 2) % u'"';
    case FieldKind::Integer:
        return say("%1 (signed 32-bit big-endian)")
            .arg(groupedDigits(qFromBigEndian<qint32>(m_bytes.constData() + f.offset)));
    case FieldKind::Binary:
    case FieldKind::Bad:
        return u"%1: %2"_qs.arg(sizeOf(f.size), hexOf(bytesOf(f)));
    }
    return {};
}

} // namespace sockeye
