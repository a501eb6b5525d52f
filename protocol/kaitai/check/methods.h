// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/model/expression.h"

namespace sockeye::kaitai {

/// A method that values of a type have, with what it gives.
struct MethodInfo {
    Method method = Method::None;
    int least = 0; ///< arguments
    int most = 0;
    Type result;
};

/// The method of that name; Method::None if values of `object` have no such one.
[[nodiscard]] MethodInfo findMethod(const Type& object, QByteArrayView name);

} // namespace sockeye::kaitai
