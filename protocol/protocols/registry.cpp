// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/registry.h"

#include "protocol/base/parameters.h"
#include "protocol/content/text_codec.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/cobs/cobs_protocol.h"
#include "protocol/protocols/datagram/datagram_protocol.h"
#include "protocol/protocols/delimited/delimited_protocol.h"
#include "protocol/protocols/encoded/encoded_protocol.h"
#include "protocol/protocols/fixed/fixed_protocol.h"
#include "protocol/protocols/http/http_protocol.h"
#include "protocol/protocols/idle/idle_protocol.h"
#include "protocol/protocols/json/json_protocol.h"
#include "protocol/protocols/jsonl/jsonl_protocol.h"
#include "protocol/protocols/length/length_protocol.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "protocol/protocols/resp/resp_protocol.h"
#include "protocol/protocols/slip/slip_protocol.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>

namespace sockeye {

namespace {

/// One that comes with Sockeye.
struct Row {
    QString name;
    QList<Parameter> parameters;
    std::function<ProtocolPtr(const QString& id, const ParameterValues& values)> make;
};

/// For protocols that leave nothing to set.
auto always(const ProtocolPtr& (*protocol)())
{
    return [protocol](const QString&, const ParameterValues&) { return protocol(); };
}

/// In the order in which to offer them: a new protocol is a row here.
const QList<Row>& rows()
{
    static const QList<Row> all {
        { QStringLiteral("app"), {}, always(&appProtocol) },
        { QStringLiteral("lines"), {}, always(&linesProtocol) },
        { QStringLiteral("raw"), {}, always(&rawProtocol) },
        { QStringLiteral("delimited"), delimitedParameters(), &delimitedProtocol },
        { QStringLiteral("length"), lengthParameters(), &lengthProtocol },
        { QStringLiteral("fixed"), fixedParameters(), &fixedProtocol },
        { QStringLiteral("idle"), idleParameters(), &idleProtocol },
        { QStringLiteral("jsonl"), {}, always(&jsonLinesProtocol) },
        { QStringLiteral("json"), {}, always(&jsonProtocol) },
        { QStringLiteral("http"), {}, always(&httpProtocol) },
        { QStringLiteral("resp"), {}, always(&respProtocol) },
        { QStringLiteral("slip"), {}, always(&slipProtocol) },
        { QStringLiteral("cobs"), {}, always(&cobsProtocol) },
    };
    return all;
}

bool needsValues(const Row& row)
{
    return std::any_of(
        row.parameters.cbegin(), row.parameters.cend(), [](const Parameter& each) { return each.fallback.isNull(); });
}

/// Those that can do without anything set.
const QList<ProtocolPtr>& ownProtocols()
{
    static const QList<ProtocolPtr> own = [] {
        QList<ProtocolPtr> list;
        for (const Row& row : rows()) {
            if (const auto values = readParameters(row.name, row.parameters, {}); values) {
                list.append(row.make(row.name, *values));
            }
        }
        return list;
    }();
    return own;
}

/// Those with something set that somebody holds: the same name is the same pointer.
struct Set {
    std::mutex mutex;
    QHash<QString, std::weak_ptr<const Protocol>> protocols;
};

ProtocolPtr withValues(const Row& row, const QString& id, const ParameterValues& values)
{
    static Set set;
    const std::scoped_lock lock(set.mutex);
    if (ProtocolPtr known = set.protocols.value(id).lock()) {
        return known;
    }
    set.protocols.removeIf([](const auto& each) { return each.value().expired(); });
    ProtocolPtr made = row.make(id, values);
    set.protocols.insert(id, made);
    return made;
}

bool isOwnName(QStringView name)
{
    const QStringView bare = name.first(name.contains(u':') ? name.indexOf(u':') : name.size());
    return std::any_of(rows().cbegin(), rows().cend(), [bare](const Row& each) { return each.name == bare; });
}

/// "raw:size=3,encoding=GBK" without its encoding, which may stand anywhere among what the name sets.
std::optional<QByteArray> takeEncoding(QString& name)
{
    const qsizetype colon = name.indexOf(u':');
    if (colon < 0) {
        return std::nullopt;
    }
    QStringList settings = name.sliced(colon + 1).split(u',');
    const auto isEncoding = [](const QString& each) { return each.trimmed().startsWith(u"encoding="); };
    const auto found = std::find_if(settings.cbegin(), settings.cend(), isEncoding);
    if (found == settings.cend()) {
        return std::nullopt;
    }
    QByteArray encoding = found->sliced(found->indexOf(u'=') + 1).trimmed().toUtf8();
    settings.erase(found);
    name = settings.isEmpty() ? name.first(colon) : QString(name.first(colon + 1) + settings.join(u','));
    return encoding;
}

tl::expected<ProtocolPtr, QString> encodedFromName(const QString& name, const QByteArray& encoding)
{
    auto plain = protocolFromName(name);
    if (!plain) {
        return plain;
    }
    if (!isKnownEncoding(encoding)) {
        return tl::unexpected(QCoreApplication::translate("sockeye::Protocol",
            "No encoding is called \"%1\": there are UTF-8, UTF-16LE, UTF-16BE, GBK, GB18030, Big5, Shift_JIS, EUC-JP, "
            "EUC-KR, ISO-8859-1, windows-1252, KOI8-R and more.")
                                  .arg(visibleText(
                                      QByteArrayView(encoding).first(std::min<qsizetype>(60, encoding.size())))));
    }
    ProtocolPtr encoded = protocolInEncoding(*plain, encoding);
    if (encoded == *plain && canonicalEncoding(encoding) != "UTF-8") {
        return tl::unexpected(QCoreApplication::translate("sockeye::Protocol",
            "Messages of the protocol \"%1\" say themselves what their text is in: it takes no encoding.")
                                  .arg(name));
    }
    return encoded;
}

struct Added {
    std::mutex mutex;
    QList<ProtocolPtr> protocols;
};

Added& added()
{
    static Added list;
    return list;
}

ProtocolFinder& finder()
{
    static ProtocolFinder set;
    return set;
}

auto withId(const QList<ProtocolPtr>& list, QStringView id)
{
    return std::find_if(list.cbegin(), list.cend(), [id](const ProtocolPtr& each) { return each->id() == id; });
}

/// All that there are, and what else can be named.
QStringList names(const QList<ProtocolPtr>& all)
{
    QStringList list;
    std::transform(
        all.cbegin(), all.cend(), std::back_inserter(list), [](const ProtocolPtr& each) { return each->id(); });
    return list + protocolExamples();
}

} // namespace

QList<ProtocolPtr> protocols()
{
    const std::scoped_lock lock(added().mutex);
    return ownProtocols() + added().protocols;
}

const ProtocolPtr& defaultProtocol()
{
    return appProtocol();
}

const ProtocolPtr& plainProtocol()
{
    return rawProtocol();
}

tl::expected<ProtocolPtr, QString> protocolFromName(QStringView name)
{
    const QList<ProtocolPtr>& own = ownProtocols();
    if (const auto found = withId(own, name); found != own.cend()) {
        return *found;
    }
    if (QString plain = name.toString(); const auto encoding = takeEncoding(plain)) {
        if (isOwnName(plain)) {
            return encodedFromName(plain, *encoding);
        }
    }
    const qsizetype colon = name.indexOf(u':');
    const QStringView bare = name.first(colon < 0 ? name.size() : colon);
    const auto row =
        std::find_if(rows().cbegin(), rows().cend(), [bare](const Row& each) { return each.name == bare; });
    if (row != rows().cend()) {
        const auto values =
            readParameters(row->name, row->parameters, colon < 0 ? QStringView() : name.sliced(colon + 1));
        if (!values) {
            return tl::unexpected(values.error());
        }
        const QString id = normalizedName(row->name, row->parameters, *values);
        const auto plain = withId(ownProtocols(), id);
        return plain != ownProtocols().cend() ? *plain : withValues(*row, id, *values);
    }
    // A finder knows better than the list whether a file is still what it was.
    if (finder()) {
        auto found = finder()(name.toString());
        if (!found || *found) {
            return found;
        }
    }
    const QList<ProtocolPtr> all = protocols();
    if (const auto found = withId(all, name); found != all.cend()) {
        return *found;
    }
    return tl::unexpected(QCoreApplication::translate("sockeye::Protocol", "There is no protocol \"%1\": there are %2.")
                              .arg(visibleText(name.left(80).toString()), names(all).join(QStringLiteral(", "))));
}

ProtocolPtr ownProtocolFromName(QStringView name)
{
    return isOwnName(name) ? protocolFromName(name).value_or(nullptr) : nullptr;
}

QStringList protocolExamples()
{
    QStringList examples;
    for (const Row& row : rows()) {
        if (needsValues(row)) {
            examples.append(exampleName(row.name, row.parameters));
        }
    }
    return examples;
}

const ProtocolPtr& protocolForDatagrams(const ProtocolPtr& chosen)
{
    if (chosen->readsDatagrams()) {
        return chosen;
    }
    const QByteArray encoding = textEncoding(*chosen);
    if (encoding.isEmpty()) {
        return datagramProtocol();
    }
    static std::mutex mutex;
    static std::map<QByteArray, ProtocolPtr> encoded; // a few hundred names at most; references to them stay
    const std::scoped_lock lock(mutex);
    ProtocolPtr& known = encoded[encoding];
    if (!known) {
        known = std::make_shared<const EncodedProtocol>(datagramProtocol(), encoding);
    }
    return known;
}

ProtocolPtr spokenOver(const ProtocolPtr& chosen, Transport transport, Sender sender)
{
    return spokenBy(transport == Transport::Udp ? protocolForDatagrams(chosen) : chosen, sender);
}

ProtocolPtr protocolOf(QByteArrayView message, const Limits& limits)
{
    const QList<ProtocolPtr> all = protocols();
    const auto found = std::find_if(
        all.cbegin(), all.cend(), [&](const ProtocolPtr& each) { return each->recognizes(message, limits); });
    return found != all.cend() ? *found : nullptr;
}

void setProtocolFinder(ProtocolFinder wanted)
{
    finder() = std::move(wanted);
}

bool addProtocol(const ProtocolPtr& protocol)
{
    if (withId(ownProtocols(), protocol->id()) != ownProtocols().cend()) {
        return false;
    }
    const std::scoped_lock lock(added().mutex);
    QList<ProtocolPtr>& list = added().protocols;
    const auto same = withId(list, protocol->id());
    if (same != list.cend()) {
        list.replace(same - list.cbegin(), protocol);
    } else {
        list.append(protocol);
    }
    return true;
}

} // namespace sockeye
