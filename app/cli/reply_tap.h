// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/arguments.h"
#include "app/reading/capture.h"

#include <QFile>

#include <memory>
#include <optional>

namespace sockeye::cli {

/// Takes what comes in, as it comes, however much it is: looks for the text of --expect in it, also in what comes while
/// we linger, and writes it to the file of --reply-to. Hands every event on to who prints.
class ReplyTap final : public CaptureObserver {
public:
    explicit ReplyTap(const Arguments& arguments);

    /// Opens the file, if one was named; false if it cannot be, which standard error then says.
    [[nodiscard]] bool open();
    void setNext(std::shared_ptr<CaptureObserver> next) { m_next = std::move(next); } ///< may be null
    void event(const CaptureEvent& event) override;
    void idle() override;
    qint64 silence(qint64 until) override;

    // Once everything has been told.
    [[nodiscard]] bool hasFound() const { return m_found; } ///< the text of --expect; true where there is none
    [[nodiscard]] bool finish(); ///< closes the file; false if it could not be written, which standard error then says

private:
    [[nodiscard]] QString fileName() const;

    QString m_file;
    QByteArray m_wanted;
    QByteArray m_tail; ///< the last bytes, in which what is looked for may have begun
    bool m_found = false;
    std::optional<QFile> m_output;
    QString m_trouble; ///< in the system's words; empty: none
    std::shared_ptr<CaptureObserver> m_next;
};

} // namespace sockeye::cli
