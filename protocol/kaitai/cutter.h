// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/description.h"

namespace sockeye::kaitai {

/// What can be said of a message from the bytes that have come so far.
struct CutResult {
    enum class Kind : quint8 {
        Message, ///< it is whole
        Need, ///< more bytes must come
        Fault, ///< these bytes do not fit
    };
    Kind kind = Kind::Need;
    qint64 size = 0; ///< Message: its size; Need: the size that it has at least, more than what was given
    TreeFault fault; ///< Fault
    QByteArray field; ///< Need: the path of the field that waits
    qint64 have = 0; ///< Need: bytes of the field that are there
    qint64 want = 0; ///< Need: bytes that it waits for; 0 if that is not known, as before a terminator
};

/// "data: 3 of 12 bytes", for people who ask what a connection waits for. Only for Need.
[[nodiscard]] QString waitingText(const CutResult& result);

/// Finds where a message ends while its bytes arrive. What was read is not read again: the work is linear in the bytes
/// however they come in pieces. Not for several threads at once.
class Cutter {
public:
    Cutter(std::shared_ptr<const Description> description, const Limits& limits = {}, Sender sender = Sender::Either);
    ~Cutter();
    Cutter(const Cutter&) = delete;
    Cutter& operator=(const Cutter&) = delete;

    /// `bytes`: everything from the beginning of the message on that has come, in whatever memory; at least as much as
    /// the time before. Need not be asked again before `size` bytes are there; it then says the same.
    [[nodiscard]] CutResult feed(QByteArrayView bytes);
    /// The next bytes are those of another message.
    void restart();

private:
    struct State;
    void prepare();
    CutResult tooLong(qint64 size) const;

    std::shared_ptr<const Description> m_description;
    Limits m_limits;
    Sender m_sender;
    qint64 m_maxMessage;
    std::optional<qint64> m_fixedSize; ///< of every message, if its bytes may be anything
    std::unique_ptr<State> m_state; ///< of the message that is begun
    CutResult m_last;
};

} // namespace sockeye::kaitai
