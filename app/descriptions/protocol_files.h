// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/registry.h"

#include <QString>
#include <QStringList>

namespace sockeye {

/// Has protocolFromName() find descriptions by the names of their files: as they stand, in the user's folder, among
/// those that come with Sockeye; ".ksy" may be left out there. Called once, at the start.
void useProtocolFiles();

/// The file that a name means, which may be a resource of the program; empty if there is none.
[[nodiscard]] QString protocolFile(const QString& name);

/// The protocol of that file, which is added to those that are offered; null where there is no such file and the name
/// does not end in ".ksy". A file that has not changed gives the same protocol. The error is a sentence a line, each
/// with file, line and column. Reads the disk.
[[nodiscard]] tl::expected<ProtocolPtr, QString> protocolFromFile(const QString& name);

/// The protocol of a description that comes through a pipe or from standard input ("-"), which is added under that name
/// to those that are offered, and never changes. The error as above. Waits for who writes: not for the GUI thread, nor
/// for names that somebody else wrote, as files do.
[[nodiscard]] tl::expected<ProtocolPtr, QString> protocolFromStream(const QString& name);

/// What is wrong with the protocol's own examples, and other doubts: a sentence a line; empty where there is nothing,
/// and for protocols that come of no file.
[[nodiscard]] QString doubtsAbout(const ProtocolPtr& protocol);

/// The files that a protocol was made of; empty for one that comes of none, or with Sockeye.
[[nodiscard]] QStringList filesOf(const ProtocolPtr& protocol);

/// Where users keep descriptions of their own: "protocols" in Sockeye's configuration folder.
[[nodiscard]] QString protocolFolder();

/// The names of what comes with Sockeye and of what lies in the user's folder. Reads the disk.
[[nodiscard]] QStringList protocolFileNames();

} // namespace sockeye
