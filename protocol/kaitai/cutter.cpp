// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/cutter.h"

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/check/check_program.h"
#include "protocol/kaitai/run/decoder.h"

#include <algorithm>

namespace sockeye::kaitai {

struct Cutter::State {
    explicit State(const Limits& limits)
        : run({}, limits)
        , decoder(run)
    {
    }
    Run run;
    Decoder decoder;
    int object = -1;
};

QString waitingText(const CutResult& result)
{
    const QString field = QString::fromUtf8(result.field);
    return result.want > 0
        ? tr("%1: %2 of %3 bytes").arg(field, QString::number(result.have), QString::number(result.want))
        : tr("%1: %2 bytes, and not its end yet").arg(field, QString::number(result.have));
}

Cutter::Cutter(std::shared_ptr<const Description> description, const Limits& limits, Sender sender)
    : m_description(std::move(description))
    , m_limits(limits)
    , m_sender(sender)
    , m_maxMessage(m_description->maxMessage(limits))
    , m_fixedSize(uncheckedSize(m_description->root(sender)))
{
}

Cutter::~Cutter() = default;

void Cutter::restart()
{
    m_state.reset();
    m_last = {};
}

void Cutter::prepare()
{
    if (!m_state) {
        m_state = std::make_unique<State>(m_limits);
        m_state->decoder.setCutting();
        m_state->object = m_state->decoder.begin(m_description->root(m_sender), true);
    }
}

CutResult Cutter::tooLong(qint64 size) const
{
    CutResult out;
    out.kind = CutResult::Kind::Fault;
    out.fault.text = tr("The message has at least %1 bytes, but %2 are the most.")
                         .arg(QString::number(size), QString::number(m_maxMessage));
    return out;
}

CutResult Cutter::feed(QByteArrayView bytes)
{
    if (m_last.kind == CutResult::Kind::Fault || (m_last.kind == CutResult::Kind::Need && bytes.size() < m_last.size)) {
        return m_last;
    }
    if (m_fixedSize && *m_fixedSize > 0 && *m_fixedSize <= m_maxMessage && bytes.size() >= *m_fixedSize) {
        m_last = {};
        m_last.kind = CutResult::Kind::Message;
        m_last.size = *m_fixedSize;
        return m_last;
    }
    prepare();
    Run& run = m_state->run;
    // What is over the limit is never read, so that it is told the same when it is there at once and when it is still
    // to come.
    run.heap.message = bytes.first(std::min<qint64>(bytes.size(), m_maxMessage));
    run.heap.stream(0).size = run.heap.message.size();
    run.halt = {};
    CutResult out;
    if (m_state->decoder.read(m_state->object)) {
        out.kind = CutResult::Kind::Message;
        out.size = run.heap.stream(0).position;
        if (out.size == 0) {
            out.kind = CutResult::Kind::Fault;
            out.fault.text = tr("A message of no bytes cannot be told from the next one.");
        }
    } else if (run.halt.kind == Halt::Kind::Need) {
        out.size = run.halt.needed;
        out.field = run.halt.path;
        out.have = run.halt.have;
        out.want = run.halt.want;
        if (out.size > m_maxMessage) {
            const TreeFault where { {}, run.halt.path, run.halt.offset };
            out = tooLong(out.size);
            out.fault.path = where.path;
            out.fault.offset = where.offset;
        }
    } else {
        out.kind = CutResult::Kind::Fault;
        out.fault = { run.halt.text, run.halt.path, run.halt.offset };
    }
    m_last = out;
    return out;
}

} // namespace sockeye::kaitai
