// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/syntax.h"
#include "protocol/filter/token_cursor.h"

namespace sockeye::filter {

/// Reads the sides of tests: paths, functions and literals.
class ValueParser : protected TokenCursor {
protected:
    using TokenCursor::TokenCursor;

    /// A value that is no path: returns false, without a mistake, where none begins.
    bool literal(Literal& out);
    bool value(ValueSyntax& out, int depth);

private:
    bool noValue(bool selected);
    bool call(ValueSyntax& out, Function function, int depth);
    bool path(ValueSyntax& out);
    void step(PathSyntax& path, Step step, qsizetype begin);
    bool brackets(ValueSyntax& out, qsizetype begin);
};

} // namespace sockeye::filter
