// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/sendlist/send_list.h"

#include "protocol/content/text_codec.h"
#include "protocol/text/utf8.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace sockeye {

namespace {

using rules::TomlMember;
using rules::TomlValue;

/// A basic string of TOML, in one line.
QString basicString(QStringView text)
{
    QString out(u'"');
    for (const QChar c : text) {
        switch (c.unicode()) {
        case u'"':
            out += u"\\\"";
            break;
        case u'\\':
            out += u"\\\\";
            break;
        case u'\n':
            out += u"\\n";
            break;
        case u'\r':
            out += u"\\r";
            break;
        case u'\t':
            out += u"\\t";
            break;
        default:
            if (c.unicode() < 0x20 || c.unicode() == 0x7F) {
                out += u"\\u%1"_qs.arg(c.unicode(), 4, 16, QChar(u'0'));
            } else {
                out += c;
            }
        }
    }
    return out + u'"';
}

/// A quotation where it reads best: filters are full of double quotes.
QString literal(const QString& text)
{
    const bool isPlain =
        std::none_of(text.begin(), text.end(), [](QChar c) { return c == u'\'' || c < u' ' || c == QChar(0x7F); });
    return isPlain && text.contains(u'"') ? QString(u'\'' + text + u'\'') : basicString(text);
}

/// Nothing in it that only escapes could show, but for line ends and tabs.
bool isLegible(const QString& text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return c == u'\n' || c == u'\r' || c == u'\t' || (c >= u' ' && c != QChar(0x7F) && !c.isNonCharacter());
    });
}

QString keyText(const QString& key)
{
    const bool isBare = !key.isEmpty() && std::all_of(key.begin(), key.end(), [](QChar c) {
        return c < QChar(0x80) && (c.isLetterOrNumber() || c == u'_' || c == u'-');
    });
    return isBare ? key : basicString(key);
}

QString realText(double number)
{
    if (std::isnan(number)) {
        return QStringLiteral("nan");
    }
    if (std::isinf(number)) {
        return number < 0 ? QStringLiteral("-inf") : QStringLiteral("inf");
    }
    const QString text = QLocale::c().toString(number, 'g', QLocale::FloatingPointShortest);
    const bool isReal = text.contains(u'.') || text.contains(u'e');
    return isReal ? text : QString(text + u".0");
}

void append(QString& out, const TomlValue& value)
{
    switch (value.kind) {
    case TomlValue::Kind::Table: {
        const char* before = "{ ";
        for (const TomlMember& member : value.members) {
            out += QLatin1StringView(before) + keyText(member.key) + u" = ";
            append(out, member.value);
            before = ", ";
        }
        out += value.members.empty() ? QStringLiteral("{}") : QStringLiteral(" }");
        return;
    }
    case TomlValue::Kind::Array: {
        const char* before = "[";
        for (const TomlValue& item : value.items) {
            out += QLatin1StringView(before);
            append(out, item);
            before = ", ";
        }
        out += value.items.empty() ? QStringLiteral("[]") : QStringLiteral("]");
        return;
    }
    case TomlValue::Kind::Text:
    case TomlValue::Kind::Time: // which no list that can be read has
        out += literal(value.text);
        return;
    case TomlValue::Kind::Integer:
        out += QString::number(value.integer);
        return;
    case TomlValue::Kind::Boolean:
        out += value.integer != 0 ? QStringLiteral("true") : QStringLiteral("false");
        return;
    case TomlValue::Kind::Real:
        out += realText(value.real);
        return;
    }
}

QString keyOf(ListMessage::Content content)
{
    switch (content) {
    case ListMessage::Content::Text:
        return QStringLiteral("text");
    case ListMessage::Content::Hex:
        return QStringLiteral("hex");
    case ListMessage::Content::Json:
        return QStringLiteral("json");
    case ListMessage::Content::Fields:
        return QStringLiteral("fields");
    case ListMessage::Content::File:
        return QStringLiteral("file");
    }
    return {};
}

void append(QString& out, const ListMessage& message)
{
    const auto line = [&out](QStringView key, const QString& value) { out += key + u" = " + value + u'\n'; };
    const auto text = [&line](QStringView key, const QString& value) {
        if (!value.isEmpty()) {
            line(key, literal(value));
        }
    };
    out += u"\n[[message]]\n";
    text(u"name", message.name);
    line(keyOf(message.content), tomlText(message.value));
    if (message.escapes) {
        line(u"escapes", QStringLiteral("true"));
    }
    if (message.macros) {
        line(u"macros", QStringLiteral("true"));
    }
    text(u"encoding", QString::fromLatin1(message.encoding));
    text(u"checksum", message.checksum);
    text(u"expect", message.expect);
    text(u"expect-text", message.expectText);
    if (message.within) {
        text(u"within", tomlDuration(*message.within));
    }
    if (!message.reply) {
        line(u"reply", QStringLiteral("false"));
    }
    if (message.pause.count() > 0) {
        text(u"pause", tomlDuration(message.pause));
    }
    text(u"key", message.key);
}

} // namespace

ListMessage ListMessage::of(Content content, const QString& value)
{
    ListMessage message;
    message.content = content;
    message.value.kind = TomlValue::Kind::Text;
    message.value.text = value;
    return message;
}

ListMessage ListMessage::ofBytes(const QByteArray& bytes, const QByteArray& encoding)
{
    const auto utf8 = decodedText(encoding, bytes);
    if (utf8 && encodedText(encoding, *utf8) == bytes) {
        if (const QString text = textFromUtf8(*utf8); isLegible(text)) {
            return of(Content::Text, text);
        }
    }
    return of(Content::Hex, QString::fromLatin1(bytes.toHex(' ')));
}

QString tomlDuration(std::chrono::microseconds time)
{
    const qint64 us = time.count();
    return us % 1'000'000 == 0 ? QString(QString::number(us / 1'000'000) + u's')
        : us % 1000 == 0       ? QString(QString::number(us / 1000) + u"ms")
                               : QString(QString::number(us) + u"us");
}

QString tomlText(const TomlValue& value)
{
    QString out;
    append(out, value);
    return out;
}

QString sendListText(const SendList& list)
{
    QString out;
    if (list.loop != 1) {
        out += u"loop = " + QString::number(list.loop) + u'\n';
    }
    if (list.goesOn) {
        out += u"on-failure = \"go on\"\n";
    }
    if (list.within) {
        out += u"within = \"" + tomlDuration(*list.within) + u"\"\n";
    }
    for (const ListMessage& message : list.messages) {
        append(out, message);
    }
    return out.startsWith(u'\n') ? out.sliced(1) : out;
}

} // namespace sockeye
