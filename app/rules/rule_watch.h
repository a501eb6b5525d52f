// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/rules/rule_file.h"
#include "app/rules/rule_shelf.h"
#include "app/storage/file_watch.h"

#include <QObject>

namespace sockeye {

/// Keeps a shelf to what a file of rules says: reads it again when it changes, or a file that its rules name. One that
/// is wrong leaves the rules as they are. Lives in the thread that asks; files are read in the background.
class RuleWatch : public QObject {
    Q_OBJECT
public:
    RuleWatch(std::shared_ptr<RuleShelf> shelf, const QString& file, const RuleUse& use, QObject* parent = nullptr);

    [[nodiscard]] const QString& file() const { return m_file; }
    void take(const RuleFile& read); ///< of that file: as if it had just been read
    void readAgain(); ///< ends in read()

Q_SIGNALS:
    /// It was read and is in force, or has mistakes (rules are null) and the rules before it stay in force.
    void read(const sockeye::RuleFile& file);

private:
    std::shared_ptr<RuleShelf> m_shelf;
    QString m_file;
    RuleUse m_use;
    FileWatch m_files;
    QString m_text; ///< that was read last
    quint64 m_reading = 0; ///< of several at once the last one counts
};

/// What the recording of an endpoint says of it: which rules are in force from now on, or why the new ones are not.
[[nodiscard]] QString reloadText(const RuleFile& read, const QString& file);

} // namespace sockeye
