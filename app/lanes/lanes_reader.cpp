// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lanes/lanes_reader.h"

#include "app/lanes/lane_layout.h"
#include "app/lanes/lane_words.h"
#include "app/recording/strike_book.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

/// Looked at before there is a picture again.
constexpr qsizetype rowsAtOnce = 1'000'000;
constexpr double leastBox = 3; ///< pixels: what is narrower is drawn together with its neighbours
constexpr double leastLabelled = 14; ///< pixels: what is narrower gets no text
constexpr double leastDecoded = 24; ///< pixels: of what is narrower nothing is read

class CallItems final : public LaneItems {
public:
    CallItems(const LaneStream& stream, LaneAxis axis, qint64 startTime)
        : m_stream(stream)
        , m_isTime(axis == LaneAxis::Time)
        , m_startTime(startTime)
        , m_count(stream.entryCount())
    {
    }
    [[nodiscard]] qsizetype count() const override { return m_count; }
    [[nodiscard]] LaneItem at(qsizetype number) const override
    {
        const StreamCall call = m_stream.call(number);
        const qint64 begin = m_isTime ? call.time - m_startTime : call.offset;
        return { begin, m_isTime ? begin : begin + call.size, call.entry, call.next };
    }
    [[nodiscard]] qsizetype from(qint64 position) const override
    {
        return std::min(
            m_count, m_isTime ? m_stream.entryFromTime(position + m_startTime) : m_stream.entryFrom(position));
    }

private:
    const LaneStream& m_stream;
    const bool m_isTime;
    const qint64 m_startTime;
    const qsizetype m_count;
};

class MessageItems final : public LaneItems {
public:
    MessageItems(const LaneStream& stream, LaneAxis axis, qint64 startTime)
        : m_stream(stream)
        , m_isTime(axis == LaneAxis::Time)
        , m_startTime(startTime)
    {
    }
    [[nodiscard]] qsizetype count() const override { return m_stream.messageCount(); }
    [[nodiscard]] LaneItem at(qsizetype number) const override
    {
        const MessageRecord message = m_stream.message(number);
        if (!m_isTime) {
            return { message.offset, message.offset + message.size, number, number + 1 };
        }
        const StreamCall first = m_stream.callAt(message.offset);
        const qint64 begin = first.size > 0 ? std::min(first.time, message.time) : message.time;
        return { begin - m_startTime, message.time - m_startTime, number, number + 1 };
    }
    [[nodiscard]] qsizetype from(qint64 position) const override
    {
        return m_isTime ? m_stream.messages().fromTime(m_stream.direction(), position + m_startTime)
                        : m_stream.messages().beginningFrom(m_stream.direction(), position);
    }

private:
    const LaneStream& m_stream;
    const bool m_isTime;
    const qint64 m_startTime;
};

LanesOfDirection& lanesOf(LanesPicture& picture, const LaneStream& stream)
{
    return picture.directions[static_cast<std::size_t>(stream.direction())];
}

} // namespace

LanesReader::LanesReader(std::shared_ptr<const Capture> capture, quint32 connection)
    : m_capture(capture)
    , m_messages(capture, connection)
    , m_fields(std::move(capture))
{
}

LaneExtent LanesReader::extent(LaneAxis axis, const std::optional<ConnectionRecord>& connection) const
{
    if (!connection) {
        return {};
    }
    if (axis == LaneAxis::Offset) {
        return { 0, std::max<qint64>({ 1, connection->bytesIn, connection->bytesOut }) };
    }
    const qint64 start = m_capture->startTime();
    const qint64 begin = connection->openedAt - start;
    const qint64 end =
        std::max({ connection->openedAt, connection->closedAt, connection->lastInAt, connection->lastOutAt }) - start;
    // What comes last takes no time, and has a label all the same.
    const qint64 room = std::max<qint64>((end - begin) / 8, 1'000'000);
    return { begin - room / 8, end + room };
}

LanesPicture LanesReader::picture(const LanesRequest& request)
{
    const bool isWhole = !m_messages.takeNew(rowsAtOnce);
    LanesPicture picture;
    picture.connection = m_messages.connection();
    picture.axis = request.axis;
    picture.startTime = m_capture->startTime();
    picture.progress = isWhole ? 1.0 : std::min(m_messages.progress(), 0.999);
    const std::optional<ConnectionRecord> connection = m_capture->connection(picture.connection);
    picture.extent = extent(request.axis, connection);
    picture.scale = request.scale;
    picture.scale.width = std::max(1, request.scale.width);
    if (request.all) {
        picture.scale.from = picture.extent.begin;
        picture.scale.to = picture.extent.end;
    }
    picture.scale = picture.scale.within(picture.extent);
    if (!connection) {
        return picture;
    }
    picture.facts = connection->facts;
    m_fields.begin();
    for (const Direction direction : { Direction::In, Direction::Out }) {
        const LaneStream stream(*m_capture, m_messages, direction);
        LanesOfDirection& lanes = lanesOf(picture, stream);
        lanes.size = stream.size();
        lanes.messages = stream.messageCount();
        addCalls(picture, stream);
        addMessages(picture, stream);
        addStrikes(picture, stream);
        if (isWhole) {
            addUnfinished(picture, stream);
        }
    }
    select(picture, request.selected);
    return picture;
}

