// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "filter_row.h"

#include <QHash>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace sockeye {

/// A second reading of the language's contract, as plain as can be: filters that a seed makes, written out as text and
/// evaluated by walking over their tree, each value a copy in a list.
namespace plain {

struct Value {
    enum class Type { Nothing, Null, Boolean, Number, Time, Text, Bytes, Address, Container };
    Type type = Type::Nothing;
    double number = 0; ///< Boolean, Number; Time: seconds; Container: how many it holds
    QByteArray bytes; ///< Text, Bytes, Address
    int bits = -1; ///< Address: of a network
};

/// -1, 0, 1; 2 for neither.
[[nodiscard]] int compared(const Value& left, const Value& right);

struct Row {
    QHash<QString, Value> values;
    std::optional<QJsonObject> json;
};
[[nodiscard]] Row randomRow(QRandomGenerator& random);
[[nodiscard]] std::unique_ptr<FilterRow> toFilterRow(const Row& row);

struct Part {
    QString name; ///< null: an index
    std::optional<int> index; ///< nothing: each
};
struct Side {
    Value literal;
    QString field; ///< empty: the literal
    QList<Part> path; ///< of the field "json"
    std::optional<std::pair<int, int>> slice; ///< first, and length or 0 for one byte
    QStringList functions; ///< the innermost first
    bool selected = false;
};
struct Node {
    char kind = 't'; ///< & | ! t
    std::unique_ptr<Node> left;
    std::unique_ptr<Node> right;
    QString operation; ///< empty: is there
    Side leftSide;
    Side rightSide;
    QList<std::pair<Value, std::optional<Value>>> set;
    QString pattern;
};
[[nodiscard]] std::unique_ptr<Node> randomFilter(QRandomGenerator& random, int depth);
/// Spaces, words or signs, and forms of numbers as chance has it.
[[nodiscard]] QString write(const Node& node, QRandomGenerator& random);
[[nodiscard]] bool matches(const Node& node, const Row& row, const Row* selected);

} // namespace plain

} // namespace sockeye
