// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/copy_as.h"
#include "protocol/composer/copy_as_datagram.h"
#include "protocol/composer/source_literal.h"

#include <QStringList>

namespace sockeye {

namespace {

QString chunkOptions(const CopiedRequest& request)
{
    if (request.chunks.isEmpty()) {
        return {};
    }
    QStringList sizes;
    for (const qint64 size : request.chunks) {
        sizes.append(QString::number(size));
    }
    return QStringLiteral(" --chunks %1 --pause %2").arg(sizes.join(u','), QString::number(request.pauseMs));
}

/// `sockeye-cli send`, if it makes exactly these bytes; empty otherwise.
QString sendCommand(const CopiedRequest& request)
{
    const bool canBeWord = !request.action.startsWith(u'-') && !request.value.startsWith(u'-')
        && !request.action.contains(QChar()) && !request.value.contains(QChar());
    const QStringList words =
        canBeWord ? request.protocol->sendWords(request.bytes, request.action, request.value) : QStringList();
    if (words.isEmpty()) {
        return {};
    }
    QString command = QStringLiteral("sockeye-cli send ") + cliTarget(request);
    for (const QString& word : words) {
        command += u' ' + shellQuoted(word);
    }
    return command;
}

} // namespace

QString copyAsNetcat(const CopiedRequest& request)
{
    if (request.transport == Transport::Udp) {
        return datagramAsNetcat(request);
    }
    // A server of plain text answers until it sees the end of the stream, which -N sends.
    const bool endsBefore = !request.protocol->receiveCode(CodeLanguage::C).steps.isEmpty();
    const QString endOption = endsBefore ? QString() : QStringLiteral(" -N");
    const QString to = endOption + u' ' + netcatTarget(request);
    if (request.chunks.isEmpty()) {
        return u"printf '" + printfFormat(request.bytes) + u"' | nc" + to;
    }
    QStringList steps;
    qsizetype index = 0;
    for (qsizetype at = 0; at < request.bytes.size(); ++index) {
        const qint64 size = qMax<qint64>(1, request.chunks.value(index, request.chunks.last()));
        steps.append(u"printf '" + printfFormat(request.bytes.mid(at, size)) + u'\'');
        at += qMin<qint64>(size, request.bytes.size() - at);
    }
    const QString pause = request.pauseMs > 0
        ? QStringLiteral("\nsleep %1\n").arg(static_cast<double>(request.pauseMs) / 1000.0)
        : QStringLiteral("\n");
    return u"{\n" + steps.join(pause) + u"\n} | nc" + to;
}

QString copyAsCli(const CopiedRequest& request)
{
    QString command = sendCommand(request);
    if (command.isEmpty()) {
        command = QStringLiteral("sockeye-cli raw %1 --hex %2")
                      .arg(cliTarget(request), QString::fromLatin1(request.bytes.toHex()));
    }
    if (request.transport == Transport::Udp) {
        command += QStringLiteral(" --udp");
    }
    return command + chunkOptions(request);
}

} // namespace sockeye
