// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/json/json_scanner.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace sockeye {

/// JSON text as a flat list of its values, in the order of the text: keys that come twice are there twice.
struct JsonOutline {
    struct Node {
        int parent = -1; ///< index, -1 for the outermost value
        int position = 0; ///< among the children of its parent
        int childCount = 0;
        json::Token token = json::Token::Literal; ///< ObjectBegin, ArrayBegin, String, Number, Literal
        qsizetype keyBegin = 0; ///< in the text, quotes included
        qsizetype keySize = 0; ///< 0: has no key
        qsizetype begin = 0;
        qsizetype size = 0; ///< of a plain value; 0 for objects and arrays
    };

    QByteArray text; ///< UTF-8; shared with who made it
    std::vector<Node> nodes;
    bool complete = true; ///< false: the text is longer than was looked at

    [[nodiscard]] QString label(int node) const; ///< the key, or "[3]"; empty for the outermost value
    [[nodiscard]] QString value(int node) const; ///< as in the text; "3 members"; at most 400 characters
};

/// Looks at no more than `maxBytes` and makes no more than `maxNodes`; text that is no JSON ends where it is wrong.
[[nodiscard]] JsonOutline outlineJson(
    const QByteArray& text, int maxNodes = 20'000, qsizetype maxBytes = 4 * 1024 * 1024);

} // namespace sockeye
