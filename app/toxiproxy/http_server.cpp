// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Qt's HTTP server, which parses in its event loop, with what version 6.4 of it leaves to its user: bounds. Its
// requests grow as long as a peer sends, its connections are any number and have no time-outs. (The other choice,
// cpp-httplib, reads lines without bound and needs a thread for each connection.)

#include "app/toxiproxy/http_server.h"

#include <QAbstractHttpServer>
#include <QElapsedTimer>
#include <QHash>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QLoggingCategory>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <deque>
#include <utility>

namespace sockeye {

namespace {

using Request = QHttpServerRequest;

QByteArray methodName(Request::Method method)
{
    switch (method) {
    case Request::Method::Get:
        return "GET";
    case Request::Method::Put:
        return "PUT";
    case Request::Method::Delete:
        return "DELETE";
    case Request::Method::Post:
        return "POST";
    case Request::Method::Head:
        return "HEAD";
    case Request::Method::Options:
        return "OPTIONS";
    case Request::Method::Patch:
        return "PATCH";
    default:
        return {};
    }
}

QStringList pathOf(const QUrl& url)
{
    QStringList parts;
    const QStringList encoded = url.path(QUrl::FullyEncoded).split(u'/');
    for (const QString& part : encoded.sliced(encoded.size() > 1 ? 1 : 0)) {
        parts.append(QUrl::fromPercentEncoding(part.toUtf8()));
    }
    return parts;
}

/// What peers send is nothing for our standard error.
void keepQuiet()
{
    static QLoggingCategory::CategoryFilter before = nullptr;
    static const bool once = [] {
        before = QLoggingCategory::installFilter([](QLoggingCategory* category) {
            if (before != nullptr) { // not yet, for those that there are already
                before(category);
            }
            if (QByteArrayView(category->categoryName()).startsWith("qt.httpserver")) {
                category->setEnabled(QtWarningMsg, false);
            }
        });
        return true;
    }();
    Q_UNUSED(once)
}

FailureCode failureOf(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::AddressInUseError:
        return FailureCode::AddressInUse;
    case QAbstractSocket::SocketAddressNotAvailableError:
        return FailureCode::AddressNotAvailable;
    case QAbstractSocket::SocketAccessError:
        return FailureCode::NotPermitted;
    default:
        return FailureCode::Other;
    }
}

} // namespace

class HttpServer::Impl final : public QAbstractHttpServer {
public:
    Impl(Handler handler, const HttpLimits& limits)
        : m_handler(std::move(handler))
        , m_limits(limits)
    {
        keepQuiet();
        m_look.setInterval(
            std::clamp(limits.whole / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(1000)));
        connect(&m_look, &QTimer::timeout, this, &Impl::look);
    }
    ~Impl() override
    {
        const QList<QTcpSocket*> all = m_connections.keys();
        for (QTcpSocket* const socket : all) {
            delete socket; // which lets go of what Qt has for it
        }
    }

    [[nodiscard]] Failure listen(const SocketAddress& at)
    {
        auto server = std::make_unique<Acceptor>(*this);
        if (!server->listen(at.host, at.port)) {
            return makeFailure(failureOf(server->serverError()), at.toString(), server->errorString());
        }
        m_address = { server->serverAddress(), server->serverPort() };
        bind(server.release()); // ours now, by being its parent
        return {};
    }
    [[nodiscard]] SocketAddress address() const { return m_address; }

protected:
    bool handleRequest(const Request& request, QTcpSocket* socket) override
    {
        const std::shared_ptr<Connection> known = m_connections.value(socket); // it may go meanwhile
        const bool isUpgrade = request.value("upgrade").compare("websocket", Qt::CaseInsensitive) == 0;
        if (known == nullptr || isUpgrade || socket->state() != QTcpSocket::ConnectedState) {
            return false;
        }
        if (known->isRefused) {
            return true;
        }
        known->received = 0;
        known->since.restart();
        if (static_cast<int>(known->waiting.size()) >= m_limits.waiting || socket->bytesToWrite() > m_limits.unread) {
            socket->abort();
            return true;
        }
        HttpRequest whole { methodName(request.method()), pathOf(request.url()), request.value("user-agent"),
            request.body() };
        const bool isLast = request.value("connection").toLower().contains("close");
        known->waiting.push_back({ std::move(whole), &request, isLast });
        if (known->waiting.size() == 1) {
            handleNext(known);
        }
        return true;
    }
    void missingHandler(const Request& request, QTcpSocket* socket) override
    {
        Q_UNUSED(request)
        socket->abort();
    }

private:
    struct Waiting {
        HttpRequest request;
        const Request* of; ///< lives as long as the socket
        bool isLast; ///< the connection closes after it
    };
    struct Connection {
        QPointer<QTcpSocket> socket;
        qint64 received = 0; ///< bytes of the request that is coming
        QElapsedTimer since; ///< of that request's first byte, or of the last whole one
        std::deque<Waiting> waiting; ///< the first one is being handled
        bool isRefused = false; ///< it is about to be closed
    };
    class Acceptor final : public QTcpServer {
    public:
        explicit Acceptor(Impl& impl)
            : m_impl(impl)
        {
        }

