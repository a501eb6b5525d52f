// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/proxy/proxy_handshake.h"

#include "protocol/text/visible_text.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <optional>
#include <utility>

namespace sockeye {

namespace {

// RFC 1928, RFC 1929.
constexpr char socksVersion = 5;
constexpr char loginVersion = 1;
constexpr char noLogin = 0;
constexpr char withPassword = 2;
constexpr char noMethod = '\xff';
constexpr char connectCommand = 1;
constexpr char kindIPv4 = 1;
constexpr char kindName = 3;
constexpr char kindIPv6 = 4;
constexpr qsizetype portSize = 2;
constexpr qsizetype replyHeadSize = 5; ///< with the first byte of the address

QString proxyWords(const char* text)
{
    return QCoreApplication::translate("sockeye::Proxy", text);
}

QString refusal(int code)
{
    switch (code) {
    case 1:
        return proxyWords("It answered: general failure (SOCKS5 code 1).");
    case 2:
        return proxyWords("It answered: its rules do not allow that connection (SOCKS5 code 2).");
    case 3:
        return proxyWords("It answered: network unreachable (SOCKS5 code 3).");
    case 4:
        return proxyWords("It answered: host unreachable, or not found (SOCKS5 code 4).");
    case 5:
        return proxyWords("It answered: connection refused by the server (SOCKS5 code 5).");
    case 6:
        return proxyWords("It answered: TTL expired, the server did not answer (SOCKS5 code 6).");
    case 7:
        return proxyWords("It answered: it does not know the command to connect (SOCKS5 code 7).");
    case 8:
        return proxyWords("It answered: it does not take that kind of address (SOCKS5 code 8).");
    default:
        return proxyWords("It answered with an error that SOCKS5 does not name (code %1).").arg(code);
    }
}

QString notSocks(QByteArrayView bytes)
{
    return proxyWords("What answered is no SOCKS5 proxy: its answer begins with %1.")
        .arg(QString::fromLatin1(bytes.first(std::min<qsizetype>(bytes.size(), 8)).toByteArray().toHex(' ')));
}

void appendPort(QByteArray& to, quint16 port)
{
    to.append(static_cast<char>(port >> 8)).append(static_cast<char>(port & 0xff));
}

/// The four bytes of an address in dots.
std::optional<QByteArray> readIPv4(const QString& text)
{
    const QStringList parts = text.split(u'.');
    QByteArray bytes;
    for (const QString& part : parts) {
        bool isNumber = false;
        const uint number = part.toUInt(&isNumber);
        if (!isNumber || number > 255 || part.size() > 3 || !part.at(0).isDigit()) {
            return std::nullopt;
        }
        bytes.append(static_cast<char>(number));
    }
    return bytes.size() == 4 ? std::optional(bytes) : std::nullopt;
}

/// The groups of one side of "::", with an address in dots at the end; nothing: it is none.
std::optional<QByteArray> readGroups(const QString& text)
{
    QByteArray bytes;
    if (text.isEmpty()) {
        return bytes;
    }
    for (const QString& part : text.split(u':')) {
        if (part.contains(u'.')) {
            const auto ipv4 = readIPv4(part);
            if (!ipv4) {
                return std::nullopt;
            }
            bytes += *ipv4;
            continue;
        }
        bool isNumber = false;
        const uint number = part.toUInt(&isNumber, 16);
        if (!isNumber || part.size() > 4) {
            return std::nullopt;
        }
        appendPort(bytes, static_cast<quint16>(number));
    }
    return bytes;
}

std::optional<QByteArray> readIPv6(const QString& text)
{
    constexpr qsizetype size = 16;
    const qsizetype gap = text.indexOf(QLatin1StringView("::"));
    const auto head = readGroups(gap < 0 ? text : text.first(gap));
    const auto tail = readGroups(gap < 0 ? QString() : text.sliced(gap + 2));
    if (!text.contains(u':') || !head || !tail) {
        return std::nullopt;
    }
    const qsizetype missing = size - head->size() - tail->size();
    if (gap < 0 ? missing != 0 : missing < 2) {
        return std::nullopt;
    }
    return *head + QByteArray(missing, '\0') + *tail;
}

} // namespace

ProxyHandshake::ProxyHandshake(const ProxyOptions& proxy, const QString& host, quint16 port)
    : m_proxy(proxy)
    , m_host(host)
    , m_port(port)
{
    if (proxy.kind == ProxyOptions::Kind::Socks5) {
        beginSocks();
    } else {
        beginHttp();
    }
}

void ProxyHandshake::beginSocks()
{
    m_output.append(socksVersion);
    if (m_proxy.user.isEmpty()) {
        m_output.append('\1').append(noLogin);
    } else {
        m_output.append('\2').append(noLogin).append(withPassword);
    }
    await(State::Method, 2);
}

void ProxyHandshake::beginHttp()
{
    // A name with other letters goes as DNS has it; one that is none is the proxy's to refuse, but for line breaks.
    const QByteArray ascii = QUrl::toAce(m_host);
    QByteArray host = m_host.contains(u':') ? "[" + m_host.toUtf8() + "]" : ascii.isEmpty() ? m_host.toUtf8() : ascii;
    for (char& each : host) {
        each = static_cast<uchar>(each) <= ' ' ? '?' : each;
    }
    const QByteArray target = host + ':' + QByteArray::number(m_port);
    m_output = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
    if (!m_proxy.user.isEmpty()) {
        const QByteArray login = m_proxy.user + ':' + m_proxy.password;
        m_output += "Proxy-Authorization: Basic " + login.toBase64() + "\r\n";
    }
    m_output += "\r\n";
    await(State::HttpHead, 0);
}

QByteArray ProxyHandshake::takeOutput()
{
    return std::exchange(m_output, {});
}

qsizetype ProxyHandshake::wanted() const
{
    switch (m_state) {
    case State::Done:
    case State::Failed:
        return 0;
    case State::HttpHead:
        return 1; // where its head ends is known only then
    default:
        return m_awaited - m_input.size();
    }
}

void ProxyHandshake::await(State state, qsizetype size)
{
    m_state = state;
    m_awaited = size;
    m_input.clear();
}

void ProxyHandshake::fail(const QString& problem)
{
    m_state = State::Failed;
    m_problem = problem;
}

void ProxyHandshake::feed(QByteArrayView bytes)
{
    if (m_state == State::Done || m_state == State::Failed) {
        return;
    }
    m_input.append(bytes);
    if (m_state == State::HttpHead) {
        takeHttpHead();
        return;
    }
    if (m_input.size() < m_awaited) {
        return;
    }
    switch (m_state) {
    case State::Method:
        takeMethod();
        break;
    case State::Login:
        takeLogin();
        break;
    case State::ReplyHead:
        takeReplyHead();
        break;
    case State::ReplyRest:
        m_state = State::Done;
        break;
    default:
        break;
    }
}

void ProxyHandshake::takeMethod()
{
    const char method = m_input.at(1);
    if (m_input.at(0) != socksVersion) {
        fail(notSocks(m_input));
    } else if (method == noLogin) {
        askSocks();
    } else if (method == withPassword && !m_proxy.user.isEmpty()) {
        m_output.append(loginVersion)
            .append(static_cast<char>(m_proxy.user.size()))
            .append(m_proxy.user)
            .append(static_cast<char>(m_proxy.password.size()))
            .append(m_proxy.password);
        await(State::Login, 2);
    } else if (method == noMethod) {
        fail(m_proxy.user.isEmpty() ? proxyWords("It wants a user and a password: socks5://USER:PASSWORD@HOST:PORT.")
                                    : proxyWords("It takes neither a user with a password nor nobody."));
    } else {
        fail(proxyWords("It chose a way to log in that was not offered (%1).").arg(static_cast<uchar>(method)));
    }
}

void ProxyHandshake::takeLogin()
{
    if (m_input.at(1) != 0) {
        fail(proxyWords("It does not accept the user and the password."));
    } else {
        askSocks();
    }
}

void ProxyHandshake::askSocks()
{
    m_output.append(socksVersion).append(connectCommand).append('\0');
    if (const auto ipv4 = readIPv4(m_host)) {
        m_output.append(kindIPv4).append(*ipv4);
    } else if (const auto ipv6 = readIPv6(m_host)) {
        m_output.append(kindIPv6).append(*ipv6);
    } else {
        const QByteArray ascii = QUrl::toAce(m_host);
        const QByteArray name = ascii.isEmpty() ? m_host.toUtf8() : ascii;
        if (name.isEmpty() || name.size() > 255) {
            fail(proxyWords("SOCKS5 carries names of at most 255 bytes."));
            m_output.clear();
            return;
        }
        m_output.append(kindName).append(static_cast<char>(name.size())).append(name);
    }
    appendPort(m_output, m_port);
    await(State::ReplyHead, replyHeadSize);
}

void ProxyHandshake::takeReplyHead()
{
    const char kind = m_input.at(3);
    if (m_input.at(0) != socksVersion) {
        fail(notSocks(m_input));
    } else if (m_input.at(1) != 0) {
        fail(refusal(static_cast<uchar>(m_input.at(1))));
    } else if (kind == kindIPv4) {
        await(State::ReplyRest, 3 + portSize);
    } else if (kind == kindIPv6) {
        await(State::ReplyRest, 15 + portSize);
    } else if (kind == kindName) {
        await(State::ReplyRest, static_cast<uchar>(m_input.at(4)) + portSize);
    } else {
        fail(proxyWords("It answered with a kind of address that SOCKS5 does not know (%1).")
                 .arg(static_cast<uchar>(kind)));
    }
}

void ProxyHandshake::takeHttpHead()
{
    constexpr QByteArrayView beginning = "HTTP/1.";
    const qsizetype known = std::min(m_input.size(), beginning.size());
    if (!beginning.startsWith(QByteArrayView(m_input).first(known))) {
        fail(proxyWords("What answered is no HTTP proxy: its answer begins with “%1”.")
                 .arg(visibleText(QString::fromLatin1(m_input.left(40)))));
        return;
    }
    if (m_input.size() > longestHead) {
        fail(proxyWords("Its answer has no end: more than 64 KiB came."));
        return;
    }
    if (!m_input.endsWith("\r\n\r\n") && !m_input.endsWith("\n\n")) {
        return;
    }
    const QByteArray line = m_input.left(m_input.indexOf('\n')).trimmed();
    const qsizetype space = line.indexOf(' ');
    const int status = space < 0 ? 0 : line.mid(space + 1, 3).toInt();
    if (status >= 200 && status < 300) {
        m_state = State::Done;
    } else if (status >= 100 && status < 200) {
        m_input.clear(); // the answer is still to come
    } else if (status == 407) {
        fail(m_proxy.user.isEmpty()
                ? proxyWords("It wants a user and a password (407): http://USER:PASSWORD@HOST:PORT.")
                : proxyWords("It does not accept the user and the password (407)."));
    } else {
        fail(proxyWords("It answered “%1”.").arg(visibleText(QString::fromLatin1(line.left(200)))));
    }
}

} // namespace sockeye
