// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

namespace sockeye::kaitai {

// The parts of a generated dissector that depend on no description: the *.lua files of this folder.
extern const QByteArrayView fieldsLua;
extern const QByteArrayView describedLua;
extern const QByteArrayView shownLua;
extern const QByteArrayView sumsLua; ///< of descriptions with checksums

} // namespace sockeye::kaitai
