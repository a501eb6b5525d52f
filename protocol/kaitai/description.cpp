// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/description.h"

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/check/check_program.h"
#include "protocol/kaitai/check/names.h"
#include "protocol/kaitai/run/plain_record.h"
#include "protocol/kaitai/run/tree_maker.h"

#include <algorithm>

namespace sockeye::kaitai {

namespace {

bool hasRules(const TypeSpec& type)
{
    return type.hasOwnRules
        || std::any_of(type.types.cbegin(), type.types.cend(), [](const auto& each) { return hasRules(*each); });
}

} // namespace

Description::Description(std::shared_ptr<Program> program)
    : m_program(std::move(program))
{
    for (const auto& module : m_program->modules) {
        m_files.append(module->file);
    }
}

Description::~Description() = default;

QByteArray Description::id() const
{
    return m_program->root().name;
}

QString Description::title() const
{
    return m_program->main().title;
}

QByteArray Description::pairPath() const
{
    return m_program->main().pair.first;
}

qint64 Description::maxMessage(const Limits& limits) const
{
    return std::min(limits.maxMessage, m_program->main().maxSize.value_or(limits.maxMessage));
}

bool Description::hasSenderTypes() const
{
    return m_client != m_server;
}

const TypeSpec& Description::root(Sender sender) const
{
    const TypeSpec* found = sender == Sender::Client ? m_client : sender == Sender::Server ? m_server : nullptr;
    return found == nullptr ? m_program->root() : *found;
}

bool Description::hasOwnRules() const
{
    return std::any_of(m_program->modules.cbegin(), m_program->modules.cend(),
        [](const auto& module) { return hasRules(*module->top); });
}

std::optional<Mistake> Description::cuttingProblem(Sender sender) const
{
    return kaitai::cuttingProblem(root(sender));
}

Tree Description::decode(QByteArrayView message, const Limits& limits, Sender sender, bool withInstances) const
{
    const TypeSpec& type = root(sender);
    if (isPlainRecord(type, message, limits)) {
        return Tree { readPlainRecord(type, message), {}, {}, m_program, {}, type.plainRecord.size, {}, {}, true };
    }
    Tree tree;
    tree.labels = m_program;
    Run run(message, limits);
    Decoder decoder(run);
    const int object = decoder.begin(type, false);
    tree.isComplete = decoder.read(object);
    tree.size = run.heap.stream(0).position;
    if (tree.isComplete) {
        decoder.noteBits(0);
        tree.unshown = unshownOf(run.heap, decoder.leftovers());
    }
    if (!tree.isComplete) {
        tree.faults.push_back({ run.halt.text, run.halt.path, run.halt.offset });
        (void)run.forgive();
    }
    checkOwnRules(run, decoder, tree);
    TreeMaker(run, decoder, withInstances).make(object, tree);
    const PlacedExpression& summary = type.summary;
    if (!summary.isEmpty() && run.halt.kind == Halt::Kind::None) {
        const auto text = decoder.evaluator().evaluate(summary.expression, { object });
        const auto* utf8 = text ? text->as<TextValue>() : nullptr;
        tree.summary = utf8 == nullptr ? QString() : QString::fromUtf8(utf8->utf8);
        (void)run.forgive();
    }
    if (run.halt.kind == Halt::Kind::Exhausted && tree.faults.empty()) {
        tree.faults.push_back({ run.halt.text, run.halt.path, -1 });
    }
    return tree;
}

std::optional<TreeFault> Description::faultOf(
    QByteArrayView message, const Limits& limits, Sender sender, qint64* size) const
{
    const TypeSpec& type = root(sender);
    if (isPlainRecord(type, message, limits)) {
        if (size != nullptr) {
            *size = type.plainRecord.size;
        }
        return std::nullopt;
    }
    Run run(message, limits);
    Decoder decoder(run);
    const bool isComplete = decoder.read(decoder.begin(type, false));
    if (size != nullptr) {
        *size = run.heap.stream(0).position;
    }
    if (!isComplete) {
        return TreeFault { run.halt.text, run.halt.path, run.halt.offset };
    }
    Tree tree;
    checkOwnRules(run, decoder, tree);
    return tree.faults.empty() ? std::nullopt : std::optional(std::move(tree.faults.front()));
}

QList<QByteArray> Description::examples() const
{
    QList<QByteArray> out;
    for (const SelfTestRule& rule : m_program->main().selfTests) {
        out.append(rule.bytes);
    }
    return out;
}

QList<Mistake> Description::selfTest() const
{
    QList<Mistake> out;
    for (const SelfTestRule& rule : m_program->main().selfTests) {
        const auto fail = [&](const QString& text) { out.append(Mistake { rule.place, text }); };
        const Tree tree = decode(rule.bytes, {}, rule.sender);
        if (rule.expectsError) {
            if (tree.faults.empty()) {
                fail(tr("An error was expected, but the bytes fit."));
            } else if (!describe(tree.faults.front()).contains(QString::fromUtf8(rule.error))) {
                fail(tr("An error with %1 was expected, but it is: %2")
                         .arg(quoted(rule.error), describe(tree.faults.front())));
            }
            continue;
        }
        if (!tree.faults.empty()) {
            fail(tr("The bytes do not fit: %1").arg(describe(tree.faults.front())));
            continue;
        }
        for (const auto& [path, wanted] : rule.fields) {
            const int place = tree.find(path);
            const QByteArray found = place < 0 ? QByteArray() : scalarText(tree.items[static_cast<std::size_t>(place)]);
            if (place < 0) {
                fail(tr("There is no field %1 in the message.").arg(quoted(path)));
            } else if (found != wanted) {
                fail(tr("%1 must be %2, but is %3.").arg(quoted(path), quoted(wanted), quoted(found)));
            }
        }
    }
    return out;
}

} // namespace sockeye::kaitai
