// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

#include <QtGlobal>

/// What failure.cpp makes failures of; nobody else needs it.
namespace sockeye {

/// The texts of one code, not yet translated; %1 stands for the subject.
struct FailureTexts {
    FailureCode code;
    const char* name;
    const char* what;
    const char* meaning;
    const char* advice;
};

inline constexpr FailureTexts failureTexts[] = {
    { FailureCode::None, "none", "", "", "" },
    { FailureCode::Refused, "refused",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Connection refused (ECONNREFUSED): nothing listens on %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "The machine is there and turned the connection down at once."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Start the server first, and check that address and port are the ones that it listens on.") },
    { FailureCode::TimedOut, "timed-out",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Connection timed out (ETIMEDOUT): no answer from %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Neither a yes nor a no came in time: the machine is off or gone, or a firewall drops the packets."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "Check the address and the network, or allow a longer connect time-out.") },
    { FailureCode::NoReply, "no-reply",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Reply timed out: no whole reply from %1 in time."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "The connection stands, but the server has not answered: it may be busy, or still be waiting for the rest "
            "of the request."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Compare the lengths in the header with what was really sent, or allow a longer reply time-out.") },
    { FailureCode::Idle, "idle", QT_TRANSLATE_NOOP("sockeye::Failure", "Idle time-out: %1 was silent for too long."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "A silent peer is closed after the idle time-out."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Send whole messages, or set a longer idle time-out.") },
    { FailureCode::Unreachable, "unreachable",
        QT_TRANSLATE_NOOP("sockeye::Failure", "No route to host (EHOSTUNREACH): %1 cannot be reached."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "There is no way from this machine to that address (EHOSTUNREACH), or none to its network (“Network is "
            "unreachable”, ENETUNREACH)."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Check the network connection and the address; for IPv6, whether this machine has any.") },
    { FailureCode::Reset, "reset",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Connection reset by peer (ECONNRESET): %1 threw the connection away."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "The other side sent a RST: its program crashed or gave up, or it closed while bytes were still on their "
            "way "
            "to it. Writing to such a connection is a broken pipe (EPIPE)."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "See what the other program says, and what it had received last.") },
    { FailureCode::HalfCloseUnknown, "half-close-unknown",
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "%1 gets nothing more: the connection went with the first end of stream."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "The engine “Qt” knows no half-closed connections: QTcpSocket closes when either side has ended, whatever "
            "is still owed to the other."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "Take the native engine (--engine native) where one side ends before the other.") },
    { FailureCode::ClosedEarly, "closed-early",
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Unexpected end of stream (EOF): %1 closed the connection before the whole reply had come."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "The server had no more to say, or did not like the request."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Look at the bytes that did come, and at the request's header.") },
    { FailureCode::NameNotFound, "name-not-found",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Name not found (EAI_NONAME): there is no address for %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "No name service knows the name, or none could be asked."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Check the spelling, or give the address in numbers.") },
    { FailureCode::AddressInUse, "address-in-use",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Address already in use (EADDRINUSE): %1 is taken."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Another program, or another server of this one, listens there."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Stop the other one, or take another port (0 takes a free one).") },
    { FailureCode::AddressNotAvailable, "address-not-available",
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Cannot assign requested address (EADDRNOTAVAIL): %1 is not an address of this machine."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "A server can only listen on an address that its own machine has."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Listen on 127.0.0.1 for programs on this machine, or on 0.0.0.0 for every network that it is in.") },
    { FailureCode::NotPermitted, "not-permitted",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Permission denied (EACCES): %1 is not permitted."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "The system forbids it (EACCES, or EPERM): ports below 1024 are for privileged programs."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Take a port from 1024 to 65535.") },
    { FailureCode::Forbidden, "forbidden",
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "Permission denied (EACCES): this machine does not allow connections to %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "The system turned it down before anything was sent (EACCES, or EPERM): its own firewall or routing rules "
            "forbid it, or it is a broadcast address."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Check the address, and ask the system: “ip route get ADDRESS” and “nft list ruleset” (as root) show what "
            "forbids it. Broadcasts over UDP have to be allowed: --broadcast, or Allow broadcasts.") },
    { FailureCode::TooManyFiles, "too-many-files",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Too many open files (EMFILE): no file descriptors left for %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "This program has as many connections and files open as the system lets it have; new connections wait."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Close some connections, or raise the limit (ulimit -n).") },
    { FailureCode::OutOfMemory, "out-of-memory",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Cannot allocate memory (ENOMEM): the system has none left for %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Its memory, or what it keeps of it for sockets (“No buffer space available”, ENOBUFS), is used up."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Close some connections or other programs, and try again.") },
    { FailureCode::TooManyConnections, "too-many-connections",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Too many connections: %1 has as many as it may have."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "The limit was reached, so the newest connection was closed."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Close some connections, or set a higher limit.") },
    { FailureCode::TooLarge, "too-large",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Message too long (EMSGSIZE): %1 is more than one datagram can carry."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "A datagram holds 65,507 bytes at most: 65,535, which is all that IP can count, less the two headers."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Send less at a time: in pieces (--chunks), each of which is a datagram, or over TCP.") },
    { FailureCode::UnixUnknown, "unix-unknown",
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Address family not supported (EAFNOSUPPORT): the engine “Qt” has no Unix sockets, %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Only the engine over the system's own sockets has them."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Take the native engine (--engine native), where this build has it.") },
    { FailureCode::NoSuchPath, "no-such-path",
        QT_TRANSLATE_NOOP("sockeye::Failure", "No such file or directory (ENOENT): %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "There is no socket of that name, or its folder is not there."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "Check the path. “ss -xl” shows the Unix sockets that are listened on.") },
    { FailureCode::PathTooLong, "path-too-long",
        QT_TRANSLATE_NOOP("sockeye::Failure", "File name too long (ENAMETOOLONG): %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "The system has room for 108 bytes of a Unix socket's path, one of which is the zero byte at its end."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Take a shorter path, one relative to the working directory, or an abstract name (@name).") },
    { FailureCode::NotASocket, "not-a-socket",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Socket operation on non-socket (ENOTSOCK): %1."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "What has that path is no socket, but a file or a folder. It is left as it is."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Check the path; a server needs one that is free.") },
    { FailureCode::OtherSocketType, "other-socket-type",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Protocol wrong type for socket (EPROTOTYPE): %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "A socket is there, but of another type: one side uses a stream, the other one datagrams."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "If it is a socket of datagrams, send to it as over UDP (--udp); if it is one of streams, do not.") },
    { FailureCode::Nameless, "nameless",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Destination address required (EDESTADDRREQ): %1 cannot be answered."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "It sends from a Unix socket without a name, so that there is nowhere to send to."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Have the other program bind its socket: to a path, or on Linux to no address at all, which gives it an "
            "abstract name.") },
    { FailureCode::BacklogFull, "backlog-full",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Resource temporarily unavailable (EAGAIN): the queue of %1 is full."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "A program has that Unix socket, but does not take what is there for it: a server does not accept, or a "
            "peer does not read."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "See what that program is busy with: it must call accept() or recv() again.") },
    { FailureCode::BadFilter, "bad-filter",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Syntax error: “%1” is no capture filter."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Filters are written in the language of libpcap and tcpdump."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Write it like “tcp port 65432” or “host 10.0.0.1 and udp”, or leave it empty to take everything.") },
    { FailureCode::BadMessage, "bad-message",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Protocol error: a bad message from %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "What came does not follow the protocol."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Look at the bytes: the place is marked.") },
    { FailureCode::SpoolFull, "spool-full", QT_TRANSLATE_NOOP("sockeye::Failure", "Write error: %1 cannot be written."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "The disk is full (ENOSPC), or the file may not be written there (EACCES)."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Make room, or record to another place.") },
    { FailureCode::FileNotWritten, "file-not-written",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Write error: %1 could not be written."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "The disk is full (ENOSPC), or the file may not be written there (EACCES)."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "Make room, or choose another place or name. Nothing was left half written.") },
    { FailureCode::OutputNotWritten, "output-not-written",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Write error: %1 cannot be written."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "The disk that it goes to is full (ENOSPC), or it was closed (EBADF)."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Make room, or let it go somewhere else.") },
    { FailureCode::TooManyParts, "too-many-parts",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Too many files: %1 would become more than can be looked through."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Raw bytes take a file for each direction of each connection."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Choose the messages of fewer connections, or a format that holds all of them in one file.") },
    { FailureCode::TlsNotSpoken, "tls-not-spoken",
        QT_TRANSLATE_NOOP("sockeye::Failure", "TLS handshake failed (wrong version number): %1 does not speak TLS."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "What came is no TLS: most likely one side was started with TLS and the other one without."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Switch TLS on or off, so that both sides agree, and check the port.") },
    { FailureCode::TlsNotExpected, "tls-not-expected",
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "TLS handshake received (ClientHello): %1 speaks TLS, and TLS is off here."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "What came is the beginning of a TLS handshake (ClientHello), which this server takes for content."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Start the server with TLS, or connect without it.") },
    { FailureCode::TlsSilent, "tls-silent",
        QT_TRANSLATE_NOOP("sockeye::Failure", "TLS handshake timed out: no answer from %1 in time."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "The connection stands, but the TLS handshake did not get to its end: the other side may not speak TLS and "
            "wait for bytes of another kind."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Check that the server was started with TLS and that the port is right, or connect without TLS.") },
    { FailureCode::TlsEnded, "tls-ended",
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "TLS handshake failed (unexpected end of stream): %1 closed the connection during it."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "It may not speak TLS, or it did not like what it was offered and gave no reason."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "See what the other program says, or try to connect without TLS.") },
    { FailureCode::TlsNoCommon, "tls-no-common",
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "TLS handshake failed (handshake failure): %1 and this program have no version or cipher in common."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "They share no version (here: 1.2 and 1.3), or no cipher."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "See which versions and ciphers the other program allows; old ones such as TLS 1.0 are not spoken here.") },
    { FailureCode::TlsAlert, "tls-alert",
        QT_TRANSLATE_NOOP("sockeye::Failure", "TLS alert received: %1 ended TLS with it."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "The other side gave up and said so."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "See what the other program says.") },
    { FailureCode::TlsBroken, "tls-broken",
        QT_TRANSLATE_NOOP("sockeye::Failure", "TLS protocol error: what came from %1 breaks the rules of TLS."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "The bytes were changed on their way, or the other program has a fault."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Connect again; if it happens again, look for whatever stands between the two programs.") },
    { FailureCode::CertificateExpired, "certificate-expired",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Certificate has expired: that of %1 is out of date."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "It was valid once, but its time is over."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "Have the server's certificate renewed, and check this machine's clock.") },
    { FailureCode::CertificateNotYetValid, "certificate-not-yet-valid",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Certificate is not yet valid: that of %1 is dated in the future."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "It will be valid later, or a clock is wrong."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Check the clock of this machine, and the certificate's dates.") },
    { FailureCode::CertificateSelfSigned, "certificate-self-signed",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Self-signed certificate: that of %1 is signed by nobody but itself."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "Anybody can make such a certificate: it does not prove who the server is."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "If it is your own server, give its certificate as the CA file (--tls-ca), or accept any certificate "
            "(--tls-insecure).") },
    { FailureCode::CertificateUnknownIssuer, "certificate-unknown-issuer",
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Unable to get local issuer certificate: that of %1 comes from an authority that this machine does not "
            "know."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "The chain of signatures does not lead to a certificate that is trusted here; perhaps the server does not "
            "send the ones in between."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Give the authority's certificate as the CA file (--tls-ca), or have the server send its whole chain.") },
    { FailureCode::CertificateWrongName, "certificate-wrong-name",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Hostname mismatch: the certificate of %1 is for another name."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "It holds, but not for the name or address that was asked for: this may be another server."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Connect with one of the names that the certificate is for, or have that name put into it.") },
    { FailureCode::CertificateRevoked, "certificate-revoked",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Certificate revoked: that of %1 was taken back by its authority."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Whoever signed it does not stand by it any more, most likely because its key was stolen."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Do not trust this server until it has another certificate.") },
    { FailureCode::CertificateInvalid, "certificate-invalid",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Certificate verify failed: that of %1 does not hold."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Something in the chain of certificates is wrong."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Have the server's certificate made anew.") },
    { FailureCode::CertificateRefused, "certificate-refused",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Bad certificate (TLS alert): %1 did not accept ours."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "It does not trust who signed it, or finds another fault with it."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Have the other program trust the certificate (or its authority), or give it one that it trusts.") },
    { FailureCode::CertificateWanted, "certificate-wanted",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Certificate required (TLS alert): %1 wants one from us."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "This server only talks to clients that prove who they are with a certificate of their own."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Give one with its key: --tls-cert and --tls-key.") },
    { FailureCode::TlsSetup, "tls-setup",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Bad certificate or key file: %1 cannot be used for TLS."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "What it holds is not what is needed there."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "Give PEM files: a certificate with its chain, and its key without a password.") },
    { FailureCode::ProxyFailed, "proxy-failed",
        QT_TRANSLATE_NOOP("sockeye::Failure", "The proxy made no connection to %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "It was reached, and could or would not connect further."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Check its kind (socks5 or http), user and password, and whether it allows that server and port.") },
    { FailureCode::NotMade, "not-made", QT_TRANSLATE_NOOP("sockeye::Failure", "Nothing to send: %1 could not be made."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "What its places are filled with came in the reply before it."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Look at that reply, and at the places of the message.") },
    { FailureCode::Other, "other", QT_TRANSLATE_NOOP("sockeye::Failure", "Something went wrong with %1."), "", "" },
};

/// Where UDP has another story to tell.
inline constexpr FailureTexts datagramTexts[] = {
    { FailureCode::Refused, "refused",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Connection refused (ECONNREFUSED): no program takes datagrams on %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "The datagram arrived, and the machine sent word back that nobody has that UDP port open (ICMP port "
            "unreachable)."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Start the server first, and check address and port; a server that listens on TCP does not hear UDP.") },
    { FailureCode::NoReply, "no-reply",
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "Reply timed out: a datagram was sent to %1, and no answer came in time."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "UDP does not say whether it arrived, whether anybody listens there, or whether the answer was lost on its "
            "way."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Check that the server runs and listens on UDP at that port, send again, or allow a longer reply "
            "time-out.") },
};

/// The texts of one circumstance; empty ones are the code's. %2 stands for the process.
struct CircumstanceTexts {
    Circumstance circumstance;
    const char* what;
    const char* meaning;
    const char* advice;
};

inline constexpr CircumstanceTexts circumstanceTexts[] = {
    { Circumstance::NameServerSilent,
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Temporary failure in name resolution (EAI_AGAIN): no name server could be asked for %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "No name server answered: this machine may have no network, or none is set (/etc/resolv.conf)."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Check the network connection, or give the address in numbers. The name itself may be right.") },
    { Circumstance::PingAnswered, "",
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "The machine answers a ping, so it is there; the connection gets neither a yes nor a no: a firewall drops "
            "what goes to this port."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Allow the port in the firewall of that machine or of the network before it, for example “ufw allow "
            "PORT/tcp” there. And check the port: the right one may be open.") },
    { Circumstance::PingSilent, "",
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Neither the connection nor a ping is answered: the machine is off or gone, the address is wrong, or a "
            "firewall drops everything."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Check the address, and whether that machine is on and in the same network or VPN. Try it from that "
            "machine itself, with its address 127.0.0.1.") },
    { Circumstance::BacklogFull, "",
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "%2 listens there but does not accept: its backlog is full, and the system drops further attempts."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "See what that program is busy with: it must call accept() again. A larger backlog in listen() only helps "
            "with short crowds.") },
    { Circumstance::ListensElsewhere,
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "Connection refused (ECONNREFUSED): nothing listens on %1 at this address."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "The port has a listener on this machine, but on another address: %2."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Connect to that address, or have the server listen on this one (0.0.0.0 is every IPv4 address of the "
            "machine, :: every address).") },
    { Circumstance::OnlyUdp, "",
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "%2 has the port for UDP, which has no connections; nobody has it for TCP."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Send datagrams instead (UDP), or start the TCP server.") },
    { Circumstance::NothingHere, "",
        QT_TRANSLATE_NOOP("sockeye::Failure", "No program on this machine has this port; the system said so at once."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Start the server first. If it runs, see which port it really listens on (Tools › Sockets, "
            "“Everything”).") },
    { Circumstance::NoRoute,
        QT_TRANSLATE_NOOP("sockeye::Failure", "Network is unreachable (ENETUNREACH): %1 cannot be reached."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "This machine knows no way to that network: none of its routes leads there."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Check the network connection and the address (“ip route get ADDRESS”); for IPv6, whether this machine has "
            "any.") },
    { Circumstance::HostSilent, "",
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "The way ends before that address: no machine answers there, or a router or a route of this machine says "
            "no."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Check the address and whether that machine is on; “ip route get ADDRESS” shows where packets go.") },
    { Circumstance::AcceptedFirst, "",
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "The connection stood for a moment, and was thrown away before anything was sent: the program there "
            "crashed or refuses this peer, or a proxy in between found nobody behind it."),
        "" },
    { Circumstance::GroupsOnOneAddress,
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Cannot assign requested address (EADDRNOTAVAIL): what is sent to %2 does not come to %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "A socket that is bound to a single address, or to one of the other family, gets nothing that is sent to a "
            "multicast group."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Listen on 0.0.0.0 for groups of IPv4, on :: for those of both families, or on the group itself.") },
    { Circumstance::NoInterfaceForGroup,
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "No route to host (EHOSTUNREACH): no interface of this machine leads to %2."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "A multicast group can be behind any interface: none was named, and the system's routes name none (ENODEV "
            "where the group is to be joined, ENETUNREACH where something is to be sent to it)."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Name it: --interface NAME, or Interface in the socket options. “ip link” shows their names.") },
    { Circumstance::OwnEndTaken,
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Address already in use (EADDRINUSE): the client cannot have %2 for its own end of a connection to %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Another socket of this machine is bound to it."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Tools › Sockets shows whose it is. Take another port, or 0: then the system chooses one that is free.") },
    { Circumstance::OwnEndNotHere,
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Cannot assign requested address (EADDRNOTAVAIL): the client cannot connect to %1 from %2."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Either it is not an address of this machine, or a connection between the same two ends is still there, "
            "perhaps in TIME_WAIT, which takes a minute."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Check the address; with a port of its own, wait a minute, take another one, or leave it to the system.") },
    { Circumstance::OwnEndOfOtherFamily,
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "Address family not supported (EAFNOSUPPORT): there is no way to %1 from %2."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "One of them is an address of IPv4, the other one of IPv6."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Take two of one family, or let the system choose the client's own.") },
    { Circumstance::NothingToConnectFrom,
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Cannot assign requested address (EADDRNOTAVAIL): there is nothing to connect to %1 from."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "This machine has no address of that family, or no free port left to connect from."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Look at Tools › Sockets: very many sockets in TIME_WAIT to one server take all ports. For IPv6, check "
            "whether this machine has any.") },
    { Circumstance::GroupOverTcp,
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Cannot assign requested address (EADDRNOTAVAIL): nobody can connect to %1, a multicast address."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "It stands for a group of machines, and TCP connects two. Only datagrams reach groups."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Take a service over UDP (echo-udp, uppercase-udp), or listen on an address of this machine.") },
    { Circumstance::TlsAlertCame, "",
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "What came is a TLS alert: the server waits for a handshake, and took what was sent for a broken one."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Connect with TLS (--tls), or to a port without it.") },
    { Circumstance::HeldBy, "", QT_TRANSLATE_NOOP("sockeye::Failure", "%2 listens there."), "" },
};

} // namespace sockeye
