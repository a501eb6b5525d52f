// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lanes/lane_fields.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr qint64 mostBytesOfPicture = qint64 { 1024 } * 1024; ///< read for one picture
constexpr qint64 mostOfOne = qint64 { 256 } * 1024; ///< read of one message
constexpr int mostSummaries = 64; ///< read for one picture
constexpr qsizetype rememberedBytes = qsizetype { 8 } * 1024 * 1024;
constexpr qsizetype rememberedSummaries = 4096;
constexpr double leastField = 3; ///< pixels
constexpr double leastSplitByte = 12; ///< pixels of a byte: from there on keys and values stand apart
constexpr double leastChild = 24; ///< pixels on average: where parts have less, the whole is drawn
constexpr double leastLabelledField = 14; ///< pixels: narrower ones get no text
constexpr int mostOutermost = 64; ///< of the fields over time

const Field& laneFieldAt(const Annotation& annotation, int field)
{
    return annotation.fields()[static_cast<std::size_t>(field)];
}

/// Key and value of a member go together; members have punctuation between them.
int laneTintOf(const Annotation& annotation, int field)
{
    int member = field;
    while (member > 0 && laneFieldAt(annotation, member).kind != FieldKind::Member) {
        member = laneFieldAt(annotation, member).parent;
    }
    return (member > 0 ? laneFieldAt(annotation, member).row / 2 : laneFieldAt(annotation, field).row) & 1;
}

QString laneToldOf(const Annotation& annotation, int field)
{
    const QString value = annotation.value(field);
    const QString path = annotation.path(field);
    return value.isEmpty() ? path : QString(path + u" = " + value);
}

QStringList laneTextsOf(const Annotation& annotation, int field)
{
    const QString label = annotation.label(field);
    const QString value = annotation.value(field);
    QStringList texts;
    if (!value.isEmpty()) {
        texts << label + u" = " + value;
        texts << (label.size() > value.size() ? label : value) << (label.size() > value.size() ? value : label);
    } else {
        texts << label;
    }
    return texts;
}

/// Walks down as far as there is room.
class FieldWalk {
public:
    FieldWalk(const Annotation& annotation, const MessageRecord& message, qsizetype row, const LaneScale& scale)
        : m_annotation(annotation)
        , m_message(message)
        , m_row(row)
        , m_scale(scale)
    {
    }

    void walk(int index)
    {
        const Field& field = laneFieldAt(m_annotation, index);
        const qint64 begin = m_message.offset + field.offset;
        if (begin >= m_scale.to || begin + field.size <= m_scale.from || field.size <= 0) {
            return;
        }
        const double width = m_scale.pixels(field.size);
        if (width < leastField) {
            addFine(begin, field.size);
            return;
        }
        if (field.childCount > 0 && !isToldWhole(field) && width >= leastChild * field.childCount) {
            for (int child = field.firstChild; child >= 0; child = laneFieldAt(m_annotation, child).nextSibling) {
                walk(child);
            }
            return;
        }
        LaneBox box;
        box.begin = begin;
        box.end = begin + field.size;
        box.offset = begin;
        box.size = field.size;
        box.row = m_row;
        box.kind = field.kind;
        box.tint = laneTintOf(m_annotation, index);
        box.isBad = field.kind == FieldKind::Bad;
        box.told = laneToldOf(m_annotation, index);
        if (width >= leastLabelledField) {
            box.texts = laneTextsOf(m_annotation, index);
        }
        m_boxes.push_back(std::move(box));
    }

    [[nodiscard]] std::vector<LaneBox> take() { return std::move(m_boxes); }

private:
    /// "content-length = 41" says more than a key, a colon and a number, until one looks at single bytes.
    [[nodiscard]] bool isToldWhole(const Field& member) const
    {
        if (member.kind != FieldKind::Member || m_scale.pixels(1) >= leastSplitByte) {
            return false;
        }
        for (int child = member.firstChild; child >= 0; child = laneFieldAt(m_annotation, child).nextSibling) {
            if (laneFieldAt(m_annotation, child).childCount > 0) {
                return false;
            }
        }
        return true;
    }

    void addFine(qint64 begin, qint64 size)
    {
        if (!m_boxes.empty() && m_boxes.back().kind == FieldKind::Rest && m_boxes.back().end == begin
            && m_scale.pixels(m_boxes.back().size) < leastField) {
            LaneBox& before = m_boxes.back();
            before.end += size;
            before.size += size;
            ++before.count;
            return;
        }
        LaneBox box;
        box.begin = begin;
        box.end = begin + size;
        box.offset = begin;
        box.size = size;
        box.row = m_row;
        box.kind = FieldKind::Rest;
        m_boxes.push_back(std::move(box));
    }

