// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/model/expression.h"

#include <QByteArray>
#include <QSet>
#include <QString>

namespace sockeye::kaitai {

/// What of a description Lua does not say, a sentence each, every one once.
class LuaGaps {
public:
    void add(const QString& sentence);
    [[nodiscard]] const QStringList& sentences() const { return m_sentences; }

private:
    QStringList m_sentences;
};

/// A checked expression as one of Lua 5.2, of the functions that described.lua has. In it `o` is the object that is
/// read, `ix` the place in an array, `it` what "_" stands for. Numbers are doubles there: what does not fit their 53
/// bits is in `gaps`.
[[nodiscard]] QByteArray luaExpression(const Expression& expression, LuaGaps& gaps);

/// "{ [1] = "name", … }"
[[nodiscard]] QByteArray luaNames(const EnumSpec& names);

/// How the tables of types are called: "modbus_tcp.mbap".
[[nodiscard]] QByteArray luaTypeName(const TypeSpec& type);

/// The function that reads texts of that encoding: "utf-8"; empty for one that described.lua has not.
[[nodiscard]] QByteArray luaDecoder(QByteArrayView encoding);

} // namespace sockeye::kaitai
