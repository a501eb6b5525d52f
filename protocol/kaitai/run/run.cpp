// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/run/run.h"

#include "protocol/kaitai/base/words.h"

#include <algorithm>
#include <utility>

namespace sockeye::kaitai {

namespace {

/// The memory of a run that ended, for the next one of the same thread: most messages are small, and much alike.
std::unique_ptr<Run::Memory>& spareMemory()
{
    thread_local std::unique_ptr<Run::Memory> spare;
    return spare;
}

std::unique_ptr<Run::Memory> takenMemory()
{
    std::unique_ptr<Run::Memory>& spare = spareMemory();
    return spare ? std::move(spare) : std::make_unique<Run::Memory>();
}

} // namespace

Run::Run(QByteArrayView message, const Limits& limits)
    : m_memory(takenMemory())
    , heap(m_memory->heap)
    , path(m_memory->path)
    , m_limits(limits)
{
    heap.message = message;
}

Run::~Run()
{
    constexpr std::size_t mostSlots = 256; // what is kept is little, even in many threads
    if (heap.slotStore.capacity() <= mostSlots && heap.objects.capacity() <= mostSlots
        && heap.streams.capacity() <= mostSlots && heap.arrays.capacity() <= mostSlots
        && heap.buffers.capacity() <= mostSlots && path.capacity() <= mostSlots) {
        heap.clear();
        path.clear();
        spareMemory() = std::move(m_memory);
    }
}

bool Run::fault(const QString& text, qint64 offset)
{
    if (halt.kind == Halt::Kind::None) {
        halt = { Halt::Kind::Fault, text, pathText(), offset, 0, 0, 0 };
    }
    return false;
}

bool Run::exhausted(const QString& text)
{
    if (halt.kind != Halt::Kind::Exhausted) {
        halt = { Halt::Kind::Exhausted, text, pathText(), -1, 0, 0, 0 };
    }
    return false;
}

bool Run::forgive()
{
    if (halt.kind == Halt::Kind::Fault) {
        halt = {};
    }
    return halt.kind == Halt::Kind::None;
}

bool Run::exhaustedSteps()
{
    return exhausted(tr("This takes more than %1 steps.").arg(mostSteps()));
}

qint64 Run::mostFields() const
{
    const qint64 bytes = std::max<qint64>(heap.message.size(), m_expectedBytes);
    return m_limits.maxFields + std::min(m_limits.maxFieldsByBytes, bytes * Limits::fieldsPerByte);
}

qint64 Run::mostSteps() const
{
    const qint64 bytes = std::max<qint64>(heap.message.size(), m_expectedBytes);
    return m_limits.maxSteps + std::min(m_limits.maxStepsByBytes, bytes * Limits::stepsPerByte);
}

bool Run::makeFields(qint64 count)
{
    m_fields += count;
    return (m_fields <= m_limits.maxFields || m_fields <= mostFields()
               || exhausted(tr("The message has more than %1 fields.").arg(mostFields())))
        && step(count);
}

bool Run::makeBytes(qint64 count)
{
    m_derived += count;
    return (m_derived <= m_limits.maxDerived
               || exhausted(tr("More than %1 bytes would have to be made of this message.").arg(m_limits.maxDerived)))
        && lookAt(count);
}

bool Run::enter()
{
    return ++m_depth <= m_limits.maxDepth
        || exhausted(tr("The message is nested deeper than %1 levels.").arg(m_limits.maxDepth));
}

bool Run::enterExpression()
{
    constexpr int deepest = 1500; // of this stack, all levels together
    return ++m_expressionDepth <= deepest || exhausted(tr("The expressions are nested too deep."));
}

QByteArray Run::pathText() const
{
    QByteArray out;
    for (const PathPart& part : path) {
        if (part.index >= 0) {
            out += '[' + QByteArray::number(part.index) + ']';
        } else {
            out += (out.isEmpty() ? QByteArray() : QByteArray(".")) + part.attribute->id;
        }
    }
    return out;
}

} // namespace sockeye::kaitai
