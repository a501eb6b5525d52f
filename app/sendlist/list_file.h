// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/sendlist/list_reader.h"

#include <QStringList>

#include <memory>

namespace sockeye {

/// What a send list may ask for: messages in that protocol, replies of its servers. Files that it names are looked for
/// beside `file` and read; with an empty one they are not read. Reads the disk, when a list is read.
[[nodiscard]] rules::Surroundings listSurroundings(
    const ProtocolPtr& protocol, Transport transport, const QString& file);

/// A send list that was read.
struct ListFile {
    SendList list; ///< as it is written, as far as it could be read
    std::shared_ptr<const PreparedList> prepared; ///< null where it is wrong
    QString text; ///< of it
    QList<rules::Mistake> mistakes; ///< warnings among them; places are in `text`
    QString failure; ///< why it cannot be read, in a sentence; empty: it could
    /// Everything that is wrong, a sentence each, with file, line and column.
    [[nodiscard]] QStringList sentences(const QString& file) const;
};

/// Both may read the disk: not for the GUI thread.
[[nodiscard]] ListFile readListFile(const QString& file, const ProtocolPtr& protocol, Transport transport);
/// The same of a text that is that file, or of no file at all where `file` is empty.
[[nodiscard]] ListFile readListText(
    const QString& text, const QString& file, const ProtocolPtr& protocol, Transport transport);

} // namespace sockeye
