// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/copy_as.h"

#include "protocol/composer/source_literal.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString target(const CopiedRequest& request, QLatin1StringView unixOption)
{
    return request.unixName.isEmpty() ? QString(shellQuoted(request.host) + u' ' + QString::number(request.port))
                                      : QString(unixOption + u' ' + shellQuoted(request.unixName));
}

} // namespace

QString cliTarget(const CopiedRequest& request)
{
    return target(request, QLatin1StringView("--unix"));
}

QString netcatTarget(const CopiedRequest& request)
{
    return target(request, QLatin1StringView("-U"));
}

QString pythonPlace(const CopiedRequest& request)
{
    return request.unixName.isEmpty()
        ? QStringLiteral("HOST, PORT = %1, %2").arg(quoted(request.host), QString::number(request.port))
        : QStringLiteral("NAME = ") + unixLiteral(request.unixName);
}

QString unixLiteral(const QString& name)
{
    return quoted(name.startsWith(u'@') ? QString(QChar(u'\0') + name.sliced(1)) : name);
}

QString copyAs(CopyForm form, const CopiedRequest& request)
{
    switch (form) {
    case CopyForm::Python:
        return copyAsPython(request);
    case CopyForm::C:
        return copyAsC(request);
    case CopyForm::Netcat:
        return copyAsNetcat(request);
    case CopyForm::Cli:
        return copyAsCli(request);
    case CopyForm::Hex:
        break;
    }
    return QString::fromLatin1(request.bytes.toHex(' '));
}

QList<CopyForm> copyForms()
{
    return { CopyForm::Python, CopyForm::C, CopyForm::Netcat, CopyForm::Cli, CopyForm::Hex };
}

QString copyFormName(CopyForm form)
{
    const auto say = [](const char* text) { return QCoreApplication::translate("sockeye::CopyForm", text); };
    switch (form) {
    case CopyForm::Python:
        return say(QT_TRANSLATE_NOOP("sockeye::CopyForm", "Python program"));
    case CopyForm::C:
        return say(QT_TRANSLATE_NOOP("sockeye::CopyForm", "C program"));
    case CopyForm::Netcat:
        return say(QT_TRANSLATE_NOOP("sockeye::CopyForm", "netcat command"));
    case CopyForm::Cli:
        return say(QT_TRANSLATE_NOOP("sockeye::CopyForm", "sockeye-cli command"));
    case CopyForm::Hex:
        break;
    }
    return say(QT_TRANSLATE_NOOP("sockeye::CopyForm", "Hex"));
}

} // namespace sockeye
