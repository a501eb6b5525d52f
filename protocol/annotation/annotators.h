// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/annotation/annotation_builder.h"

namespace sockeye {

// What each framing knows of a message's insides. The root is open in the builder and covers all of a message that has
// at least one byte.

void annotateApp(AnnotationBuilder& builder, const AnnotateOptions& options);
void annotateRaw(AnnotationBuilder& builder);
void annotateLine(AnnotationBuilder& builder);

/// Whether bytes are better shown as text: decided on the first few KiB.
[[nodiscard]] bool looksLikeText(QByteArrayView bytes);

} // namespace sockeye
