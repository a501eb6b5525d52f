// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

namespace sockeye {

// The parts of the dissector that depend on nothing: the *.lua files of this folder.
extern const QByteArrayView headLua;
extern const QByteArrayView registrationLua;
extern const QByteArrayView textLua;
extern const QByteArrayView jsonLua;
extern const QByteArrayView messagesLua;
extern const QByteArrayView streamsLua;

} // namespace sockeye
