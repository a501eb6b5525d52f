// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/cutter.h"

#include <vector>

namespace sockeye {

/// JSON texts one after the other, with or without white space between. White space belongs to the text that follows;
/// a number or a word ends where something else begins, or with the stream.
///
/// It follows brackets and quotes; whether what they hold is JSON can be checked when a text is whole.
class JsonFraming final : public Cutter {
public:
    explicit JsonFraming(const Limits& limits);

    void finish(Frames& out) override;
    [[nodiscard]] Progress progress() const override;

protected:
    void take(QByteArrayView piece, Frames& out) override;

private:
    enum class State : quint8 {
        Between, ///< white space before a text
        Inside, ///< objects and arrays, outside of strings
        String,
        Escape, ///< after a backslash
        Word, ///< a number, true, false, null at the outermost level
    };
    /// Looks at the next byte; whether it belongs to the text.
    bool step(char c, qint64 offset);
    void begin(char c, qint64 offset);
    void open(bool object, qint64 offset);
    void close(bool object, char c, qint64 offset);

    Limits m_limits;
    State m_state = State::Between;
    std::vector<bool> m_objects; ///< for each container that is open: whether it is an object; at most the depth limit
    qint64 m_space = 0; ///< white space before the text
    bool m_whole = false; ///< the text ends here
};

} // namespace sockeye
