// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/annotation/annotation_builder.h"
#include "protocol/result.h"

namespace sockeye {

/// Adds the fields of a JSON text in UTF-8, the bytes [begin, end) of the message, to the node that is open. What is
/// wrong becomes the error of the tree (codes of `subject`, "line"), unless the text is `cut`: the end of the bytes
/// is not its own then. A text that is right is what the tree has as JSON.
void annotateJsonText(AnnotationBuilder& builder, qint64 begin, qint64 end, bool cut, const QString& subject,
    const AnnotateOptions& options);

/// Whether `text`, which lies at `offset`, is one JSON text in UTF-8; else what is wrong with the `subject`.
[[nodiscard]] Result<void> checkJsonText(
    QByteArrayView text, qint64 offset, const QString& subject, const Limits& limits);

} // namespace sockeye
