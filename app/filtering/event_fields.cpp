// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/event_fields.h"

#include "protocol/error.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

using filter::FieldInfo;
using filter::Type;
using filter::Unit;

QString about(const char* text)
{
    return QCoreApplication::translate("sockeye::EventFields", text);
}

FieldInfo field(const char* name, Type type, const char* text, Unit unit = Unit::None)
{
    return { QString::fromLatin1(name), type, FieldInfo::Kind::Value, unit, {}, false, about(text) };
}

FieldInfo choice(const char* name, const char* text, const QStringList& values, bool isOpen = false)
{
    return { QString::fromLatin1(name), Type::Text, FieldInfo::Kind::Value, Unit::None, values, isOpen, about(text) };
}

FieldInfo flag(const char* name, const char* text)
{
    return { QString::fromLatin1(name), Type::Boolean, FieldInfo::Kind::Flag, Unit::None, {}, false, about(text) };
}

FieldInfo tree(const char* name, const char* text)
{
    return { QString::fromLatin1(name), Type::Any, FieldInfo::Kind::Tree, Unit::None, {}, false, about(text) };
}

QStringList errorCodes()
{
    QStringList names;
    for (int code = 0; code <= static_cast<int>(ErrorCode::NotJson); ++code) {
        names.append(QString(codeName(static_cast<ErrorCode>(code))));
    }
    return names;
}

} // namespace

filter::Schema eventSchema(const Protocol& protocol)
{
    filter::Schema schema;
    schema.fields = {
        field("conn", Type::Number, "the number of the connection"),
        choice("dir", "in or out", { QStringLiteral("in"), QStringLiteral("out") }),
        field("time", Type::Time, "seconds since the first event"),
        field("size", Type::Number, "bytes", Unit::Bytes),
        field("offset", Type::Number, "the first byte's place in its stream", Unit::Bytes),
        choice("kind", "message, bytes, opened …",
            { QStringLiteral("opened"), QStringLiteral("bytes"), QStringLiteral("message"), QStringLiteral("finished"),
                QStringLiteral("closed"), QStringLiteral("error"), QStringLiteral("note"), QStringLiteral("tls") }),
        field("number", Type::Number, "the row's, among messages, errors and notes"),
        field("peer", Type::Address, "the other end of the connection: an address, or the name of a Unix socket"),
        field("peer.port", Type::Number, "its port"),
        field("local", Type::Address, "our end of the connection: an address, or the name of a Unix socket"),
        field("local.port", Type::Number, "our port"),
        choice("transport", "tcp, udp, unix or unix-datagram",
            { QStringLiteral("tcp"), QStringLiteral("udp"), QStringLiteral("unix"), QStringLiteral("unix-datagram") }),
        field("endpoint", Type::Text, "whose recording it is"),
        field("bytes", Type::Bytes, "all of the message's bytes"),
        field("content", Type::Bytes, "the bytes of its content"),
        field("text", Type::Text, "what it says as text"),
        field("reads", Type::Number, "how many reads it came in"),
        field("writes", Type::Number, "how many writes it went out in"),
        flag("glued", "it shares a read or write with another message"),
        field("latency", Type::Time, "from its request to this reply"),
        field("gap", Type::Time, "since the message before it in this direction"),
        choice("error", "the code of what is wrong with it", errorCodes(), true),
        field("fault", Type::Text, "the fault that struck it"),
        field("rule", Type::Text, "the rule that it met"),
        flag("marked", "the user has marked it"),
        field("note", Type::Text, "what the user has noted of it"),
        flag("tls", "TLS carried it"),
        tree("header", "the fields of its header"),
        tree("json", "its content, where that is JSON"),
        tree("fields", "the fields of the protocol, by its names"),
    };
    schema.messageFields = static_cast<int>(EventField::Message);
    schema.messageNames = protocol.fieldNames();
    return schema;
}

} // namespace sockeye
