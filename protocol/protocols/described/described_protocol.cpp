// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/described/described_protocol.h"

#include "protocol/filter/tree_fields.h"
#include "protocol/kaitai/tree_text.h"
#include "protocol/kaitai/values_by_path.h"
#include "protocol/protocols/datagram/datagram_framing.h"
#include "protocol/protocols/described/described_framing.h"
#include "protocol/protocols/described/described_words.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

constexpr qint64 summarySize = 64 * 1024; // bytes of a message that its line in a table is made of, at most
constexpr qsizetype lineChars = 200;

QString describedText(const char* text)
{
    return QCoreApplication::translate("sockeye::DescribedProtocol", text);
}

} // namespace

DescribedProtocol::DescribedProtocol(const QString& name, std::shared_ptr<const kaitai::Description> description)
    : m_name(name)
    , m_description(std::move(description))
    , m_fields(std::make_shared<WaitingFields>())
    , m_hasRules(m_description->hasOwnRules())
{
    if (m_description->hasSenderTypes()) {
        m_client.reset(new DescribedProtocol(*this, Sender::Client));
        m_server.reset(new DescribedProtocol(*this, Sender::Server));
    }
}

DescribedProtocol::DescribedProtocol(const DescribedProtocol& both, Sender sender)
    : m_name(both.m_name)
    , m_description(both.m_description)
    , m_fields(both.m_fields)
    , m_sender(sender)
    , m_hasRules(both.m_hasRules)
{
}

DescribedProtocol::~DescribedProtocol() = default;

QString DescribedProtocol::formatName() const
{
    return QString::fromUtf8(m_description->id());
}

QString DescribedProtocol::title() const
{
    const QString title = m_description->title();
    return title.isEmpty() ? formatName() : title;
}

bool DescribedProtocol::cutsStreams() const
{
    return !m_description->cuttingProblem(Sender::Client) && !m_description->cuttingProblem(Sender::Server);
}

QString DescribedProtocol::whyNotStreams() const
{
    const auto problem = m_description->cuttingProblem(Sender::Client);
    const auto other = problem ? problem : m_description->cuttingProblem(Sender::Server);
    return other ? kaitai::describe(*other) : QString();
}

const Protocol& DescribedProtocol::spokenBy(Sender sender) const
{
    const DescribedProtocol* const side = sender == Sender::Client ? m_client.get()
        : sender == Sender::Server                                 ? m_server.get()
                                                                   : nullptr;
    return side ? *side : *this;
}

kaitai::Tree DescribedProtocol::decode(QByteArrayView bytes, const Limits& limits, bool withInstances) const
{
    return m_description->decode(bytes, describedLimits(limits), m_sender, withInstances);
}

std::unique_ptr<Framing> DescribedProtocol::newFraming(const Limits& limits) const
{
    if (m_description->cuttingProblem(m_sender)) {
        return std::make_unique<DatagramFraming>(); // nobody asks for streams of it
    }
    return std::make_unique<DescribedFraming>(m_description, m_fields, m_sender, describedLimits(limits));
}

bool DescribedProtocol::mayBegin(QByteArrayView bytes) const
{
    kaitai::Cutter cutter(m_description, {}, m_sender);
    return cutter.feed(bytes).kind != kaitai::CutResult::Kind::Fault;
}

QString DescribedProtocol::waitingFor(const Progress& progress) const
{
    const QString field = QString::fromUtf8(m_fields->pathOf(progress.part));
    if (field.isEmpty()) {
        return Protocol::waitingFor(progress);
    }
    return progress.need > 0
        ? describedText("%1: %2 of %3 bytes").arg(field, groupedDigits(progress.have), groupedDigits(progress.need))
        : describedText("%1: %2 so far, and not its end").arg(field, byteCount(progress.have));
}

QString DescribedProtocol::reached(const Progress& progress) const
{
    const QString field = QString::fromUtf8(m_fields->pathOf(progress.part));
    if (field.isEmpty()) {
        return Protocol::reached(progress);
    }
    return progress.need > 0 ? describedText("%1 into the %2 bytes of \"%3\"")
                                   .arg(byteCount(progress.have), groupedDigits(progress.need), field)
                             : describedText("%1 into \"%2\"").arg(byteCount(progress.have), field);
}

qint64 DescribedProtocol::summaryBytes(QByteArrayView first) const
{
    return first.isEmpty() ? Protocol::summaryBytes(first) : summarySize;
}

MessageSummary DescribedProtocol::summary(QByteArrayView first, qint64 size) const
{
    Q_UNUSED(size)
    return { MessageKind::Text, lineAbout(decode(first, {}), lineChars) };
}

