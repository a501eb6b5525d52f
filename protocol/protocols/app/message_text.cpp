// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/json/json_scanner.h"
#include "protocol/json/json_string.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/app/message_types.h"
#include "protocol/text/decoder.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/utf8.h"
#include "protocol/text/visible_text.h"

namespace sockeye {

namespace {

constexpr qsizetype glimpseBytes = 4096; // what a summary looks at

/// The bytes as text if they look like text, otherwise in hex.
QString textOrHex(QByteArrayView bytes, qsizetype maxChars)
{
    const QByteArrayView front = bytes.first(qMin(bytes.size(), maxChars * 4));
    const qsizetype valid = validUtf8Prefix(front);
    if (valid == front.size() || isCutUtf8(front, valid) || front.startsWith(firstBytesText)) {
        return cutTo(QString::fromUtf8(front), maxChars);
    }
    const QByteArrayView shown = bytes.first(qMin(bytes.size(), maxChars / 3 + 1));
    return cutTo(QString::fromLatin1(shown.toByteArray().toHex(' ')), maxChars);
}

/// What the members "action", "value" and "result" say, as far as the text goes: also of JSON that is cut or broken.
struct Members {
    QByteArray action;
    QByteArray value;
    QByteArray result; ///< these two as their JSON text
    bool hasAction = false;
    bool hasValue = false;
    bool hasResult = false;
};

/// The text of the value that `token` begins; if the text ends inside a string, what there is of it.
QByteArrayView valueText(json::Scanner& scanner, QByteArrayView json, json::Token token)
{
    const qsizetype begin = scanner.begin();
    if (token == json::Token::ObjectBegin || token == json::Token::ArrayBegin) {
        scanner.skipContainer();
    } else if (token == json::Token::Failed && scanner.failedToken() != json::Token::String) {
        return {};
    }
    return json.sliced(begin, scanner.end() - begin);
}

Members findMembers(QByteArrayView json, qsizetype maxBytes)
{
    Members members;
    json::Scanner scanner(json);
    if (scanner.next() != json::Token::ObjectBegin) {
        return members;
    }
    while (scanner.next() == json::Token::Key) {
        const QByteArray key = json::decodeString(scanner.text(), 16);
        const QByteArrayView text = valueText(scanner, json, scanner.next());
        if (text.isEmpty()) {
            break;
        }
        const QByteArrayView front = text.first(qMin(text.size(), maxBytes));
        if (key == "action" && front.startsWith('"')) {
            members.action = json::decodeString(front);
            members.hasAction = true;
        } else if (key == "value") {
            members.value = front.toByteArray();
            members.hasValue = true;
        } else if (key == "result") {
            members.result = front.toByteArray();
            members.hasResult = true;
        }
    }
    return members;
}

/// What a JSON value says: the text of a string without its quotes, anything else as it stands.
QString plainValue(const QByteArray& json)
{
    return textFromUtf8(json.startsWith('"') ? json::decodeString(json) : json);
}

/// A JSON value on one line: strings in quotes, but with their escapes resolved.
QString shownValue(const QByteArray& json, qsizetype maxChars)
{
    return json.startsWith('"') ? QString(u'"' % visibleText(json::decodeString(json), maxChars) % u'"')
                                : visibleText(json, maxChars);
}

QByteArray decodedJson(const Header& header, QByteArrayView content)
{
    return decodeText(encodingFromName(header.contentEncoding).value_or(Encoding::Utf8), content).utf8;
}

} // namespace

QString resultText(const Header& header, QByteArrayView content, qsizetype maxChars)
{
    if (header.isJson()) {
        const QByteArray json = decodedJson(header, content);
        // An escape takes up to twelve bytes a character.
        const Members members = findMembers(json, maxChars * 12 + 16);
        return cutTo(
            members.hasResult ? plainValue(members.result) : QString::fromUtf8(json.left(maxChars * 4)), maxChars);
    }
    const auto arithmetic = parseArithmetic(content);
    if (arithmetic && arithmetic->word == "result") {
        return QString::number(arithmetic->number);
    }
    return textOrHex(content, maxChars);
}

QString summary(const Header& header, QByteArrayView content, qsizetype maxChars)
{
    if (header.isJson()) {
        const QByteArray json = decodedJson(header, content.first(qMin(content.size(), glimpseBytes)));
        const Members members = findMembers(json, glimpseBytes);
        if (members.hasAction) {
            const QString action = visibleText(members.action, maxChars);
            return cutTo(
                members.hasValue ? QString(action % u' ' % shownValue(members.value, maxChars)) : action, maxChars);
        }
        if (members.hasResult) {
            return cutTo(u"result " % shownValue(members.result, maxChars), maxChars);
        }
        return content.isEmpty() ? QStringLiteral("JSON, empty") : visibleText(json, maxChars);
    }
    if (const auto arithmetic = parseArithmetic(content)) {
        return QString::fromLatin1(arithmetic->word) % u' ' % QString::number(arithmetic->number);
    }
    const QByteArrayView front = content.first(qMin(content.size(), maxChars));
    const QString shown = visibleText(textOrHex(front, maxChars), maxChars);
    return cutTo(u"binary " % byteCount(content.size()) % (content.isEmpty() ? u"" : u": ") % shown, maxChars);
}

} // namespace sockeye
