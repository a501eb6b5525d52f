// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/run/evaluator.h"
#include "protocol/kaitai/run/leftovers.h"
#include "protocol/kaitai/run/stream_reader.h"

namespace sockeye::kaitai {

/// Reads objects from the streams of a run. When it stops because bytes are missing, reading goes on later where it
/// was: every object knows which of its fields comes next, every array how many elements it has.
class Decoder final : public FieldSource {
public:
    explicit Decoder(Run& run)
        : m_run(run)
        , m_reader(run)
        , m_evaluator(run, *this)
    {
    }

    /// The object at the root, over the message as far as it is there. `isGrowing`: more may come.
    int begin(const TypeSpec& root, bool isGrowing);
    /// Reads what is left of the sequence of an object.
    [[nodiscard]] bool read(int object);
    /// The value of a field that is read, or of an instance, which is read or computed now.
    bool field(int object, int slot, Value& out) override;
    [[nodiscard]] const Value* knownField(int object, int slot) const override
    {
        const Slot& at = m_run.heap.slot(object, slot);
        return at.state == Slot::State::Done ? &at.value : nullptr;
    }

    [[nodiscard]] Evaluator& evaluator() { return m_evaluator; }
    /// Only where messages end is wanted: values that nothing depends on are passed over.
    void setCutting() { m_isCutting = true; }
    [[nodiscard]] const std::vector<Leftover>& leftovers() const { return m_leftovers; }
    /// After the last field that is read from a stream: notes what it leaves of the byte that it began.
    void noteBits(int stream);

private:
    /// The place of the value that is worked on: a slot of an object, or the pending element of an array.
    struct Target {
        const Attribute* what = nullptr;
        int object = -1;
        int slot = -1;
        int array = -1; ///< -1: the slot itself
        int stream = -1;
        qint64 index = -1;
    };
    Slot& slotOf(const Target& target)
    {
        return target.array >= 0 ? m_run.heap.array(target.array).pending : m_run.heap.slot(target.object, target.slot);
    }
    [[nodiscard]] ExpressionContext contextOf(const Target& target) const
    {
        return { target.object, nullptr, target.index };
    }

    bool decideOrder(int object);
    bool attribute(int object, int slot, int stream);
    bool attributeValue(const Target& target);
    bool readPlainElements(const Target& element, bool& isDone);
    bool repeated(const Target& target);
    [[nodiscard]] bool isSkippable(const Attribute& what) const;
    bool skipArray(const Target& target);
    bool wantsMore(const Target& element, const Attribute& attribute, bool& wants);
    bool endsArray(const Target& element, const Attribute& attribute, bool& ends);
    bool element(const Target& target);
    bool beginElement(const Target& target);
    /// Nothing if it cannot be told.
    std::optional<bool> isCase(const Value& on, const Case& one, const ExpressionContext& context);
    bool choose(const Target& target, const Reading*& reading, bool& found);
    bool value(const Target& target, const Reading* reading);
    bool bytes(const Target& target, const Reading* reading, RangeValue& out);
    bool text(const Target& target, const Reading& reading);
    bool structure(const Target& target, const Reading& reading);
    void noteTail(const Target& target, bool isInside, const RangeValue& tail, const QByteArray& expected);
    bool newObject(const Target& target, const Reading& reading, int stream, int& out);
    bool isLittle(const Target& target, const Reading& reading, bool& out);
    bool instance(int object, int slot);
    bool readInstance(const Target& target);
    bool check(const Target& target);
    bool checkContents(const Target& target);
    bool compareTo(const Target& target, const PlacedExpression& with, int& sign);
    bool invalid(const Target& target, const QString& expected);

    Run& m_run;
    StreamReader m_reader;
    Evaluator m_evaluator;
    std::vector<Leftover> m_leftovers;
    bool m_isCutting = false;
};

/// A value as it stands in a sentence: a number, a string in quotes, bytes in hexadecimal.
[[nodiscard]] QString valueText(const Heap& heap, const Value& value);

} // namespace sockeye::kaitai