MessageSummary DescribedProtocol::saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const
{
    return { MessageKind::Text,
        lineAbout(decode(bytes.first(std::min<qint64>(frame.size, bytes.size())), {}), maxChars) };
}

DecodedMessage DescribedProtocol::decodedParts(
    DecodedParts, const Frame& frame, QByteArrayView bytes, const Limits& limits) const
{
    kaitai::Tree tree = decode(bytes.first(std::min<qint64>(frame.size, bytes.size())), limits);
    tree.unshown.clear(); // for who makes the same bytes of it again, which nobody does here
    DecodedMessage out;
    out.fields = toJson(tree);
    return out;
}

/// Those of both sides, where they send different types.
std::optional<QStringList> DescribedProtocol::fieldNames() const
{
    QStringList names;
    for (const Sender sender : { Sender::Either, Sender::Client, Sender::Server }) {
        const MessageShape shape = m_description->shape(sender);
        if (shape.types.empty()) {
            continue;
        }
        for (const ShapeField& field : shape.types.front().fields) {
            const QString name = QString::fromUtf8(field.id);
            if (!name.isEmpty() && !names.contains(name)) {
                names.append(name);
            }
        }
    }
    return names;
}

std::unique_ptr<filter::Fields> DescribedProtocol::typedFields(
    const Frame& frame, QByteArrayView bytes, const Limits& limits) const
{
    return std::make_unique<filter::TreeFields>(
        decode(bytes.first(std::min<qint64>(frame.size, bytes.size())), limits));
}

bool DescribedProtocol::checksContent(const Frame& frame) const
{
    return m_hasRules || frame.detail != cutFromStream();
}

Result<void> DescribedProtocol::check(const Frame& frame, QByteArrayView content, const Limits& limits) const
{
    qint64 size = 0;
    const auto fault = m_description->faultOf(content, describedLimits(limits), m_sender, &size);
    if (fault) {
        return tl::unexpected(describedError(*fault, frame.offset, frame.end()));
    }
    if (size < content.size()) {
        Error error = trailingBytesError(size, content.size());
        error.offset += frame.offset;
        return tl::unexpected(error);
    }
    return {};
}

ReplyValue DescribedProtocol::replyValue(const Frame& frame, const QByteArray& reply, const Limits& limits) const
{
    const QByteArrayView bytes = QByteArrayView(reply).first(std::min<qint64>(frame.size, reply.size()));
    kaitai::Tree tree = decode(bytes, limits);
    tree.unshown.clear();
    return { toJson(tree), lineAbout(tree, lineChars) };
}

QString DescribedProtocol::replyText(const Frame& frame, QByteArrayView reply, qsizetype maxChars) const
{
    return saying(frame, reply, maxChars).text;
}

std::optional<MessageShape> DescribedProtocol::shape() const
{
    return m_description->shape(m_sender);
}

QList<FieldValue> DescribedProtocol::values(QByteArrayView message, const Limits& limits) const
{
    const kaitai::Tree tree = decode(message, limits);
    QList<FieldValue> out;
    for (std::size_t i = 1; i < tree.items.size();) {
        const kaitai::TreeItem& item = tree.items[i];
        if (item.role != kaitai::TreeItem::Role::Field) {
            i = static_cast<std::size_t>(item.end); // nobody sends it, nor what is below it
            continue;
        }
        if (item.kind != kaitai::TreeItem::Kind::Struct && item.kind != kaitai::TreeItem::Kind::Array) {
            out.append(FieldValue { tree.pathOf(static_cast<int>(i)), QString::fromUtf8(scalarText(item)) });
        }
        ++i;
    }
    return out;
}

tl::expected<QByteArray, QString> DescribedProtocol::build(const QList<FieldValue>& values) const
{
    QList<std::pair<QByteArray, QString>> pairs;
    pairs.reserve(values.size());
    for (const FieldValue& each : values) {
        pairs.append({ each.path, each.value });
    }
    const auto json = kaitai::valuesByPath(m_description->shape(m_sender), pairs);
    if (!json) {
        return tl::unexpected(json.error());
    }
    auto bytes = m_description->build(*json, {}, m_sender);
    if (!bytes) {
        return tl::unexpected(kaitai::describe(bytes.error()));
    }
    return *std::move(bytes);
}

tl::expected<QByteArray, QString> DescribedProtocol::carry(Sender, ContentKind, QByteArrayView) const
{
    return tl::unexpected(
        describedText("Messages of this protocol are made of its fields: give them in `fields`, or bytes in `hex`."));
}

} // namespace sockeye
