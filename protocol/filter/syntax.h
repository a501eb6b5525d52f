// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/row.h"
#include "protocol/filter/token.h"

#include <memory>
#include <optional>
#include <vector>

namespace sockeye::filter {

/// Where something stands in the filter's text.
struct Place {
    qsizetype at = 0;
    qsizetype length = 0;

    [[nodiscard]] qsizetype end() const { return at + length; }
};

enum class Function : quint8 { Len, Lower, Count, Text, Any, All };
[[nodiscard]] const QStringList& functionNames(); ///< in the order of Function

/// bytes[0:2]: from `first` (from the end where negative) so many bytes or characters. Without a length: the one there.
struct Slice {
    qint64 first = 0;
    std::optional<qint64> length;
    Place place;

    friend bool operator==(const Slice& a, const Slice& b) { return a.first == b.first && a.length == b.length; }
};

/// header.content-type, $peer.port, json.items[*].id: as it stands, its names not looked up.
struct PathSyntax {
    Path steps; ///< the first one is the name of a field
    std::vector<Place> places; ///< of each step
    bool selected = false; ///< $: of the selected message
};

struct ValueSyntax {
    struct Call {
        Function function = Function::Len;
        Place place;
    };
    std::vector<Call> calls; ///< the outermost first
    std::optional<PathSyntax> path;
    std::optional<Slice> slice; ///< of the path; an index alone is its last step
    Literal literal; ///< where there is no path
    Place place; ///< all of it
};

enum class Operation : quint8 {
    Exists,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Contains,
    Matches,
    In
};

struct SetItem {
    Literal first;
    std::optional<Literal> last;
    Place place;
};

struct TestSyntax {
    Operation operation = Operation::Exists;
    ValueSyntax left;
    ValueSyntax right; ///< of comparisons and of Contains
    Literal pattern; ///< of Matches: the text of the regular expression
    std::vector<SetItem> set; ///< of In
    Place operatorPlace;
    Place rightPlace;
};

/// The tree of a filter. Nodes refer to each other by index; the last one is the root.
struct Syntax {
    struct Node {
        enum class Kind : quint8 { And, Or, Not, Test };
        Kind kind = Kind::Test;
        int left = -1; ///< a node; of a Test its place among the tests
        int right = -1;
    };
    std::vector<Node> nodes;
    std::vector<TestSyntax> tests;
};

/// Longest text of a filter, in UTF-16 units, and how deep its parentheses and functions may lie in each other.
inline constexpr qsizetype maxFilterLength = 8192;
inline constexpr int maxFilterDepth = 64;

} // namespace sockeye::filter
