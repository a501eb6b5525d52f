// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/limits.h"
#include "protocol/kaitai/run/heap.h"

#include <QString>

#include <memory>
#include <vector>

namespace sockeye::kaitai {

/// Why decoding stops.
struct Halt {
    enum class Kind : quint8 {
        None,
        Need, ///< the message is not all there
        Fault, ///< the data do not fit, or a calculation cannot be made
        Exhausted, ///< a limit is reached: there is no going on
    };
    Kind kind = Kind::None;
    QString text;
    QByteArray path; ///< of the field
    qint64 offset = -1; ///< in the message; -1 if it is not known
    qint64 needed = 0; ///< Need: size that the message has at least
    qint64 have = 0; ///< Need: of the bytes that the field waits for
    qint64 want = 0; ///< Need: how many it waits for; 0 if that is not known
};

/// The state that all parts of a run share: what was made, what it cost, where it stands and why it stopped. Functions
/// that can stop return false or nothing, and the reason is here.
class Run {
public:
    Run(QByteArrayView message, const Limits& limits);
    ~Run();
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    /// The path of the field that is worked on. `index` is that of an element, -1 for the field itself.
    struct PathPart {
        const Attribute* attribute = nullptr;
        qint64 index = -1;
    };
    /// What a run fills.
    struct Memory {
        Heap heap;
        std::vector<PathPart> path;
    };

private:
    std::unique_ptr<Memory> m_memory;

public:
    Heap& heap;
    std::vector<PathPart>& path;
    Halt halt;

    bool fault(const QString& text, qint64 offset = -1);
    bool exhausted(const QString& text);
    /// Takes back a fault, after which it goes on. False if the stop is for good.
    bool forgive();

    /// Counts work; false if it is too much.
    bool step(qint64 count = 1)
    {
        m_steps += count;
        return m_steps <= m_limits.maxSteps || m_steps <= mostSteps() || exhaustedSteps();
    }
    bool lookAt(qint64 bytes) { return step(bytes / 64); }
    bool makeFields(qint64 count);
    bool makeBytes(qint64 count);
    bool enter(); ///< one level deeper
    void leave() { --m_depth; }
    bool enterExpression();
    void leaveExpression() { --m_expressionDepth; }

    [[nodiscard]] QByteArray pathText() const;

    [[nodiscard]] const Limits& limits() const { return m_limits; }
    [[nodiscard]] qint64 mostFields() const; ///< of a message of as many bytes as there are
    /// For a message that is only being made: how many bytes it may be expected to have.
    void expectBytes(qint64 count) { m_expectedBytes = count; }

private:
    bool exhaustedSteps();
    [[nodiscard]] qint64 mostSteps() const;

    Limits m_limits;
    qint64 m_expectedBytes = 0;
    qint64 m_steps = 0;
    qint64 m_fields = 0;
    qint64 m_derived = 0;
    int m_depth = 0;
    int m_expressionDepth = 0;
};

} // namespace sockeye::kaitai
