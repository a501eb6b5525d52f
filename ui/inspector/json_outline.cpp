// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/json_outline.h"

#include "protocol/json/json_string.h"
#include "protocol/text/visible_text.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

constexpr qsizetype maxShown = 400;

} // namespace

JsonOutline outlineJson(const QByteArray& text, int maxNodes, qsizetype maxBytes)
{
    JsonOutline outline;
    outline.text = text;
    json::Scanner scanner(QByteArrayView(text).first(qMin(text.size(), maxBytes)));
    int open = -1; // the innermost object or array
    qsizetype keyBegin = 0;
    qsizetype keySize = 0;
    for (;;) {
        const json::Token token = scanner.next();
        switch (token) {
        case json::Token::End:
            return outline;
        case json::Token::Failed:
            outline.complete = false;
            return outline;
        case json::Token::Key:
            keyBegin = scanner.begin();
            keySize = scanner.end() - scanner.begin();
            continue;
        case json::Token::ObjectEnd:
        case json::Token::ArrayEnd:
            open = open < 0 ? -1 : outline.nodes[static_cast<std::size_t>(open)].parent;
            continue;
        case json::Token::ObjectBegin:
        case json::Token::ArrayBegin:
        case json::Token::String:
        case json::Token::Number:
        case json::Token::Literal:
            break;
        }
        if (outline.nodes.size() >= static_cast<std::size_t>(maxNodes)) {
            outline.complete = false;
            return outline;
        }
        const bool container = token == json::Token::ObjectBegin || token == json::Token::ArrayBegin;
        JsonOutline::Node node;
        node.parent = open;
        node.position = open < 0 ? 0 : outline.nodes[static_cast<std::size_t>(open)].childCount++;
        node.token = token;
        node.keyBegin = keyBegin;
        node.keySize = keySize;
        node.begin = scanner.begin();
        node.size = container ? 0 : scanner.end() - scanner.begin();
        keySize = 0;
        outline.nodes.push_back(node);
        if (container) {
            open = static_cast<int>(outline.nodes.size()) - 1;
        }
    }
}

QString JsonOutline::label(int node) const
{
    const Node& shown = nodes[static_cast<std::size_t>(node)];
    if (shown.keySize > 0) {
        const QByteArrayView key = QByteArrayView(text).sliced(shown.keyBegin, shown.keySize);
        return visibleText(json::decodeString(key, maxShown * 4), maxShown);
    }
    return shown.parent < 0 ? QString() : QStringLiteral("[%1]").arg(shown.position);
}

QString JsonOutline::value(int node) const
{
    const Node& shown = nodes[static_cast<std::size_t>(node)];
    const auto translated = [](const char* sentence) { return QCoreApplication::translate("JsonOutline", sentence); };
    if (shown.token == json::Token::ObjectBegin) {
        return shown.childCount == 1 ? translated("{ 1 member }")
                                     : translated("{ %1 members }").arg(groupedNumber(shown.childCount));
    }
    if (shown.token == json::Token::ArrayBegin) {
        return shown.childCount == 1 ? translated("[ 1 element ]")
                                     : translated("[ %1 elements ]").arg(groupedNumber(shown.childCount));
    }
    const QByteArrayView value = QByteArrayView(text).sliced(shown.begin, qMin(shown.size, maxShown * 4));
    if (shown.token == json::Token::String) {
        return u'"' % visibleText(json::decodeString(value, maxShown * 4), maxShown - 2) % u'"';
    }
    return visibleText(value, maxShown);
}

} // namespace sockeye