    protected:
        void incomingConnection(qintptr descriptor) override
        {
            auto* const socket = new QTcpSocket(this);
            socket->setSocketDescriptor(descriptor);
            if (!m_impl.take(socket)) {
                socket->abort();
                delete socket;
                return;
            }
            addPendingConnection(socket);
        }

    private:
        Impl& m_impl;
    };

    [[nodiscard]] bool take(QTcpSocket* socket)
    {
        if (m_connections.size() >= m_limits.connections) {
            return false;
        }
        auto connection = std::make_shared<Connection>();
        connection->socket = socket;
        connection->since.start();
        m_connections.insert(socket, connection);
        // What the parser has taken stays in the buffer until the request is whole: nothing more comes beyond this.
        socket->setReadBufferSize(m_limits.requestSize + 1);
        // Before the parser, which is connected later.
        connect(socket, &QTcpSocket::readyRead, this, [this, connection, socket] { count(*connection, *socket); });
        connect(socket, &QObject::destroyed, this, [this, socket] { forget(socket); });
        if (!m_look.isActive()) {
            m_look.start();
        }
        return true;
    }

    void forget(QTcpSocket* socket)
    {
        m_connections.remove(socket);
        if (m_connections.isEmpty()) {
            m_look.stop();
        }
    }

    void count(Connection& connection, QTcpSocket& socket)
    {
        if (connection.received == 0) {
            connection.since.restart();
        }
        connection.received += socket.bytesAvailable();
        if (connection.received > m_limits.requestSize) {
            refuse(connection, "413 Request Entity Too Large");
        }
    }

    /// Without reading what it sends: whoever is in the middle of sending sees an answer, or a reset.
    static void refuse(Connection& connection, const QByteArray& status)
    {
        QTcpSocket* const socket = connection.socket;
        if (socket != nullptr && !std::exchange(connection.isRefused, true)) {
            socket->write("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            socket->flush();
            // Later: the parser reads from it in this turn.
            QMetaObject::invokeMethod(socket, &QTcpSocket::abort, Qt::QueuedConnection);
        }
    }

    void handleNext(const std::shared_ptr<Connection>& connection)
    {
        const std::weak_ptr<Connection> weak = connection;
        const QPointer<QObject> self(this);
        m_handler(connection->waiting.front().request, [this, self, weak](const HttpAnswer& answer) {
            if (const auto known = weak.lock(); known && self) {
                reply(known, answer);
            }
        });
    }

    void reply(const std::shared_ptr<Connection>& connection, const HttpAnswer& answer)
    {
        QTcpSocket* const socket = connection->socket;
        if (connection->waiting.empty() || socket == nullptr || socket->state() != QTcpSocket::ConnectedState) {
            return;
        }
        const Waiting answered = std::move(connection->waiting.front());
        connection->waiting.pop_front();
        QHttpServerResponder responder = makeResponder(*answered.of, socket);
        responder.writeStatusLine(static_cast<QHttpServerResponder::StatusCode>(answer.status));
        constexpr int noContent = 204;
        if (answer.status != noContent) {
            responder.writeHeader("Content-Type", answer.type);
            responder.writeHeader("Content-Length", QByteArray::number(answer.body.size()));
        }
        if (answered.isLast) {
            responder.writeHeader("Connection", "close");
        }
        responder.writeBody(answered.request.method == "HEAD" ? QByteArray() : answer.body);
        connection->since.restart();
        if (answered.isLast) {
            socket->disconnectFromHost();
        } else if (!connection->waiting.empty()) {
            // From the event loop: a long row of them is no deep stack.
            QMetaObject::invokeMethod(
                this,
                [this, connection] {
                    if (!connection->waiting.empty()) {
                        handleNext(connection);
                    }
                },
                Qt::QueuedConnection);
        }
    }

    /// Closes what has taken too long.
    void look()
    {
        const QList<std::shared_ptr<Connection>> all = m_connections.values();
        for (const std::shared_ptr<Connection>& connection : all) {
            if (connection->socket == nullptr || (connection->received == 0 && !connection->waiting.empty())) {
                continue;
            }
            const auto passed = std::chrono::milliseconds(connection->since.elapsed());
            if (connection->received > 0 && passed > m_limits.whole) {
                refuse(*connection, "408 Request Timeout");
            } else if (connection->received == 0 && passed > m_limits.idle) {
                connection->socket->abort();
            }
        }
    }

    Handler m_handler;
    HttpLimits m_limits;
    SocketAddress m_address;
    QHash<QTcpSocket*, std::shared_ptr<Connection>> m_connections;
    QTimer m_look;
};

HttpServer::HttpServer(Handler handler, const HttpLimits& limits)
    : m_impl(std::make_unique<Impl>(std::move(handler), limits))
{
}

HttpServer::~HttpServer() = default;

Failure HttpServer::listen(const SocketAddress& at)
{
    return m_impl->listen(at);
}

SocketAddress HttpServer::address() const
{
    return m_impl->address();
}

} // namespace sockeye
