// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/content/views/content_view.h"

namespace sockeye {

// One for each row of contentViews(), each in a file of its own.

[[nodiscard]] ShownContent showAsJson(QByteArrayView content, const QString& parameter, const ViewLimits& limits);
[[nodiscard]] ShownContent showAsCbor(QByteArrayView content, const QString& parameter, const ViewLimits& limits);
[[nodiscard]] ShownContent showAsMessagePack(
    QByteArrayView content, const QString& parameter, const ViewLimits& limits);
[[nodiscard]] ShownContent showAsText(QByteArrayView content, const QString& parameter, const ViewLimits& limits);
[[nodiscard]] ShownContent showAsStruct(QByteArrayView content, const QString& parameter, const ViewLimits& limits);
[[nodiscard]] ShownContent showAsTime(QByteArrayView content, const QString& parameter, const ViewLimits& limits);
[[nodiscard]] ShownContent showAsHex(QByteArrayView content, const QString& parameter, const ViewLimits& limits);

/// A sentence of a view, in the language of the people; places are filled in by the caller.
[[nodiscard]] QString viewText(const char* text);

} // namespace sockeye
