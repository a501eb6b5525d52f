// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/unix_name.h"

#include "protocol/text/visible_text.h"

#include <QCoreApplication>
#include <QFile>

namespace sockeye {

UnixName::UnixName(const QByteArray& bytes, qint64 pid)
    : m_data(new Data)
{
    m_data->bytes = bytes;
    m_data->pid = pid;
}

UnixName UnixName::fromBytes(const QByteArray& bytes)
{
    return { bytes, 0 };
}

UnixName UnixName::fromText(const QString& text)
{
    return { text.startsWith(u'@') ? '\0' + text.sliced(1).toUtf8() : QFile::encodeName(text), 0 };
}

UnixName UnixName::unnamed(qint64 pid)
{
    return { {}, pid };
}

bool UnixName::isTooLong() const
{
    return bytes().size() > longest + (isAbstract() ? 1 : 0);
}

const QByteArray& UnixName::bytes() const
{
    static const QByteArray none;
    return m_data ? m_data->bytes : none;
}

QString UnixName::text() const
{
    if (isUnnamed()) {
        return pid() > 0 ? QCoreApplication::translate("sockeye::UnixName", "unnamed (pid %1)").arg(pid())
                         : QCoreApplication::translate("sockeye::UnixName", "unnamed");
    }
    if (isAbstract()) {
        return u'@' + visibleText(QByteArrayView(bytes()).sliced(1));
    }
    const QString path = visibleText(QByteArrayView(bytes()));
    return path.startsWith(u'@') ? QStringLiteral("./") + path : path;
}

} // namespace sockeye