/// The message that a call began with, or went on with; -1 for none.
qsizetype LanesReader::rowAt(const LaneStream& stream, const StreamCall& call) const
{
    const qsizetype i = m_messages.endingBehind(stream.direction(), call.offset);
    const bool isThere = i < stream.messageCount() && stream.message(i).offset < call.offset + call.size;
    return isThere ? m_messages.row(stream.direction(), i) : -1;
}

void LanesReader::addCalls(LanesPicture& picture, const LaneStream& stream) const
{
    const bool isTime = picture.axis == LaneAxis::Time;
    const bool hasPieces = stream.hasPieces();
    std::vector<LaneBox>& boxes = lanesOf(picture, stream).of(LaneKind::Calls);
    const CallItems items(stream, picture.axis, picture.startTime);
    for (const LaneSpan& span : layOut(items, picture.scale, leastBox)) {
        const StreamCall call = stream.call(span.first);
        LaneBox box;
        box.begin = span.begin;
        box.end = span.end;
        box.offset = call.offset;
        box.time = call.time;
        box.row = rowAt(stream, call);
        if (span.dense) {
            const StreamCall last = stream.call(span.next - 1);
            box.size = last.offset + last.size - call.offset;
            box.count = span.next - span.first;
            box.isAbout = hasPieces;
        } else {
            box.size = call.size;
            box.call = stream.facts(call);
            if (isTime || picture.scale.pixels(box.end - box.begin) >= leastLabelled) {
                box.texts = callTexts(box, stream.direction(), picture.startTime);
            }
        }
        box.struckBy = struckBy(picture, stream, box);
        boxes.push_back(std::move(box));
    }
}

QString LanesReader::struckBy(const LanesPicture& picture, const LaneStream& stream, const LaneBox& box) const
{
    return m_capture->strikes().find(picture.connection, stream.direction(), box.offset, box.size);
}

LaneBox LanesReader::messageBox(
    const LanesPicture& picture, const LaneStream& stream, const MessageRecord& message, qsizetype row) const
{
    LaneBox box;
    box.offset = message.offset;
    box.size = message.size;
    box.time = message.time;
    box.row = row;
    box.isBad = message.kind == RecordKind::BadMessage;
    box.message = stream.facts(message);
    box.struckBy = struckBy(picture, stream, box);
    if (box.isBad) {
        box.told = m_capture->text(message.text);
    }
    if (picture.axis == LaneAxis::Time) {
        box.begin = std::min(box.message.firstTime, message.time) - picture.startTime;
        box.end = message.time - picture.startTime;
    } else {
        box.begin = message.offset;
        box.end = message.offset + message.size;
    }
    return box;
}

void LanesReader::addMessages(LanesPicture& picture, const LaneStream& stream)
{
    const bool isTime = picture.axis == LaneAxis::Time;
    const Direction direction = stream.direction();
    std::vector<LaneBox>& boxes = lanesOf(picture, stream).of(LaneKind::Messages);
    const MessageItems items(stream, picture.axis, picture.startTime);
    for (const LaneSpan& span : layOut(items, picture.scale, leastBox)) {
        const MessageRecord message = stream.message(span.first);
        if (span.dense) {
            const MessageRecord last = stream.message(span.next - 1);
            LaneBox box;
            box.begin = span.begin;
            box.end = span.end;
            box.offset = message.offset;
            box.size = last.offset + last.size - message.offset;
            box.time = message.time;
            box.count = span.next - span.first;
            box.row = m_messages.row(direction, span.first);
            if (isTime) {
                box.texts = {
                    QCoreApplication::translate("sockeye::Lanes", "%1 messages").arg(groupedDigits(box.count))
                };
            }
            if (stream.callAt(message.offset).entry
                == stream.callAt(last.offset + std::max<qint64>(last.size, 1) - 1).entry) {
                box.message = stream.facts(message); // however near one looks, they came at once
            }
            box.isBad = m_messages.hasBad(direction, span.first, span.next);
            box.struckBy = struckBy(picture, stream, box);
            boxes.push_back(std::move(box));
            continue;
        }
        const qsizetype row = m_messages.row(direction, span.first);
        LaneBox box = messageBox(picture, stream, message, row);
        const double width = picture.scale.pixels(box.end - box.begin);
        const bool hasRoom = isTime || width >= leastDecoded;
        if (box.isBad && (isTime || width >= leastLabelled)) {
            box.texts = QStringList { box.told } + messageTexts(box, direction, {});
        } else if (isTime || width >= leastLabelled) {
            box.texts = messageTexts(box, direction, hasRoom ? m_fields.summary(message, row) : QString());
        }
        boxes.push_back(std::move(box));
        if (hasRoom) {
            addFields(picture, stream, message, row);
        }
    }
}

