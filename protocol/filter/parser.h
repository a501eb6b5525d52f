// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/syntax.h"

namespace sockeye::filter {

/// Reads a filter that is not blank:
///
///     expr    = and { ("||" | "or") and } .            and = not { ("&&" | "and") not } .
///     not     = [ "!" | "not" ] ( "(" expr ")" | test ) .
///     test    = value [ ("=="|"!="|"<"|"<="|">"|">=") value | "contains" value | ("~"|"matches") regex | "in" set ] .
///     value   = path [ "[" int [ ":" int ] "]" ] | function "(" value ")" | literal | "$" path .
///     path    = name { "." ( name | string ) | "[" ( int | "*" ) "]" } .
///     set     = "{" item { "," item } "}" .            item = literal [ ".." literal ] .
///     literal = int | 0xhex | float | number unit | "text" | 00:67:ff | address[/bits]
///             | true | false | null | in | out .
///     unit    = us | ms | s | B | KiB | MiB | GiB .    function = len | lower | count | text | any | all .
///     regex   = "text" | r"raw" .
[[nodiscard]] Result<Syntax> parse(QStringView text);

/// Words that mean something where a value or an operator stands: and, or, not, contains, matches, in, …
[[nodiscard]] bool isReserved(QStringView word);

} // namespace sockeye::filter
