// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/values_by_path.h"
#include "protocol/protocols/described/described_protocol.h"

#include <QLocale>
#include <QtEndian>

#include <bit>
#include <cmath>

namespace sockeye {

namespace {

using kaitai::Tree;
using kaitai::TreeItem;

/// The code that Python's struct has for a number whose bytes are exactly these, in one of the two orders; 0: none.
char structCode(const TreeItem& item, QByteArrayView bytes, bool& isLittle)
{
    const bool isSigned = item.typeName().startsWith('s');
    quint64 big = 0;
    quint64 little = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        big = big << 8 | static_cast<quint8>(bytes[i]);
        little |= quint64(static_cast<quint8>(bytes[i])) << (8 * i);
    }
    quint64 said = item.integer;
    if (item.kind == TreeItem::Kind::Float) {
        said = bytes.size() == 8 ? std::bit_cast<quint64>(item.number())
                                 : std::bit_cast<quint32>(static_cast<float>(item.number()));
    } else if (bytes.size() < 8) {
        said &= (quint64(1) << (8 * bytes.size())) - 1;
    }
    if (said != big && said != little) {
        return 0;
    }
    isLittle = said != big || (big == little && item.typeName().endsWith("le"));
    if (item.kind == TreeItem::Kind::Float) {
        return std::isfinite(item.number()) ? (bytes.size() == 4 ? 'f' : 'd') : '\0';
    }
    switch (bytes.size()) {
    case 1:
        return isSigned ? 'b' : 'B';
    case 2:
        return isSigned ? 'h' : 'H';
    case 4:
        return isSigned ? 'i' : 'I';
    default:
        return isSigned ? 'q' : 'Q';
    }
}

bool isPlainNumber(const TreeItem& item)
{
    const bool isNumber = item.kind == TreeItem::Kind::Integer || item.kind == TreeItem::Kind::Float;
    // Others are bits.
    const bool isWhole =
        item.typeName().startsWith('u') || item.typeName().startsWith('s') || item.typeName().startsWith('f');
    return isNumber && isWhole && (item.size == 1 || item.size == 2 || item.size == 4 || item.size == 8);
}

QString codeNumber(const TreeItem& item)
{
    if (item.kind == TreeItem::Kind::Float) {
        return QString::number(item.number(), 'g', QLocale::FloatingPointShortest);
    }
    return item.isNegative ? QString::number(static_cast<qint64>(item.integer)) : QString::number(item.integer);
}

} // namespace

/// Leaves of the sequence from left to right; bits that share bytes, and what no field tells, as bytes.
QList<MessagePart> DescribedProtocol::parts(QByteArrayView message, const Limits& limits) const
{
    const Tree tree = decode(message, limits, false);
    if (!tree.faults.empty() || tree.size != message.size()) {
        return {};
    }
    QList<MessagePart> out;
    qint64 end = 0;
    const auto rest = [&](qint64 until) {
        if (until > end) {
            out.append({ end, until - end, QStringLiteral("not in a field"), 0, false, {} });
            end = until;
        }
    };
    for (std::size_t i = 1; i < tree.items.size(); ++i) {
        const TreeItem& item = tree.items[i];
        const bool isLeaf = item.kind != TreeItem::Kind::Struct && item.kind != TreeItem::Kind::Array;
        if (!isLeaf || item.role != TreeItem::Role::Field || item.offset < 0 || item.size <= 0
            || item.size > message.size() - item.offset || item.offset < end - (out.isEmpty() ? 0 : 1)) {
            continue;
        }
        const QString path = QString::fromUtf8(tree.pathOf(static_cast<int>(i)));
        if (item.offset < end) { // bits in a byte that is there already
            out.last().label += u", " % path;
            const qint64 more = item.offset + item.size - end;
            if (more > 0) {
                out.last().size += more;
                end += more;
            }
            continue;
        }
        rest(item.offset);
        MessagePart part { item.offset, item.size, path, 0, false, {} };
        if (isPlainNumber(item)) {
            part.code = structCode(item, message.sliced(item.offset, item.size), part.isLittle);
            part.value = part.code != 0 ? codeNumber(item) : QString();
        }
        out.append(part);
        end = item.offset + item.size;
    }
    rest(message.size());
    return out;
}

/// "path=value" of the fewest fields that make exactly these bytes: all that computes itself is left out.
QStringList DescribedProtocol::sendWords(const QByteArray& bytes, const QString& action, const QString& value) const
{
    Q_UNUSED(action)
    Q_UNUSED(value)
    constexpr qsizetype mostFields = 48;
    constexpr qsizetype mostBytes = 4096;
    const DescribedProtocol& spoken = m_client ? *m_client : *this;
    if (bytes.size() > mostBytes) {
        return {};
    }
    QList<FieldValue> fields = spoken.values(bytes, {});
    const auto makes = [&](const QList<FieldValue>& given) {
        const auto built = spoken.build(given);
        return built && *built == bytes;
    };
    if (fields.size() > mostFields || !makes(fields)) {
        return {};
    }
    for (qsizetype i = fields.size() - 1; i >= 0; --i) {
        QList<FieldValue> fewer = fields;
        fewer.removeAt(i);
        if (makes(fewer)) {
            fields = fewer;
        }
    }
    QStringList words { QStringLiteral("--protocol"), id() };
    for (const FieldValue& field : std::as_const(fields)) {
        if (field.value.contains(QChar())) {
            return {}; // no command line carries it
        }
        words.append(QString(QString::fromUtf8(field.path) % u'=' % field.value));
    }
    return words;
}

} // namespace sockeye
