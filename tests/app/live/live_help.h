// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace sockeye {

/// The capture tool of this build.
[[nodiscard]] QString builtCaptureTool();

/// A server of the application protocol in Python, in a process of its own: a program that is not ours.
class PeerServer {
public:
    explicit PeerServer(const QStringList& arguments = {});
    ~PeerServer();
    [[nodiscard]] quint16 port() const { return m_port; } ///< 0: it did not start
    /// A client in Python asks it one question; false if that fails.
    [[nodiscard]] bool ask(const QString& action, const QString& value) const;

private:
    QProcess m_process;
    quint16 m_port = 0;
};

/// A program in a shell script that stands for the capture tool.
class FakeTool {
public:
    explicit FakeTool(const QByteArray& script);
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("tool")); }

    /// The real one, without the right to capture.
    [[nodiscard]] static QByteArray withoutRight();

private:
    QTemporaryDir m_folder;
};

} // namespace sockeye
