// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/resp/resp_type.h"

#include <QByteArrayView>

namespace sockeye::resp {

/// One value of a message, or the head of one that holds others: where its parts lie in the bytes.
struct Item {
    enum class State : quint8 {
        Right,
        Cut, ///< the bytes end inside
        Bad,
    };
    State state = State::Bad;
    char type = '\0'; ///< '\0': an inline command
    Shape shape = Shape::None;
    qsizetype begin = 0;
    qsizetype lineEnd = 0; ///< one past what stands on its line, line end not included
    qsizetype dataBegin = 0; ///< of a string: its bytes
    qsizetype dataEnd = 0;
    qsizetype end = 0; ///< one past it; for an aggregate, past its line
    qint64 number = 0; ///< of a string: its length, of an aggregate: how many values follow
    bool streamed = false;
    bool isNull = false;

    [[nodiscard]] QByteArrayView line(QByteArrayView bytes) const
    {
        const qsizetype text = type == '\0' ? begin : begin + 1;
        return bytes.sliced(text, lineEnd - text);
    }
    [[nodiscard]] QByteArrayView data(QByteArrayView bytes) const
    {
        return bytes.sliced(dataBegin, dataEnd - dataBegin);
    }
};

/// What begins at `at`, a place in `bytes`. An inline command is one at the very beginning alone.
[[nodiscard]] Item itemAt(QByteArrayView bytes, qsizetype at);

} // namespace sockeye::resp
