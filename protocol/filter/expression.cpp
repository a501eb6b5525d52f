// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/expression.h"

#include "protocol/filter/checker.h"
#include "protocol/filter/parser.h"
#include "protocol/filter/run.h"
#include "protocol/filter/words.h"

namespace sockeye::filter {

Result<Expression> Expression::compile(QStringView text, const Schema& schema)
{
    const auto syntax = parse(text);
    if (!syntax) {
        return tl::unexpected(syntax.error());
    }
    const bool isAlone =
        syntax->nodes.size() == 1 && syntax->tests.size() == 1 && syntax->tests.front().operation == Operation::Exists;
    if (!isAlone || syntax->nodes.front().kind != Syntax::Node::Kind::Test) {
        return wrong(0, text.size(), tr("Expected one value here, such as `json.value`, not a test."));
    }
    auto checked = check(*syntax, schema, text);
    if (!checked) {
        return tl::unexpected(std::move(checked.error()));
    }
    Expression expression;
    expression.m_program = std::make_shared<const Program>(std::move(checked->program));
    return expression;
}

Value Expression::value(const Row& row, Run& run) const
{
    return Evaluation(row, nullptr, run).first(m_program->tests.front().left);
}

} // namespace sockeye::filter
