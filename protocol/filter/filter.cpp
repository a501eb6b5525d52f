// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/filter.h"

#include "protocol/filter/checker.h"
#include "protocol/filter/parser.h"
#include "protocol/filter/run.h"
#include "protocol/filter/words.h"

#include <algorithm>

namespace sockeye::filter {

namespace {

/// For tests that ask for no field.
class NoRow final : public Row {
public:
    [[nodiscard]] Value value(int) const override { return {}; }
    [[nodiscard]] const Fields* fields(int) const override { return nullptr; }
};

bool isConstant(const Test& test)
{
    const bool hasRight =
        test.operation != Operation::Exists && test.operation != Operation::Matches && test.operation != Operation::In;
    return test.left.kind == Operand::Kind::Literal && (!hasRight || test.right.kind == Operand::Kind::Literal);
}

/// What tests that are about no row come to.
void remarkConstants(const Syntax& syntax, Checked& checked)
{
    const NoRow row;
    Run run;
    for (std::size_t i = 0; i < syntax.tests.size(); ++i) {
        if (!isConstant(checked.program.tests[i])) {
            continue;
        }
        const TestSyntax& test = syntax.tests[i];
        const bool result = Evaluation(row, nullptr, run).test(checked.program.tests[i]);
        checked.remarks.append(
            { test.left.place.at, std::max(test.left.place.end(), test.rightPlace.end()) - test.left.place.at,
                result ? tr("This is always true.") : tr("This is never true."), {} });
    }
}

template <typename Asks> bool anyOperand(const Program& program, Asks asks)
{
    return std::any_of(program.tests.cbegin(), program.tests.cend(), [&asks](const Test& test) {
        const auto isIt = [&asks](const Operand& operand) {
            return operand.kind != Operand::Kind::Literal && asks(operand);
        };
        return isIt(test.left) || isIt(test.right);
    });
}

} // namespace

Filter::Filter() = default;

Result<Filter> Filter::compile(QStringView text, const Schema& schema)
{
    Filter filter;
    filter.m_text = text.toString();
    if (text.trimmed().isEmpty()) {
        return filter;
    }
    const auto syntax = parse(text);
    if (!syntax) {
        return tl::unexpected(syntax.error());
    }
    auto checked = check(*syntax, schema, text);
    if (!checked) {
        return tl::unexpected(std::move(checked.error()));
    }
    remarkConstants(*syntax, *checked);
    filter.m_remarks = std::move(checked->remarks);
    filter.m_program = std::make_shared<const Program>(std::move(checked->program));
    return filter;
}

bool Filter::asksFor(int field) const
{
    return m_program && anyOperand(*m_program, [field](const Operand& operand) { return operand.field == field; });
}

bool Filter::asksForSelection() const
{
    return m_program && anyOperand(*m_program, [](const Operand& operand) { return operand.selected; });
}

bool Filter::matches(const Row& row, Run& run, const Row* selected) const
{
    return !m_program || Evaluation(row, selected, run).matches(*m_program);
}

int Filter::groupCount() const
{
    int count = 0;
    if (m_program) {
        for (const Test& test : m_program->tests) {
            count += test.operation == Operation::Matches ? test.pattern->groupCount() : 0;
        }
    }
    return count;
}

std::vector<QByteArray> Filter::groups(const Row& row, Run& run) const
{
    std::vector<QByteArray> all;
    if (!m_program) {
        return all;
    }
    for (const Test& test : m_program->tests) {
        if (test.operation != Operation::Matches) {
            continue;
        }
        const std::size_t begin = all.size();
        for (const QByteArrayView caught : Evaluation(row, nullptr, run).groups(test)) {
            all.push_back(caught.toByteArray());
        }
        all.resize(begin + static_cast<std::size_t>(test.pattern->groupCount()));
    }
    return all;
}

} // namespace sockeye::filter
