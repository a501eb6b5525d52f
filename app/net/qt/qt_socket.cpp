// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/qt/qt_socket.h"

#include "app/net/qt/qt_stream.h"

#include <QCoreApplication>
#include <QEvent>
#include <QNetworkProxy>

namespace sockeye {

namespace {

const QEvent::Type queuedEvent = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

QtSocket::QtSocket()
{
    setProxy(QNetworkProxy::NoProxy); // what is shown is who was really connected to
    setReadBufferSize(QtStream::readBufferSize);
    connect(this, &QTcpSocket::connected, this, [this] { tell(&QtStream::established); });
    connect(this, &QTcpSocket::readyRead, this, [this] { tell(&QtStream::haveBytes); });
    connect(this, &QTcpSocket::bytesWritten, this, [this] { tell(&QtStream::haveRoom); });
    connect(this, &QTcpSocket::errorOccurred, this, [this] { tell(&QtStream::failed); });
    connect(this, &QTcpSocket::disconnected, this, [this] { tell(&QtStream::ended); });
}

void QtSocket::tell(void (QtStream::*what)())
{
    if (m_stream != nullptr) {
        (m_stream->*what)();
    }
}

void QtSocket::callLater()
{
    QCoreApplication::postEvent(this, new QEvent(queuedEvent));
}

bool QtSocket::event(QEvent* event)
{
    if (event->type() == queuedEvent) {
        tell(&QtStream::later);
        return true;
    }
    return QTcpSocket::event(event);
}

} // namespace sockeye
