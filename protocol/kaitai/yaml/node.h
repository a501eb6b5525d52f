// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include <memory>
#include <vector>

namespace sockeye::kaitai::yaml {

struct Node;
using NodePtr = std::shared_ptr<const Node>;

/// One node of a YAML document, with its place in the text. Immutable once read. An anchor's node is shared by
/// whatever refers to it.
struct Node {
    enum class Kind : quint8 { Null, Scalar, List, Map };
    Kind kind = Kind::Null;
    bool isQuoted = false; ///< a scalar that is a string whatever it looks like
    int line = 0; ///< from 1
    int column = 0; ///< from 1
    qsizetype weight = 1; ///< this node and all below it, aliases followed
    QByteArray text; ///< of a Scalar
    std::vector<NodePtr> keys; ///< of a Map, in order
    std::vector<NodePtr> items; ///< of a List; of a Map the values, one for each key

    /// The value of that key of a Map; null if there is none.
    [[nodiscard]] const Node* find(QByteArrayView key) const
    {
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (keys[i]->kind == Kind::Scalar && keys[i]->text == key) {
                return items[i].get();
            }
        }
        return nullptr;
    }
};

} // namespace sockeye::kaitai::yaml
