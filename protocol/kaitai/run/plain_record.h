// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/limits.h"
#include "protocol/kaitai/model/type_spec.h"

#include <QByteArrayView>

namespace sockeye::kaitai {

/// Sets what decoding a type needs: TypeSpec::hasOwnRules, the labels that trees point at, and plainRecord: of a type
/// whose fields are all plain (Attribute::isPlain) and that has neither instances nor rules of its own, so that of its
/// objects only the values differ.
void prepareType(TypeSpec& spec);

/// Whether objects of that type can be read from these bytes by readPlainRecord(): nothing can be wrong with them then.
[[nodiscard]] inline bool isPlainRecord(const TypeSpec& spec, QByteArrayView bytes, const Limits& limits)
{
    const auto fields = static_cast<qint64>(spec.plainRecord.items.size());
    return fields > 0 && spec.plainRecord.size <= bytes.size() && fields <= limits.maxFields
        && fields <= limits.maxSteps && limits.maxDepth > 0;
}

/// The tree of an object at the beginning of `bytes`.
[[nodiscard]] std::vector<TreeItem> readPlainRecord(const TypeSpec& spec, QByteArrayView bytes);

} // namespace sockeye::kaitai
