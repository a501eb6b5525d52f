// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractSocket>
#include <QMetaType>
#include <QString>

namespace sockeye {

/// Something that the network, the system or a setting did to us: a closed list. The texts of each begin with the
/// field's own word for it and the system's code, where it has one: that is what people search for.
enum class FailureCode : quint8 {
    None,
    Refused, ///< nothing listens there
    TimedOut, ///< no answer to the attempt to connect
    NoReply, ///< connected, but the reply did not come in time
    Idle, ///< a silent peer was closed after the idle time-out
    Unreachable,
    Reset, ///< the other side threw the connection away
    HalfCloseUnknown, ///< the engine let go of the connection with the first end of stream
    ClosedEarly, ///< closed before the whole reply had come
    NameNotFound,
    AddressInUse,
    AddressNotAvailable, ///< not an address of this machine
    NotPermitted,
    Forbidden, ///< this system turned an attempt to connect down before anything was sent
    TooManyFiles, ///< no file descriptors left: accepting pauses
    OutOfMemory, ///< the system has no memory for it
    TooManyConnections, ///< the limit that was set
    TooLarge, ///< more than a datagram can carry
    UnixUnknown, ///< the engine has no Unix sockets
    NoSuchPath, ///< of a Unix socket
    PathTooLong, ///< of a Unix socket, or an abstract name
    NotASocket, ///< a path that belongs to something else
    OtherSocketType, ///< a Unix socket of datagrams where one of streams was wanted, or the other way round
    Nameless, ///< a peer of a Unix socket that has no name to send to
    BacklogFull, ///< of a Unix socket: nobody accepts, and no more may wait
    BadFilter, ///< a capture filter that libpcap does not understand
    BadMessage, ///< a bad message: the text is the protocol error's
    SpoolFull, ///< the capture file cannot be written
    FileNotWritten, ///< a file that was asked for could not be written
    OutputNotWritten, ///< standard output of the command line
    TooManyParts, ///< what was asked for would become too many files
    TlsNotSpoken, ///< TLS was expected, and something else came
    TlsNotExpected, ///< TLS came, and nobody had asked for it
    TlsSilent, ///< the TLS handshake did not end in time
    TlsEnded, ///< the other side closed during the handshake
    TlsNoCommon, ///< no version or cipher that both sides have
    TlsAlert, ///< the other side ended TLS and said why
    TlsBroken, ///< bytes that break the rules of TLS
    CertificateExpired,
    CertificateNotYetValid,
    CertificateSelfSigned,
    CertificateUnknownIssuer,
    CertificateWrongName,
    CertificateRevoked,
    CertificateInvalid, ///< anything else that is wrong with it
    CertificateRefused, ///< the other side does not accept ours
    CertificateWanted, ///< the server wants one from its clients
    TlsSetup, ///< files of certificates or keys that cannot be used
    NotMade, ///< a message could not be made of what was prepared: the detail says why
    ProxyFailed, ///< a proxy did not make the connection: the detail says why
    Other,
};

/// A failure as people and scripts see it. Texts come from one place (failureText()).
struct Failure {
    FailureCode code = FailureCode::None;
    QString what; ///< what happened: "Connection refused (ECONNREFUSED): nothing listens on …"
    QString meaning; ///< what it means; may be empty
    QString advice; ///< what to try; may be empty

    [[nodiscard]] explicit operator bool() const { return code != FailureCode::None; }
    [[nodiscard]] QString oneLine() const; ///< the three joined with spaces
    friend bool operator==(const Failure&, const Failure&) = default;
};

/// "refused", "timed-out", … for scripts. Never translated.
[[nodiscard]] QLatin1StringView codeName(FailureCode code);

/// The texts for `code`; `subject` names what it is about ("127.0.0.1 port 65432").
[[nodiscard]] Failure makeFailure(FailureCode code, const QString& subject, const QString& detail = {});

/// The same for an attempt to connect, where an address that is not available is one of ours: no local port is left.
[[nodiscard]] Failure makeConnectFailure(FailureCode code, const QString& subject);

/// The same for what happened over UDP, which knows no connections.
[[nodiscard]] Failure makeDatagramFailure(FailureCode code, const QString& subject);

/// The same for Unix sockets, where a name and rights to a file stand for address and port.
[[nodiscard]] Failure makeUnixFailure(FailureCode code, const QString& subject);

/// What is known beyond the code, and makes its meaning and advice more exact.
enum class Circumstance : quint8 {
    None,
    NameServerSilent, ///< NameNotFound: no name server could be asked
    PingAnswered, ///< TimedOut
    PingSilent, ///< TimedOut
    BacklogFull, ///< TimedOut, on this machine: a program listens and does not accept
    ListensElsewhere, ///< Refused, on this machine: on another address
    OnlyUdp, ///< Refused, on this machine: the port is taken for UDP
    NothingHere, ///< Refused, on this machine
    NoRoute, ///< Unreachable: this machine knows no way
    HostSilent, ///< Unreachable: the way ends before the address
    AcceptedFirst, ///< Reset right after the connection stood
    NothingToConnectFrom, ///< AddressNotAvailable, for a client
    GroupOverTcp, ///< AddressNotAvailable, for a server over TCP: that of a multicast group
    TlsAlertCame, ///< TlsNotExpected, for a client: in place of a reply
    GroupsOnOneAddress, ///< AddressNotAvailable, for a server over UDP that joins groups, which are `who`
    NoInterfaceForGroup, ///< Unreachable: a multicast group, or several, which are `who`
    OwnEndTaken, ///< AddressInUse, for a client: its own address and port, which are `who` here and below
    OwnEndNotHere, ///< AddressNotAvailable, for a client
    OwnEndOfOtherFamily, ///< AddressNotAvailable, for a client: IPv4 here and IPv6 there, or the other way round
    HeldBy, ///< AddressInUse: by a process that is known
};

/// The same for a circumstance; `who` names the process that it is about
/// ("python3 (1234)"), or whatever else it is about.
[[nodiscard]] Failure makeFailure(
    FailureCode code, const QString& subject, Circumstance circumstance, const QString& who = {});

/// What a socket error is in our words.
[[nodiscard]] FailureCode fromSocketError(QAbstractSocket::SocketError error);

} // namespace sockeye

Q_DECLARE_METATYPE(sockeye::Failure)