void LanesReader::addFields(
    LanesPicture& picture, const LaneStream& stream, const MessageRecord& message, qsizetype row)
{
    const std::shared_ptr<const Annotation> annotation = m_fields.annotation(message, row);
    if (!annotation) {
        return;
    }
    std::vector<LaneBox> fields = picture.axis == LaneAxis::Time
        ? fieldTimes(*annotation, message, row, stream, picture.scale, picture.startTime)
        : fieldBoxes(*annotation, message, row, picture.scale);
    std::vector<LaneBox>& boxes = lanesOf(picture, stream).of(LaneKind::Fields);
    std::move(fields.begin(), fields.end(), std::back_inserter(boxes));
}

/// Those in the part that is seen; of strikes too close together to be told apart there is one mark.
void LanesReader::addStrikes(LanesPicture& picture, const LaneStream& stream) const
{
    const StrikeBook& book = m_capture->strikes();
    if (book.isEmpty() || stream.entryCount() == 0) {
        return;
    }
    const bool isTime = picture.axis == LaneAxis::Time;
    const auto offsetAt = [&](qint64 position) {
        const qsizetype entry = isTime ? stream.entryFromTime(position + picture.startTime) : 0;
        return !isTime ? position : entry < stream.entryCount() ? stream.call(entry).offset : stream.size();
    };
    const auto positionOf = [&](qint64 offset) {
        return isTime ? stream.callAt(std::min(offset, stream.size() - 1)).time - picture.startTime : offset;
    };
    constexpr std::size_t most = 20'000; // looked at for a picture
    std::vector<LaneStrike>& strikes = lanesOf(picture, stream).strikes;
    for (const StruckRange& each : book.within(
             picture.connection, stream.direction(), offsetAt(picture.scale.from), offsetAt(picture.scale.to), most)) {
        LaneStrike strike { positionOf(each.offset), positionOf(each.offset + each.size), each.name };
        const bool isClose = !strikes.empty() && strikes.back().name == strike.name
            && picture.scale.pixels(strike.begin - strikes.back().end) < 1
            && picture.scale.pixels(strike.end - strike.begin) < leastBox;
        if (isClose) {
            strikes.back().end = std::max(strikes.back().end, strike.end);
        } else {
            strikes.push_back(std::move(strike));
        }
    }
}

/// What has come behind the last message, if it is anything.
void LanesReader::addUnfinished(LanesPicture& picture, const LaneStream& stream) const
{
    const qint64 begin = m_messages.end(stream.direction());
    const qint64 end = stream.size();
    if (begin >= end) {
        return;
    }
    const StreamCall first = stream.callAt(begin);
    const StreamCall last = stream.callAt(end - 1);
    if (last.lost) {
        return;
    }
    LaneBox box;
    box.offset = begin;
    box.size = end - begin;
    box.time = last.time;
    box.isUnfinished = true;
    const bool isTime = picture.axis == LaneAxis::Time;
    box.begin = isTime ? first.time - picture.startTime : begin;
    box.end = isTime ? last.time - picture.startTime : end;
    box.texts = { QCoreApplication::translate("sockeye::Lanes", "not whole yet: %1").arg(laneBytesText(box.size)),
        QCoreApplication::translate("sockeye::Lanes", "not whole yet"), laneBytesText(box.size) };
    if (box.begin < picture.scale.to && box.end >= picture.scale.from) {
        lanesOf(picture, stream).of(LaneKind::Messages).push_back(std::move(box));
    }
}

void LanesReader::select(LanesPicture& picture, qsizetype row) const
{
    if (row < 0 || row >= m_capture->messageCount()) {
        return;
    }
    const MessageRecord message = m_capture->message(row);
    const bool hasBytes = message.kind == RecordKind::Message || message.kind == RecordKind::BadMessage;
    if (message.connection != picture.connection || !hasBytes) {
        return;
    }
    const LaneStream stream(*m_capture, m_messages, message.direction);
    picture.selected = messageBox(picture, stream, message, row);
    picture.selectedDirection = message.direction;
}

} // namespace sockeye
