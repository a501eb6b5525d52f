// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/annotation/annotation.h"

namespace sockeye {

/// What a kind of field is called: English, to be translated in the context "sockeye::Annotation". Kinds that are
/// named after their content (members, values) have a name for the others of their kind.
[[nodiscard]] const char* fieldName(FieldKind kind);

/// The same for Wireshark's display filters: "sockeye.protoheader_length". Empty for kinds that it does not tell apart.
[[nodiscard]] QByteArray filterName(FieldKind kind);

/// The filter name of a member of the JSON header ("content-length"), or of the content ("action").
[[nodiscard]] QByteArray headerFilterName(QByteArrayView key);
[[nodiscard]] QByteArray contentFilterName(QByteArrayView key);

} // namespace sockeye
