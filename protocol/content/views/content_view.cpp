// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/views/content_view.h"

#include "protocol/content/text_codec.h"
#include "protocol/content/views/view_functions.h"
#include "protocol/json/json_writer.h"
#include "protocol/text/plain_text.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

struct NameOfView {
    QString name;
    QString parameter;
};

NameOfView split(const QString& view)
{
    const qsizetype colon = view.indexOf(u':');
    return colon < 0 ? NameOfView { view, {} } : NameOfView { view.left(colon), view.mid(colon + 1) };
}

const ContentView& viewNamed(const QString& name)
{
    const QList<ContentView>& all = contentViews();
    const auto found = std::find_if(
        all.cbegin(), all.cend(), [&name](const ContentView& each) { return name == QLatin1StringView(each.name); });
    return found != all.cend() ? *found : all.constLast();
}

/// What shows only values gets a text that is laid out for reading.
void layOut(ShownContent& shown, const ViewLimits& limits)
{
    if (shown.text.isEmpty() && !shown.json.isEmpty()) {
        const QByteArray text = json::pretty(shown.json, limits.maxChars);
        shown.isCut = shown.isCut || text.size() > limits.maxChars;
        shown.text = visibleLines(QString::fromUtf8(text));
    }
}

bool isWholeContainer(const ShownContent& shown)
{
    const QByteArray json = shown.json.left(100).trimmed();
    return shown.problem.isEmpty() && !shown.isCut && (json.startsWith('{') || json.startsWith('['));
}

} // namespace

QString viewText(const char* text)
{
    return QCoreApplication::translate("sockeye::ContentView", text);
}

const QList<ContentView>& contentViews()
{
    static const QList<ContentView> all {
        { "json", QT_TRANSLATE_NOOP("sockeye::ContentView", "JSON"), &showAsJson },
        { "cbor", QT_TRANSLATE_NOOP("sockeye::ContentView", "CBOR"), &showAsCbor },
        { "msgpack", QT_TRANSLATE_NOOP("sockeye::ContentView", "MessagePack"), &showAsMessagePack },
        { "text", QT_TRANSLATE_NOOP("sockeye::ContentView", "Text"), &showAsText },
        { "struct", QT_TRANSLATE_NOOP("sockeye::ContentView", "Struct"), &showAsStruct },
        { "time", QT_TRANSLATE_NOOP("sockeye::ContentView", "Time"), &showAsTime },
        { "hex", QT_TRANSLATE_NOOP("sockeye::ContentView", "Hex"), &showAsHex },
    };
    return all;
}

ShownContent showContent(const QString& view, QByteArrayView content, const ViewLimits& limits)
{
    const NameOfView wanted = split(view);
    ShownContent shown = viewNamed(wanted.name).show(content, wanted.parameter, limits);
    layOut(shown, limits);
    return shown;
}

QString contentLine(const QString& view, QByteArrayView content, qsizetype maxChars)
{
    const NameOfView wanted = split(view);
    ViewLimits limits;
    limits.maxBytes = 16 * maxChars;
    limits.maxChars = 16 * maxChars;
    if (wanted.name == u"hex") {
        const QByteArray hex = content.first(std::min(content.size(), maxChars / 3)).toByteArray().toHex(' ');
        return QString(QString::fromLatin1(hex) % (3 * content.size() > maxChars ? u" …" : u""));
    }
    const ShownContent shown = viewNamed(wanted.name).show(content, wanted.parameter, limits);
    if (!shown.json.isNull()) {
        return visibleText(QByteArrayView(shown.json), maxChars);
    }
    if (wanted.name == u"text" && !shown.text.isEmpty()) {
        return QString(u'"' % visibleText(QStringView(shown.text), std::max<qsizetype>(1, maxChars - 2)) % u'"');
    }
    const qsizetype lineEnd = shown.text.indexOf(u'\n');
    const QString line = lineEnd < 0 ? shown.text : shown.text.left(lineEnd);
    return visibleText(QStringView(line.isEmpty() ? shown.problem : line), maxChars);
}

QString viewOfType(QByteArrayView mediaType)
{
    const QByteArray whole = mediaType.first(std::min<qsizetype>(mediaType.size(), 200)).toByteArray().toLower();
    const qsizetype semicolon = whole.indexOf(';');
    const QByteArray type = (semicolon < 0 ? whole : whole.left(semicolon)).trimmed();
    if (type == "application/json" || type == "text/json" || type.endsWith("+json")) {
        return QStringLiteral("json");
    }
    if (type == "application/cbor" || type.endsWith("+cbor")) {
        return QStringLiteral("cbor");
    }
    if (type == "application/msgpack" || type == "application/x-msgpack" || type == "application/vnd.msgpack"
        || type.endsWith("+msgpack")) {
        return QStringLiteral("msgpack");
    }
    if (!type.startsWith("text/") && type != "application/xml" && !type.endsWith("+xml")) {
        return {};
    }
    const qsizetype charset = whole.indexOf("charset=");
    if (charset < 0) {
        return QStringLiteral("text");
    }
    QByteArray name = whole.mid(charset + 8);
    const qsizetype end = name.indexOf(';');
    name = (end < 0 ? name : name.left(end)).trimmed().replace('"', "");
    return isKnownEncoding(name) ? QString(u"text:" % QString::fromLatin1(name)) : QStringLiteral("text");
}

QString viewByLook(QByteArrayView content, const ViewLimits& limits)
{
    const auto isFirst = [&content](uchar from, uchar to) {
        const auto first = static_cast<uchar>(content.front());
        return first >= from && first <= to;
    };
    if (content.isEmpty()) {
        return QStringLiteral("hex");
    }
    if (looksLikeText(content)) {
        const bool mayBeJson = QByteArrayView("{[ \t\r\n").contains(content.front());
        return mayBeJson && isWholeContainer(showAsJson(content, {}, limits)) ? QStringLiteral("json")
                                                                              : QStringLiteral("text");
    }
    // Numbers and strings alone are too often found where nobody meant them: only containers count.
    const bool mayBeCbor = isFirst(0x81, 0xbf) || isFirst(0xd9, 0xd9);
    if (mayBeCbor && isWholeContainer(showAsCbor(content, {}, limits))) {
        return QStringLiteral("cbor");
    }
    const bool mayBeMessagePack = isFirst(0x81, 0x9f) || isFirst(0xdc, 0xdf);
    if (mayBeMessagePack && isWholeContainer(showAsMessagePack(content, {}, limits))) {
        return QStringLiteral("msgpack");
    }
    return QStringLiteral("hex");
}

} // namespace sockeye
