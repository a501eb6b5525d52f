// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/copy_as.h"

#include <QCoreApplication>

namespace sockeye {

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
