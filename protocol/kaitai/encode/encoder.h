// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/encode/json_value.h"
#include "protocol/kaitai/encode/output.h"
#include "protocol/kaitai/run/evaluator.h"

#include <QHash>

#include <deque>

namespace sockeye::kaitai {

/// Values that nobody gave and that follow from others, by the paths of their fields.
using SolvedValues = QHash<QByteArray, Value>;

/// Writes a message once. What is missing and not solved yet is written as zero; what can be learned of it on the way,
/// a length from the content behind it, is in solved() afterwards, so that writing again gives the right bytes.
class Encoder final : public FieldSource {
public:
    /// `unshown`: what no field tells, by path; it is used where it fits what is written.
    Encoder(Run& run, const SolvedValues& known, const QHash<QByteArray, QByteArray>& unshown)
        : m_run(run)
        , m_evaluator(run, *this)
        , m_known(known)
        , m_unshown(unshown)
    {
    }

    [[nodiscard]] bool write(const TypeSpec& root, const JsonValue& json);
    /// After write(): computes what depends on the whole: -value and -checksum.
    [[nodiscard]] bool finish();
    [[nodiscard]] const QByteArray& bytes() const { return m_outputs.front().bytes(); }
    [[nodiscard]] const SolvedValues& solved() const { return m_solved; }
    /// The first field that must be given; empty if none is missing.
    [[nodiscard]] QByteArray missing() const;

    bool field(int object, int slot, Value& out) override;

private:
    friend class Solver;

    /// One value that is to be written.
    struct Target {
        int object = -1;
        int slot = -1;
        qint64 index = -1;
        const JsonValue* json = nullptr; ///< null: not given
    };
    struct Unknown {
        int object = -1;
        int slot = -1;
        bool isOwn = false; ///< -value or -checksum gives it
    };

    int newObject(const TypeSpec& spec, const JsonValue& json, int output);
    bool structure(int object);
    bool attribute(int object, int slot);
    bool isWanted(const Target& target, bool& wanted, bool& isOpen);
    bool settleCondition(const Target& target);
    bool repeated(const Target& target);
    bool one(const Target& target, Slot& out);
    bool choose(const Target& target, const Reading*& reading, bool& found);
    bool missingValue(const Target& target, const Reading* reading, Slot& out, bool& done);
    bool scalar(const Target& target, const Reading& reading, const Value& value, Slot& out);
    bool number(const Target& target, const Reading& reading, const Value& value);
    bool bytes(const Target& target, const Reading* reading, QByteArray content);
    bool fill(const Target& target, bool isText, bool isStruct, QByteArray& content);
    [[nodiscard]] QByteArray unshownOf(const Target& target, bool isInside) const;
    [[nodiscard]] bool isContentOf(
        const Target& target, bool isText, const QByteArray& content, const QByteArray& all) const;
    bool inner(const Target& target, const Reading& reading, Slot& out);
    bool valueFromJson(const Target& target, const Reading* reading, Value& out);
    bool byteOrder(int object);
    bool checkKeys(const TypeSpec& spec, const JsonValue& json);
    bool ownValue(const Unknown& unknown);
    void assign(int object, int slot, const Value& value);
    [[nodiscard]] QByteArray pathOf(int object, int slot) const;

    enum class Outcome : quint8 { Known, Unknown, Failed };
    /// Computes an expression; Unknown if it needs a value that is still missing.
    Outcome tryEvaluate(const PlacedExpression& expression, const ExpressionContext& context, Value& out);
    /// An integer that is `otherwise` where it depends on what is missing; then it is solved for `wanted`.
    Outcome trySolve(const PlacedExpression& expression, const ExpressionContext& context, qint64 wanted, qint64& out);

    [[nodiscard]] const Attribute& attributeOf(const Target& target) const
    {
        return m_run.heap.object(target.object).spec->at(target.slot);
    }
    [[nodiscard]] ExpressionContext contextOf(const Target& target) const
    {
        return { target.object, nullptr, target.index };
    }
    Output& outputOf(int object)
    {
        return m_outputs[static_cast<std::size_t>(m_outputOf[static_cast<std::size_t>(object)])];
    }
    void place(int object)
    {
        m_run.heap.stream(m_run.heap.object(object).stream).position = outputOf(object).position();
    }

    Run& m_run;
    Evaluator m_evaluator;
    const SolvedValues& m_known;
    const QHash<QByteArray, QByteArray>& m_unshown;
    SolvedValues m_solved;
    std::deque<Output> m_outputs; ///< of the message, and of each value that has bytes of its own
    std::vector<int> m_outputOf; ///< by object
    std::vector<const JsonValue*> m_jsonOf; ///< by object
    std::vector<qint64> m_limitOf; ///< by output: how many bytes it may have; -1 if that is open
    std::vector<Unknown> m_unknown;
    bool m_metUnknown = false;
    bool m_metSolved = false; ///< a value that nobody gave was used
};

/// Runs an expression backwards: finds the one missing value for which it gives what is wanted.
class Solver {
public:
    explicit Solver(Encoder& encoder)
        : m_encoder(encoder)
    {
    }
    bool solve(const Expression& expression, const ExpressionContext& context, const Integer& wanted);
    bool solve(const Expression& expression, const ExpressionContext& context, bool wanted);

private:
    bool number(const Expression& expression, int node, const ExpressionContext& context, Wide wanted);
    bool truth(const Expression& expression, int node, const ExpressionContext& context, bool wanted);
    bool operation(
        const Expression& expression, const ExpressionNode& node, const ExpressionContext& context, Wide wanted);
    bool field(const Expression& expression, const ExpressionNode& node, const ExpressionContext& context,
        const Value& wanted);
    std::optional<Wide> valueOf(const Expression& expression, int node, const ExpressionContext& context);

    Encoder& m_encoder;
    int m_depth = 0;
};

} // namespace sockeye::kaitai
