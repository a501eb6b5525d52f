// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QObject>

#include <memory>

namespace sockeye {

// Standard input, output and error of this program.

/// Before anything is opened: those of the three that this program was started without are kept free of other files,
/// and whoever reads or writes them is told EBADF.
void reserveStandardStreams();

enum class StandardStream : quint8 { Output, Error };

/// Whether somebody looks at it: false also where the system does not tell.
[[nodiscard]] bool isTerminal(StandardStream stream);

/// Writes all of it, waiting if need be; any thread. An error of <cerrno>, or 0.
[[nodiscard]] int writeAll(StandardStream stream, QByteArrayView bytes);

/// Standard input, as it comes, without a thread that waits for it. One in a program.
class StandardInput final : public QObject {
    Q_OBJECT
public:
    StandardInput();
    ~StandardInput() override;

Q_SIGNALS:
    void came(const QByteArray& bytes);
    void ended(); ///< or failed: nothing more comes

private:
    class Source;
    std::unique_ptr<Source> m_source;
};

} // namespace sockeye
