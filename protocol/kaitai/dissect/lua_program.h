// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/check/names.h"
#include "protocol/kaitai/dissect/lua_expression.h"

namespace sockeye::kaitai {

/// The types of a program as tables of Lua, which described.lua reads messages by, and the fields of Wireshark's
/// filters that shown.lua shows them in: `proto.TYPE.FIELD`, of the root `proto.FIELD`.
class LuaProgram {
public:
    /// `proto`: how the protocol is called in Wireshark.
    LuaProgram(const Program& program, const TypeSpec& root, QByteArray proto, LuaGaps& gaps);

    /// Fills the tables T and fields.
    [[nodiscard]] QByteArray write();
    /// Whether what was written needs sums.lua.
    [[nodiscard]] bool hasChecksums() const { return m_hasChecksums; }

private:
    void type(const TypeSpec& type);
    void attribute(const TypeSpec& type, int slot);
    void fields(const TypeSpec& type, const Attribute& what);
    void reading(const Attribute& what, const Reading& reading);
    void extent(const Attribute& what);
    void validation(const Attribute& what);
    void checksum(const Attribute& what, int slot);
    void function(const char* key, const PlacedExpression& expression, const char* parameters = "o, ix");
    [[nodiscard]] QByteArray of(const PlacedExpression& expression);
    [[nodiscard]] QByteArray abbreviation(const TypeSpec& type, const Attribute& what) const;
    [[nodiscard]] static QByteArray category(const Reading& reading);

    const Program& m_program;
    const TypeSpec& m_root;
    QByteArray m_proto;
    LuaGaps& m_gaps;
    QByteArray m_out;
    bool m_hasChecksums = false;
};

} // namespace sockeye::kaitai
