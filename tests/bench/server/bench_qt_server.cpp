// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The straightforward Qt server of the same exchange: QTcpServer, QTcpSocket, QJsonDocument and Qt's own event
// dispatcher, written by the book and with care, as a competent person would.
//
// bench_qt_server one|keep: prints the port that it listens on, serves until it is killed.

#include <QCoreApplication>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtEndian>

#include <cstdio>

#include <sys/resource.h>

namespace {

/// One connection: gathers what comes, answers each whole message.
class QtConnection : public QObject {
    Q_OBJECT
public:
    QtConnection(QTcpSocket* socket, bool keep, const QHash<QString, QString>& catalog)
        : QObject(socket)
        , m_socket(socket)
        , m_keep(keep)
        , m_catalog(catalog)
    {
        connect(socket, &QTcpSocket::readyRead, this, &QtConnection::readRequests);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    }

private:
    void readRequests()
    {
        m_buffer += m_socket->readAll();
        while (m_buffer.size() >= 2) {
            const auto headerSize = qFromBigEndian<quint16>(m_buffer.constData());
            if (m_buffer.size() < 2 + headerSize) {
                return;
            }
            const QJsonObject header = QJsonDocument::fromJson(m_buffer.mid(2, headerSize)).object();
            const int contentSize = header.value(QLatin1String("content-length")).toInt(-1);
            if (contentSize < 0
                || header.value(QLatin1String("content-type")).toString() != QLatin1String("text/json")) {
                m_socket->abort();
                return;
            }
            if (m_buffer.size() < 2 + headerSize + contentSize) {
                return;
            }
            const QJsonObject request = QJsonDocument::fromJson(m_buffer.mid(2 + headerSize, contentSize)).object();
            m_buffer.remove(0, 2 + headerSize + contentSize);
            m_socket->write(reply(request));
            if (!m_keep) {
                m_socket->disconnectFromHost();
                return;
            }
        }
    }

    QByteArray reply(const QJsonObject& request) const
    {
        const QString query = request.value(QLatin1String("value")).toString();
        const QString answer = m_catalog.value(query, QStringLiteral("No match for \"%1\".").arg(query));
        const QByteArray content =
            QJsonDocument(QJsonObject { { QStringLiteral("result"), answer } }).toJson(QJsonDocument::Compact);
        const QByteArray header = QJsonDocument(QJsonObject {
                                                    { QStringLiteral("byteorder"), QStringLiteral("little") },
                                                    { QStringLiteral("content-type"), QStringLiteral("text/json") },
                                                    { QStringLiteral("content-encoding"), QStringLiteral("utf-8") },
                                                    { QStringLiteral("content-length"), content.size() },
                                                })
                                      .toJson(QJsonDocument::Compact);
        QByteArray message(2, '\0');
        qToBigEndian(static_cast<quint16>(header.size()), message.data());
        message += header;
        message += content;
        return message;
    }

    QTcpSocket* m_socket;
    bool m_keep;
    const QHash<QString, QString>& m_catalog;
    QByteArray m_buffer;
};

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    if (argc != 2) {
        std::fputs("usage: bench_qt_server one|keep\n", stderr);
        return 2;
    }
    rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    const bool keep = qstrcmp(argv[1], "keep") == 0;
    const QHash<QString, QString> catalog {
        { QStringLiteral("morpheus"), QStringLiteral("Follow the white rabbit. \U0001f430") },
        { QStringLiteral("ring"), QStringLiteral("In the caves beneath the Misty Mountains. \U0001f48d") },
        { QStringLiteral("\U0001f436"), QStringLiteral("\U0001f43e Playing ball! \U0001f3d0") },
    };
    QTcpServer server;
    // As long as everybody else's here: with Qt's default of 50 it would lose many handshakes, each worth a second.
    server.setListenBacklogSize(4096);
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
        while (QTcpSocket* const socket = server.nextPendingConnection()) {
            new QtConnection(socket, keep, catalog); // goes with its socket
        }
    });
    if (!server.listen(QHostAddress::LocalHost)) {
        return 1;
    }
    std::printf("%d\n", server.serverPort());
    std::fflush(stdout);
    return QCoreApplication::exec();
}

#include "bench_qt_server.moc"