    const Annotation& m_annotation;
    const MessageRecord& m_message;
    const qsizetype m_row;
    const LaneScale& m_scale;
    std::vector<LaneBox> m_boxes;
};

} // namespace

LaneFields::LaneFields(std::shared_ptr<const Capture> capture)
    : m_capture(std::move(capture))
    , m_known(rememberedBytes)
    , m_summaries(rememberedSummaries)
{
}

void LaneFields::begin()
{
    m_left = mostBytesOfPicture;
    m_summariesLeft = mostSummaries;
}

std::shared_ptr<const Annotation> LaneFields::annotation(const MessageRecord& message, qsizetype row)
{
    if (const auto* const known = m_known.object(row)) {
        return *known;
    }
    const qint64 size = std::min(message.size, mostOfOne);
    if (size <= 0 || size > m_left) {
        return nullptr;
    }
    m_left -= size;
    ProtocolPtr protocol = m_capture->protocolOf(message.connection, message.direction);
    AnnotateOptions options;
    if (message.kind == RecordKind::Message) {
        options.checked = true; // it was found right before
        options.limits.maxContent = std::max<qint64>(options.limits.maxContent, message.size);
        options.limits.maxLine = std::max<qint64>(options.limits.maxLine, message.size);
    } else if (m_capture->fault(message.text).code.isEmpty()) {
        protocol = plainProtocol(); // no message begins here
    }
    const QByteArray bytes = m_capture->read(message.connection, message.direction, message.offset, size);
    if (bytes.isEmpty()) {
        return nullptr;
    }
    auto made = std::make_shared<const Annotation>(annotate(protocol, bytes, options));
    m_known.insert(row, new std::shared_ptr<const Annotation>(made), size);
    return made;
}

QString LaneFields::summary(const MessageRecord& message, qsizetype row)
{
    if (const QString* const known = m_summaries.object(row)) {
        return *known;
    }
    if (m_summariesLeft <= 0) {
        return {};
    }
    --m_summariesLeft;
    const auto readFirst = [&](qint64 size) {
        return m_capture->read(
            message.connection, message.direction, message.offset, std::min({ message.size, size, mostOfOne }));
    };
    const ProtocolPtr protocol = m_capture->protocolOf(message.connection, message.direction);
    QByteArray bytes = readFirst(protocol->summaryBytes({}));
    if (const qint64 needed = protocol->summaryBytes(bytes); needed > bytes.size() && bytes.size() < message.size) {
        bytes = readFirst(needed);
    }
    QString text = protocol->summary(bytes, message.size).text;
    m_summaries.insert(row, new QString(text));
    return text;
}

std::vector<LaneBox> fieldBoxes(
    const Annotation& annotation, const MessageRecord& message, qsizetype row, const LaneScale& scale)
{
    if (annotation.fields().empty()) {
        return {};
    }
    FieldWalk walk(annotation, message, row, scale);
    walk.walk(0);
    return walk.take();
}

std::vector<LaneBox> fieldTimes(const Annotation& annotation, const MessageRecord& message, qsizetype row,
    const LaneStream& stream, const LaneScale& scale, qint64 startTime)
{
    std::vector<LaneBox> boxes;
    if (annotation.fields().empty()) {
        return boxes;
    }
    const Field& root = laneFieldAt(annotation, 0);
    int field = root.childCount > 0 ? root.firstChild : 0;
    for (int left = mostOutermost; field >= 0 && left > 0; --left) {
        const Field& each = laneFieldAt(annotation, field);
        const qint64 offset = message.offset + each.offset;
        const StreamCall first = stream.callAt(offset);
        const StreamCall last = stream.callAt(offset + std::max<qint64>(each.size, 1) - 1);
        LaneBox box;
        box.begin = first.time - startTime;
        box.end = last.time - startTime;
        box.offset = offset;
        box.size = each.size;
        box.row = row;
        box.kind = each.kind;
        box.tint = laneTintOf(annotation, field);
        box.told = laneToldOf(annotation, field);
        const QString label = annotation.label(field);
        if (!boxes.empty() && scale.pixels(box.end - boxes.back().begin) < leastField) {
            LaneBox& before = boxes.back();
            before.end = std::max(before.end, box.end);
            before.size += box.size;
            before.texts[0] += u", " + label;
            before.told += u", " + box.told;
        } else {
            box.texts = { label };
            boxes.push_back(std::move(box));
        }
        field = each.nextSibling;
    }
    std::erase_if(boxes, [&](const LaneBox& box) { return box.begin >= scale.to || box.end < scale.from; });
    return boxes;
}

} // namespace sockeye
