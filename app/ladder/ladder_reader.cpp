// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ladder/ladder_reader.h"

#include <algorithm>
#include <cmath>

namespace sockeye {

namespace {

/// Looked at before there is a picture again.
constexpr qsizetype ladderRowsAtOnce = 1'000'000;
constexpr qsizetype readTogether = 32; ///< messages within one bound of bytes that are read
constexpr int mostCallsWalked = 256; ///< those in several pieces are counted one by one
constexpr double shortestBar = 12;
constexpr double longestBar = 160;
constexpr double barOfDouble = 11; ///< pixels more for twice as many bytes
constexpr int detail = 4; ///< times as wide as it is drawn: colours say more than there is room for words

std::vector<LadderPart> partsOf(const Annotation& annotation, const MessageRecord& message, qsizetype row)
{
    std::vector<LadderPart> parts;
    const LaneScale scale { message.offset, message.offset + message.size, ladderBarWidth(message.size) * detail };
    const auto size = static_cast<float>(message.size);
    for (const LaneBox& box : fieldBoxes(annotation, message, row, scale)) {
        parts.push_back({ static_cast<float>(box.begin - message.offset) / size,
            static_cast<float>(box.end - message.offset) / size, box.kind, box.tint });
    }
    return parts;
}

} // namespace

int ladderBarWidth(qint64 size)
{
    const double wanted = shortestBar + barOfDouble * std::log2(static_cast<double>(std::max<qint64>(size, 1)));
    return static_cast<int>(std::min(wanted, longestBar));
}

LadderReader::LadderReader(std::shared_ptr<const Capture> capture, quint32 connection)
    : m_capture(capture)
    , m_connection(connection)
    , m_steps(capture, connection)
    , m_fields(std::move(capture))
{
}

LadderPicture LadderReader::picture(const LadderRequest& request)
{
    LadderPicture picture;
    if (request.onlyNew && !m_steps.hasNew()) {
        picture.isUnchanged = true;
        return picture;
    }
    const bool isWhole = !m_steps.takeNew(ladderRowsAtOnce);
    picture.connection = m_connection;
    picture.progress = isWhole ? 1.0 : std::min(m_steps.progress(), 0.999);
    picture.startTime = m_capture->startTime();
    picture.total = m_steps.count();
    picture.leftColumns = m_steps.lines().leftColumns();
    picture.rightColumns = m_steps.lines().rightColumns();
    const qsizetype count = std::clamp<qsizetype>(request.count, 0, std::min(mostSteps, picture.total));
    const qsizetype first = std::clamp<qsizetype>(request.first, 0, picture.total - count);
    picture.steps.reserve(static_cast<std::size_t>(count));
    for (qsizetype number = first; number < first + count; ++number) {
        if ((number - first) % readTogether == 0) {
            m_fields.begin();
        }
        LadderStep step = m_steps.at(number);
        if (step.kind == LadderKind::Message || step.kind == LadderKind::BadMessage) {
            read(step);
        }
        picture.steps.push_back(std::move(step));
    }
    picture.spans = m_steps.lines().spans(first, first + count, picture.total);
    picture.selectedRow = request.selected;
    picture.selectedStep = m_steps.stepOf(request.selected);
    return picture;
}

void LadderReader::read(LadderStep& step)
{
    const MessageRecord message = m_capture->message(step.row);
    if (message.size <= 0) {
        return;
    }
    step.calls = callsOf(message);
    if (step.kind == LadderKind::Message) {
        step.text = m_fields.summary(message, step.row);
    }
    if (const std::shared_ptr<const Annotation> annotation = m_fields.annotation(message, step.row)) {
        step.parts = partsOf(*annotation, message, step.row);
    }
}

LadderCalls LadderReader::callsOf(const MessageRecord& message) const
{
    LadderCalls calls;
    m_capture->look(message.connection, message.direction, [&](const StreamIndex& stream) {
        const qint64 end = message.offset + message.size;
        if (message.offset < 0 || end > stream.size()) {
            return;
        }
        StreamCall call = stream.callAt(message.offset);
        const StreamCall last = stream.callAt(end - 1);
        calls.firstTime = call.time;
        calls.sharesFirst = call.offset < message.offset;
        calls.sharesLast = last.offset + last.size > end;
        calls.count = 1;
        if (!stream.hasPieces()) {
            calls.count = last.entry - call.entry + 1;
            return;
        }
        while (call.entry < last.entry && calls.count < mostCallsWalked) {
            call = stream.call(call.next);
            ++calls.count;
        }
        calls.isAbout = call.entry < last.entry;
        calls.count += last.entry - call.entry;
    });
    return calls;
}

} // namespace sockeye
