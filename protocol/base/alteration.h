// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QFlags>
#include <QString>

#include <tl/expected.hpp>

namespace sockeye {

/// One thing about a message that somebody wants to be otherwise, while all else about it stays right.
struct Alteration {
    enum class Kind : quint8 {
        WrongLength = 1, ///< the length that it claims is changed by `by`
        BrokenUtf8 = 2, ///< one of its texts is no UTF-8 any more
        MissingKey = 4, ///< the key, header or field at `path` is left out
        SwapByteOrder = 8, ///< its numbers have their bytes the other way round, or it claims so
        Set = 16, ///< what is at `path` becomes `value`
    };
    Kind kind = Kind::WrongLength;
    qint64 by = 0;
    /// As filters write it: header.content-type, json.items[0].id, content, a field of the protocol.
    QByteArray path;
    QString value; ///< as people write it
    quint64 drawn = 0; ///< which of its texts is broken: any number

    friend bool operator==(const Alteration&, const Alteration&) = default;
};

/// Which of them a protocol knows how to do.
Q_DECLARE_FLAGS(Alterations, Alteration::Kind)

/// The bytes of a message that was changed; the error is a sentence that says why it could not be.
using Altered = tl::expected<QByteArray, QString>;

} // namespace sockeye
