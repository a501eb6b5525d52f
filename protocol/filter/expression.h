// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/filter.h"

namespace sockeye::filter {

/// One side of a test by itself, `json.value`, `bytes[0:2]`, `lower(text)`, compiled: what it is in a row. A value as a
/// Filter is.
class Expression {
public:
    [[nodiscard]] static Result<Expression> compile(QStringView text, const Schema& schema);

    /// Of several values the first; Absent where there is none. Views live as long as the row and until `run` is used
    /// again.
    [[nodiscard]] Value value(const Row& row, Run& run) const;

private:
    std::shared_ptr<const Program> m_program;
};

} // namespace sockeye::filter
