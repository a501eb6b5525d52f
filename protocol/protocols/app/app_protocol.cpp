// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_protocol.h"

#include "protocol/protocols/app/app_editor.h"
#include "protocol/protocols/app/app_framing.h"
#include "protocol/protocols/app/header_decoder.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/app/message_types.h"
#include "protocol/protocols/app/reply_value.h"

#include <QCoreApplication>
#include <QtEndian>

#include <array>
#include <limits>

namespace sockeye {

namespace {

class HeaderDetail final : public FrameDetail {
public:
    explicit HeaderDetail(Header decoded)
        : header(std::move(decoded))
    {
    }
    const Header header;
};

/// Headers as they were read lately: messages near each other mostly have one of a few, whose texts are compared much
/// faster than read.
class LateHeaders {
public:
    [[nodiscard]] std::shared_ptr<const FrameDetail> find(QByteArrayView json) const
    {
        for (const Slot& slot : m_slots) {
            if (slot.json == json && slot.detail) {
                return slot.detail;
            }
        }
        return nullptr;
    }
    void keep(QByteArrayView json, const std::shared_ptr<const FrameDetail>& detail)
    {
        if (json.size() <= longest) {
            m_slots[m_next] = { json.toByteArray(), detail };
            m_next = (m_next + 1) % m_slots.size();
        }
    }

private:
    static constexpr qsizetype longest = 1024; ///< bytes
    struct Slot {
        QByteArray json;
        std::shared_ptr<const FrameDetail> detail;
    };
    std::array<Slot, 4> m_slots;
    std::size_t m_next = 0;
};

QString appText(const char* text)
{
    return QCoreApplication::translate("sockeye::AppProtocol", text);
}

QByteArrayView contentOf(const Frame& frame, QByteArrayView bytes)
{
    return bytes.sliced(frame.contentOffset, std::min(frame.size, bytes.size()) - frame.contentOffset);
}

} // namespace

const ProtocolPtr& appProtocol()
{
    static const ProtocolPtr protocol = std::make_shared<const AppProtocol>();
    return protocol;
}

const Header* headerOf(const Frame& frame)
{
    const auto* const detail = static_cast<const HeaderDetail*>(frame.detail.get());
    return detail != nullptr ? &detail->header : nullptr;
}

std::shared_ptr<const FrameDetail> headerDetail(Header header)
{
    return std::make_shared<const HeaderDetail>(std::move(header));
}

QString AppProtocol::id() const
{
    return QStringLiteral("app");
}

QString AppProtocol::title() const
{
    return appText("Application protocol");
}

std::unique_ptr<Framing> AppProtocol::newFraming(const Limits& limits) const
{
    return std::make_unique<AppFraming>(limits);
}

bool AppProtocol::mayBegin(QByteArrayView bytes) const
{
    return AppFraming::mayBegin(bytes);
}

bool AppProtocol::recognizes(QByteArrayView bytes, const Limits& limits) const
{
    AppFraming framing(limits);
    Frames frames;
    framing.feed(bytes, frames);
    return !framing.error() && frames.size() == 1 && frames.front().size == bytes.size();
}

std::optional<Frame> AppProtocol::frameOf(qint64 offset, qint64 size, QByteArrayView first) const
{
    const qint64 contentOffset = announcedContentOffset(first);
    if (contentOffset > first.size()) {
        return std::nullopt;
    }
    thread_local LateHeaders late;
    const QByteArrayView json = first.sliced(fixedHeaderSize, contentOffset - fixedHeaderSize);
    std::shared_ptr<const FrameDetail> detail = late.find(json);
    if (!detail) {
        Limits limits;
        limits.maxContent = std::numeric_limits<qint64>::max(); // whether it is too long was decided long ago
        Result<Header> header = decodeHeader(json, offset + fixedHeaderSize, limits);
        if (!header) {
            return std::nullopt;
        }
        detail = headerDetail(*std::move(header));
        late.keep(json, detail);
    }
    return Frame { offset, size, contentOffset, std::move(detail) };
}

MessageSummary AppProtocol::saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const
{
    const Header* const header = headerOf(frame);
    if (header == nullptr) {
        return Protocol::saying(frame, bytes, maxChars);
    }
    return { header->isJson() ? MessageKind::Json : MessageKind::Binary,
        sockeye::summary(*header, contentOf(frame, bytes), maxChars) };
}

DecodedMessage AppProtocol::decodedParts(
    DecodedParts wanted, const Frame& frame, QByteArrayView bytes, const Limits& limits) const
{
    const Header* const header = headerOf(frame);
    if (header == nullptr) {
        return {};
    }
    DecodedMessage decoded;
    // As it stands, unknown keys included: the framing has checked that it is one JSON object.
    if (wanted.testFlag(DecodedPart::Header)) {
        decoded.header = bytes.sliced(fixedHeaderSize, frame.contentOffset - fixedHeaderSize).toByteArray();
    }
    if (wanted.testFlag(DecodedPart::Content) && header->isJson()) {
        decoded.content = contentAsJson(*header, contentOf(frame, bytes), frame.offset + frame.contentOffset, limits)
                              .value_or(QByteArray());
    }
    return decoded;
}

QString AppProtocol::whyNotJson() const
{
    return appText("The header's content-type is not text/json: the content is binary.");
}

bool AppProtocol::checksContent(const Frame& frame) const
{
    const Header* const header = headerOf(frame);
    return header != nullptr && header->isJson();
}

QByteArray AppProtocol::contentForm(const Frame& frame) const
{
    const Header* const header = headerOf(frame);
    return header != nullptr ? header->contentEncoding : QByteArray();
}

Result<void> AppProtocol::check(const Frame& frame, QByteArrayView content, const Limits& limits) const
{
    const Header* const header = headerOf(frame);
    return header != nullptr ? checkContent(*header, content, frame.offset + frame.contentOffset, limits)
                             : Result<void>();
}

ReplyValue AppProtocol::replyValue(const Frame& frame, const QByteArray& reply, const Limits& limits) const
{
    const Header* const header = headerOf(frame);
    return header != nullptr ? appReplyValue(*header, frame, reply, limits)
                             : Protocol::replyValue(frame, reply, limits);
}

QString AppProtocol::replyText(const Frame& frame, QByteArrayView reply, qsizetype maxChars) const
{
    const Header* const header = headerOf(frame);
    return header != nullptr && frame.contentOffset <= reply.size()
        ? resultText(*header, contentOf(frame, reply), maxChars)
        : QString();
}

bool AppProtocol::meansTheSame(const Frame& frame, const QByteArray& reply, const QByteArray& right) const
{
    const std::optional<Frame> rightFrame = frameOf(0, right.size(), right);
    const Header* const header = headerOf(frame);
    const Header* const rightHeader = rightFrame ? headerOf(*rightFrame) : nullptr;
    return header != nullptr && rightHeader != nullptr && header->contentType == rightHeader->contentType
        && header->contentEncoding == rightHeader->contentEncoding
        && contentOf(frame, reply) == contentOf(*rightFrame, right);
}

bool AppProtocol::isRefusal(const Frame& frame, const QString& text) const
{
    const Header* const header = headerOf(frame);
    return header != nullptr && header->isJson() && text.startsWith(QLatin1StringView("Error:"));
}

QStringList AppProtocol::sendWords(const QByteArray& bytes, const QString& action, const QString& value) const
{
    for (const ByteOrder order : { ByteOrder::Little, ByteOrder::Big }) {
        if (encodeRequest(action, value, order) == bytes) {
            return { action, value, QStringLiteral("--byteorder"),
                order == ByteOrder::Big ? QStringLiteral("big") : QStringLiteral("little") };
        }
    }
    return {};
}

tl::expected<QByteArray, QString> AppProtocol::carry(Sender sender, ContentKind kind, QByteArrayView content) const
{
    QByteArray out;
    const QByteArrayView type = kind == ContentKind::Json ? jsonType
        : sender == Sender::Client                        ? clientBinaryType
                                                          : serverBinaryType;
    appendMessage(out, type, kind == ContentKind::Json ? "utf-8" : "binary", nativeByteOrder(), content);
    return out;
}

std::unique_ptr<MessageEditor> AppProtocol::newEditor(
    const Frame& frame, QByteArrayView message, const Limits& limits) const
{
    Q_UNUSED(limits)
    return std::make_unique<AppEditor>(message, frame.contentOffset);
}

Alterations AppProtocol::alterations() const
{
    return Protocol::alterations() | Alteration::Kind::WrongLength | Alteration::Kind::SwapByteOrder;
}

} // namespace sockeye
