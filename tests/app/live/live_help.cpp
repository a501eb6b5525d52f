// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/live/live_help.h"

#include <QFile>

namespace sockeye {

namespace {

QString peer(const char* name)
{
    return qEnvironmentVariable("SOCKEYE_PEERS") + u'/' + QLatin1StringView(name);
}

} // namespace

QString builtCaptureTool()
{
    return qEnvironmentVariable("SOCKEYE_BIN") + u"/sockeye-capture";
}

PeerServer::PeerServer(const QStringList& arguments)
{
    m_process.start(QStringLiteral("python3"), QStringList(peer("app_server.py")) + arguments);
    while (!m_process.canReadLine() && m_process.waitForReadyRead()) { }
    m_port = m_process.readLine().trimmed().toUShort();
}

PeerServer::~PeerServer()
{
    m_process.closeWriteChannel(); // ends it
    m_process.waitForFinished();
}

bool PeerServer::ask(const QString& action, const QString& value) const
{
    QProcess client;
    client.start(QStringLiteral("python3"),
        { peer("app_client.py"), QStringLiteral("127.0.0.1"), QString::number(m_port), action, value });
    return client.waitForFinished() && client.exitStatus() == QProcess::NormalExit && client.exitCode() == 0;
}

FakeTool::FakeTool(const QByteArray& script)
{
    QFile file(path());
    if (file.open(QIODevice::WriteOnly)) {
        file.write("#!/bin/sh\n" + script + '\n');
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    }
}

QByteArray FakeTool::withoutRight()
{
    return "exec setpriv --bounding-set=-net_raw --inh-caps=-net_raw -- '" + QFile::encodeName(builtCaptureTool())
        + "' \"$@\"";
}

} // namespace sockeye
