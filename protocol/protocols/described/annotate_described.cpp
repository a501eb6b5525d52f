// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/annotation/named_fields.h"
#include "protocol/content/views/content_view.h"
#include "protocol/kaitai/tree_text.h"
#include "protocol/protocols/described/described_framing.h"
#include "protocol/protocols/described/described_protocol.h"
#include "protocol/protocols/described/described_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

using kaitai::Tree;
using kaitai::TreeItem;

constexpr qsizetype fieldValueChars = 300;

FieldKind kindOf(const TreeItem& item)
{
    switch (item.kind) {
    case TreeItem::Kind::Struct:
    case TreeItem::Kind::Array:
        return FieldKind::Object;
    case TreeItem::Kind::Integer:
        return FieldKind::Integer;
    case TreeItem::Kind::Float:
        return FieldKind::Number;
    case TreeItem::Kind::Boolean:
        return FieldKind::Literal;
    case TreeItem::Kind::Text:
        return FieldKind::Text;
    case TreeItem::Kind::Bytes:
        break;
    }
    return FieldKind::Binary;
}

QString nameOf(const TreeItem& item)
{
    return item.index >= 0 ? QString(u'[' % QString::number(item.index) % u']') : QString::fromUtf8(item.id());
}

/// Lays the fields of the sequence over the bytes, from left to right. What lies elsewhere, as instances by position
/// may, has no place of its own there; what is computed stands beside the type that computes it.
class TreeAnnotator {
public:
    TreeAnnotator(const Tree& tree, AnnotationBuilder& builder)
        : m_tree(tree)
        , m_fields(builder)
        , m_size(builder.message().size())
    {
    }

    void run()
    {
        const qint64 end = std::min(m_tree.size, m_size);
        if (!m_tree.items.empty()) {
            children(0, m_tree.isComplete ? end : m_size, 0);
        }
        const bool isWhole = m_tree.isComplete;
        if (isWhole) {
            between(end);
        }
        m_fields.leaf(FieldKind::Bad,
            isWhole ? QT_TRANSLATE_NOOP("sockeye::Annotation", "bytes after the message")
                    : QT_TRANSLATE_NOOP("sockeye::Annotation", "bytes that do not fit"),
            m_at, m_size);
    }

private:
    [[nodiscard]] const TreeItem& at(int place) const { return m_tree.items[static_cast<std::size_t>(place)]; }

    [[nodiscard]] bool hasPlace(const TreeItem& item, qint64 limit) const
    {
        return item.role == TreeItem::Role::Field && item.size > 0 && item.offset >= m_at
            && item.size <= limit - item.offset;
    }

    [[nodiscard]] bool isLeaf(int place, qint64 limit) const
    {
        const TreeItem& item = at(place);
        if (item.kind != TreeItem::Kind::Struct && item.kind != TreeItem::Kind::Array) {
            return true;
        }
        for (int child = place + 1; child < item.end; child = at(child).end) {
            if (hasPlace(at(child), limit)) {
                return false;
            }
        }
        return true;
    }

    /// Bytes that no field claims: padding, what follows a terminator.
    void between(qint64 end)
    {
        m_fields.leaf(
            FieldKind::Binary, QT_TRANSLATE_NOOP("sockeye::Annotation", "not in a field"), m_at, std::max(end, m_at));
        m_at = std::max(end, m_at);
    }

    void children(int parent, qint64 limit, int depth)
    {
        constexpr int deepest = 200;
        const int end = at(parent).end;
        for (int child = parent + 1; child < end;) {
            const TreeItem& item = at(child);
            if (!hasPlace(item, limit)) {
                child = item.end;
                continue;
            }
            between(item.offset);
            if (m_fields.isFull() || depth > deepest) {
                m_fields.leaf(FieldKind::Rest, nullptr, m_at, limit);
                m_at = limit;
                return;
            }
            const qint64 itemEnd = item.offset + item.size;
            if (isLeaf(child, itemEnd)) {
                child = leaf(child, end, limit);
                continue;
            }
            m_fields.openNamed(kindOf(item), nameOf(item), item.offset, textOf(child));
            children(child, itemEnd, depth + 1);
            if (!item.isPartial) {
                between(itemEnd);
            }
            m_fields.close(m_at, item.isPartial);
            child = item.end;
        }
    }

    /// One field, with those that share bytes with it: bits. Returns the place of the next one.
    int leaf(int first, int end, qint64 limit)
    {
        const qint64 begin = at(first).offset;
        qint64 stop = begin + at(first).size;
        QStringList names { nameOf(at(first)) };
        QStringList values { textOf(first) };
        int next = at(first).end;
        while (next < end) {
            const TreeItem& item = at(next);
            if (!hasPlace(item, limit) || item.offset >= stop || !isLeaf(next, limit)) {
                break;
            }
            stop = std::max(stop, item.offset + item.size);
            names.append(nameOf(item));
            values.append(textOf(next));
            next = item.end;
        }
        if (names.size() > 1) {
            for (qsizetype i = 0; i < names.size(); ++i) {
                values[i] = QString(names.at(i) % u" = " % values.at(i));
            }
        }
        m_fields.leafNamed(kindOf(at(first)), names.join(u", "), m_at, stop, values.join(u", ").left(fieldValueChars));
        m_at = stop;
        return next;
    }

    /// Never null: what the bytes look like by themselves is not shown in place of what they mean.
    [[nodiscard]] QString textOf(int place) const
    {
        const TreeItem& item = at(place);
        const QString text = item.kind == TreeItem::Kind::Struct ? structText(item, place)
            : item.kind == TreeItem::Kind::Array                 ? QString()
                                                                 : valueOf(item, fieldValueChars);
        return text.isNull() ? QStringLiteral("") : text;
    }

    /// What the bytes of a type say in the view that its -show names; else what it computes.
    [[nodiscard]] QString structText(const TreeItem& item, int place) const
    {
        if (item.show().isEmpty() || item.offset < 0 || item.size > m_size - item.offset) {
            return computedValues(m_tree, place, fieldValueChars);
        }
        const QByteArrayView bytes = QByteArrayView(m_fields.builder().message()).sliced(item.offset, item.size);
        return contentLine(QString::fromLatin1(item.show()), bytes, fieldValueChars);
    }

    const Tree& m_tree;
    NamedFields m_fields;
    qint64 m_size = 0;
    qint64 m_at = 0; ///< all bytes before it are in the tree
};

} // namespace

void DescribedProtocol::annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const
{
    const QByteArray message = builder.message(); // a second owner of the bytes, no copy
    Tree tree = decode(message, options.limits);
    TreeAnnotator(tree, builder).run();
    tree.unshown.clear(); // the same JSON that scripts read: DecodedMessage::fields
    builder.setJson(toJson(tree));
    if (!tree.faults.empty()) {
        builder.setError(describedError(tree.faults.front(), 0, message.size()));
    } else if (tree.size < message.size()) {
        builder.setError(trailingBytesError(tree.size, message.size()));
    }
}

} // namespace sockeye
