// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/model/module.h"

#include <functional>

namespace sockeye::kaitai {

/// A description with everything that it imports.
struct Program {
    std::vector<std::unique_ptr<Module>> modules; ///< the description itself first

    [[nodiscard]] const Module& main() const { return *modules.front(); }
    [[nodiscard]] const TypeSpec& root() const { return *modules.front()->top; }
};

/// Calls `visit` for each type of the module, outer ones first.
void forEachType(const Module& module, const std::function<void(TypeSpec&)>& visit);

/// The type that `path` ("frame", "outer::inner") means in `from`; null if there is none. Looked for in the type
/// itself, in those that it stands in, then among the files.
[[nodiscard]] TypeSpec* findType(const Program& program, const TypeSpec& from, QByteArrayView path);

/// The same for an enum: the last part of the path is its name.
[[nodiscard]] const EnumSpec* findEnum(const Program& program, const TypeSpec& from, QByteArrayView path);

/// What a value is whose type is written as `name`, in a parameter or a cast: "u4", "bool", "str", "io", "struct",
/// "any", a type of the description, each perhaps with "[]". Nothing if there is none of that name.
[[nodiscard]] std::optional<Type> typeNamed(const Program& program, const TypeSpec& from, QByteArray name);

} // namespace sockeye::kaitai
