// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/window/pipelining_peer.h"

#include "protocol/protocols/app/message.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sockeye {

namespace {

QByteArray answerTo(qint64 number)
{
    const QByteArray content = "{\"result\": \"No match for \\\"" + QByteArray::number(number) + "\\\".\"}";
    QByteArray answer;
    appendMessage(answer, "text/json", "utf-8", nativeByteOrder(), content);
    return answer;
}

QString systemError(const char* what)
{
    return QString::fromLatin1(what) + u": " + QString::fromLocal8Bit(std::strerror(errno));
}

int connectTo(quint16 port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

} // namespace

PipeliningPeer::PipeliningPeer(const Plan& plan)
    : m_thread([this, plan] { run(plan); })
{
}

PipeliningPeer::~PipeliningPeer()
{
    m_thread.join();
}

void PipeliningPeer::run(const Plan& plan)
{
    const int descriptor = connectTo(plan.port);
    if (descriptor < 0) {
        m_failure = systemError("connect");
    }
    auto next = std::chrono::steady_clock::now();
    for (int batch = 0; batch < plan.batches && m_failure.isEmpty(); ++batch) {
        m_failure = exchange(descriptor, plan, qint64(batch) * plan.perBatch);
        next += plan.pause;
        std::this_thread::sleep_until(next);
    }
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    m_done = true;
}

/// One batch: everything out in one write, then everything back.
QString PipeliningPeer::exchange(int descriptor, const Plan& plan, qint64 first)
{
    QByteArray questions;
    QByteArray expected;
    for (qint64 number = first; number < first + plan.perBatch; ++number) {
        questions += encodeRequest(u"search", QString::number(number));
        expected += answerTo(number);
    }
    for (qsizetype sent = 0; sent < questions.size();) {
        const ssize_t count = ::send(
            descriptor, questions.constData() + sent, static_cast<size_t>(questions.size() - sent), MSG_NOSIGNAL);
        if (count <= 0) {
            return systemError("send");
        }
        sent += count;
    }
    QByteArray answers(expected.size(), Qt::Uninitialized);
    for (qsizetype got = 0; got < answers.size();) {
        const ssize_t count = ::recv(descriptor, answers.data() + got, static_cast<size_t>(answers.size() - got), 0);
        if (count <= 0) {
            return systemError("recv");
        }
        got += count;
    }
    if (answers != expected) {
        return QStringLiteral("The answers from number %1 on are not the right ones, or not in order.").arg(first);
    }
    m_answered += plan.perBatch;
    return {};
}

} // namespace sockeye
