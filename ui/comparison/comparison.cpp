// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/comparison/comparison.h"

#include "ui/inspector/message_loader.h"
#include "ui/text/byte_count_text.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

QString sayOfComparison(const char* text)
{
    return QCoreApplication::translate("sockeye::Comparison", text);
}

/// How many bytes there are of that direction.
qint64 sideSize(const ComparedSide& side)
{
    const MessageRecord& record = side.message.record;
    if (!side.isDirection) {
        return record.size;
    }
    const auto connection = side.message.capture->connection(record.connection);
    if (!connection) {
        return 0;
    }
    return record.direction == Direction::In ? connection->bytesIn : connection->bytesOut;
}

QString sideName(const ComparedSide& side, qint64 size)
{
    const MessageRecord& record = side.message.record;
    const auto connection = side.message.capture->connection(record.connection);
    const bool isClient = connection && senderOf(connection->facts, record.direction) == Sender::Client;
    const QString number = QString::number(record.connection);
    const QString bytes = byteCountText(size);
    if (side.isDirection) {
        return isClient ? sayOfComparison("All that the client of connection #%1 said, %2").arg(number, bytes)
                        : sayOfComparison("All that the server of connection #%1 said, %2").arg(number, bytes);
    }
    constexpr qsizetype date = 11; // "2024-05-01 "
    const QString time = absoluteTimeText(record.time).sliced(date);
    return isClient ? sayOfComparison("Message of %1 from the client of connection #%2, %3").arg(time, number, bytes)
                    : sayOfComparison("Message of %1 from the server of connection #%2, %3").arg(time, number, bytes);
}

/// The message, or null where nobody wants it any more.
InspectedMessagePtr messageOf(const ComparedSide& side, const std::function<bool()>& isWanted)
{
    if (!side.isDirection) {
        return inspect(side.message, isWanted);
    }
    return isWanted() ? std::make_shared<const InspectedMessage>() : nullptr;
}

QByteArray sideBytes(const ComparedSide& side, const InspectedMessage& message, qint64 size)
{
    const MessageRecord& record = side.message.record;
    const qint64 most = std::min(size, mostCompared);
    return side.isDirection ? side.message.capture->read(record.connection, record.direction, 0, most)
                            : message.bytes().first(std::min<qsizetype>(message.bytes().size(), most));
}

QString whereText(qint64 offset)
{
    return sayOfComparison("%1 (0x%2)").arg(groupedNumber(offset), QString::number(offset, 16));
}

} // namespace

ComparisonPtr compareSides(const ComparedSide& left, const ComparedSide& right, const std::function<bool()>& isWanted)
{
    const InspectedMessagePtr one = messageOf(left, isWanted);
    const InspectedMessagePtr other = one ? messageOf(right, isWanted) : nullptr;
    if (!one || !other) {
        return nullptr;
    }
    const auto made = std::make_shared<Comparison>();
    const qint64 leftSize = sideSize(left);
    const qint64 rightSize = sideSize(right);
    made->leftName = sideName(left, leftSize);
    made->rightName = sideName(right, rightSize);
    made->left = one->annotation;
    made->right = other->annotation;
    made->leftBytes = sideBytes(left, *one, leftSize);
    made->rightBytes = sideBytes(right, *other, rightSize);
    made->isCut = leftSize > mostCompared || rightSize > mostCompared;
    made->bytes = alignBytes(made->leftBytes, made->rightBytes, {}, isWanted);
    made->hasFields = !left.isDirection && !right.isDirection;
    if (made->hasFields) {
        made->fields = pairFields(made->left, made->right);
        made->differingFields =
            std::count_if(made->fields.begin(), made->fields.end(), [](const FieldPair& pair) { return !pair.isSame; });
    }
    return isWanted() ? made : nullptr;
}

QString comparisonSentence(const Comparison& comparison)
{
    const ByteAlignment& bytes = comparison.bytes;
    QStringList sentences;
    if (bytes.places == 0) {
        sentences.append(bytes.cells == 0
                ? sayOfComparison("Both are empty.")
                : sayOfComparison("Both are the same, byte for byte: %1.").arg(byteCountText(bytes.cells)));
    } else {
        const QString differing = groupedNumber(bytes.differing);
        const QString all = byteCountText(bytes.cells);
        const QString places = groupedNumber(bytes.places);
        sentences.append(bytes.differing == 1 ? sayOfComparison("1 of %1 differs.").arg(all)
                : bytes.places == 1           ? sayOfComparison("%1 of %2 differ, in 1 place.").arg(differing, all)
                                    : sayOfComparison("%1 of %2 differ, in %3 places.").arg(differing, all, places));
    }
    if (comparison.hasFields) {
        const QString differing = groupedNumber(comparison.differingFields);
        const QString all = groupedNumber(static_cast<qint64>(comparison.fields.size()));
        sentences.append(comparison.differingFields == 0 ? sayOfComparison("No field differs.")
                : comparison.differingFields == 1        ? sayOfComparison("1 field of %1 differs.").arg(all)
                                                  : sayOfComparison("%1 fields of %2 differ.").arg(differing, all));
    }
    if (bytes.isByPosition) {
        sentences.append(sayOfComparison("Where too much differs, bytes stand beside those of the same position."));
    }
    if (comparison.isCut) {
        sentences.append(sayOfComparison("Only the first %1 of each are compared.").arg(byteCountText(mostCompared)));
    }
    return sentences.join(u' ');
}

QString placeSentence(const Comparison& comparison, std::size_t run)
{
    const AlignedRun& here = comparison.bytes.runs[run];
    // Same ones and others take turns.
    const std::size_t number = (run + (comparison.bytes.runs.front().isSame ? 1 : 2)) / 2;
    const QString which = groupedNumber(static_cast<qint64>(number));
    const QString all = groupedNumber(comparison.bytes.places);
    const QString left = byteCountText(here.leftSize);
    const QString right = byteCountText(here.rightSize);
    if (here.leftSize == 0) {
        return sayOfComparison("Place %1 of %2: only on the right, %3 from %4 on.")
            .arg(which, all, right, whereText(here.right));
    }
    if (here.rightSize == 0) {
        return sayOfComparison("Place %1 of %2: only on the left, %3 from %4 on.")
            .arg(which, all, left, whereText(here.left));
    }
    return sayOfComparison("Place %1 of %2: %3 from %4 on the left, %5 from %6 on the right.")
        .arg(which, all, left, whereText(here.left), right, whereText(here.right));
}

} // namespace sockeye
