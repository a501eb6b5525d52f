// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"
#include "app/platform/system_file.h"

#include <QByteArray>
#include <QString>

namespace sockeye {

/// A file that appears under its name only when it is whole: written beside it under another name, which goes away if
/// commit() is never reached. A device or a pipe that has that name is written to as it is. Between close() and
/// commit() it takes no descriptor, so that many can wait.
class PendingFile {
public:
    enum class Existing : quint8 {
        Replace,
        Refuse, ///< a file of that name makes create() fail
    };

    explicit PendingFile(const QString& file);
    ~PendingFile();
    PendingFile(const PendingFile&) = delete;
    PendingFile& operator=(const PendingFile&) = delete;

    bool create(Existing existing = Existing::Replace);
    void write(QByteArrayView bytes); ///< gathers; failure() tells what came of it
    bool close(); ///< everything is on the disk, or failure() says why not
    bool commit(); ///< closes it and gives it its name

    [[nodiscard]] const QString& name() const { return m_name; }
    /// Where it lies until then: for those who write it themselves, after create().
    [[nodiscard]] const QString& temporaryName() const { return m_temporary; }
    [[nodiscard]] const Failure& failure() const { return m_failure; }

private:
    void flush();
    bool fail(int error);

    QString m_name;
    QString m_target; ///< where the name leads, if it is a link
    QString m_temporary;
    QByteArray m_pending;
    Failure m_failure;
    SystemFile m_file;
    bool m_isDirect = false; ///< what has the name is no file that another one could take the place of
};

} // namespace sockeye
