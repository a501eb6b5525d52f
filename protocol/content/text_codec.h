// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace sockeye {

/// Whether texts in the encoding of that name can be read: "UTF-8", "UTF-16LE", "SJIS", "IBM437", "windows-1252", …,
/// in any of its usual spellings.
[[nodiscard]] bool isKnownEncoding(const QByteArray& name);

/// The one way to write that name: "GBK" for "gbk", "Shift_JIS" for "sjis". As it is where it is not known.
[[nodiscard]] QByteArray canonicalEncoding(const QByteArray& name);

/// Bytes of the smallest unit in which that encoding is written: 1, 2 (UTF-16) or 4 (UTF-32).
[[nodiscard]] int encodingUnit(QByteArrayView name);

/// Whether `bytes` are the same in UTF-8, so that they need not be decoded. False also where that takes long to tell.
[[nodiscard]] bool isTextAsItStands(QByteArrayView encoding, QByteArrayView bytes);

/// `bytes` as UTF-8; what is no character becomes U+FFFD. Nothing if the encoding is not known.
[[nodiscard]] std::optional<QByteArray> decodedText(const QByteArray& encoding, QByteArrayView bytes);

/// `utf8` in that encoding. Nothing if the encoding is not known or has not all of its characters.
[[nodiscard]] std::optional<QByteArray> encodedText(const QByteArray& encoding, QByteArrayView utf8);

} // namespace sockeye
