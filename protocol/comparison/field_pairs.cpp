// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/comparison/field_pairs.h"

#include <QHash>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

const Field& fieldOf(const Annotation& annotation, int index)
{
    return annotation.fields()[static_cast<std::size_t>(index)];
}

bool isSyntax(FieldKind kind)
{
    return kind == FieldKind::Punctuation || kind == FieldKind::Key;
}

/// The value of a member; any other field itself.
int valueOf(const Annotation& annotation, int index)
{
    if (fieldOf(annotation, index).kind != FieldKind::Member) {
        return index;
    }
    int value = index;
    for (int child = fieldOf(annotation, index).firstChild; child >= 0;
         child = fieldOf(annotation, child).nextSibling) {
        value = isSyntax(fieldOf(annotation, child).kind) ? value : child;
    }
    return value;
}

/// An object says nothing of its own where it is all that something holds.
bool isPassedThrough(const Annotation& annotation, int index)
{
    const Field& field = fieldOf(annotation, index);
    if (field.kind != FieldKind::Object || field.parent < 0) {
        return false;
    }
    const FieldKind around = fieldOf(annotation, field.parent).kind;
    return around == FieldKind::Header || around == FieldKind::Content;
}

void gatherParts(const Annotation& annotation, int index, std::vector<int>& parts)
{
    for (int child = fieldOf(annotation, index).firstChild; child >= 0;
         child = fieldOf(annotation, child).nextSibling) {
        if (isPassedThrough(annotation, child)) {
            gatherParts(annotation, child, parts);
        } else if (!isSyntax(fieldOf(annotation, child).kind)) {
            parts.push_back(child);
        }
    }
}

/// What a field is made of; none: it is an innermost one.
std::vector<int> partsOf(const Annotation& annotation, int index)
{
    std::vector<int> parts;
    gatherParts(annotation, valueOf(annotation, index), parts);
    return parts;
}

bool hasSameBytes(const Annotation& left, int a, const Annotation& right, int b)
{
    const Field& one = fieldOf(left, valueOf(left, a));
    const Field& other = fieldOf(right, valueOf(right, b));
    return one.size == other.size
        && QByteArrayView(left.bytes()).sliced(one.offset, one.size)
        == QByteArrayView(right.bytes()).sliced(other.offset, other.size);
}

class Pairing {
public:
    Pairing(const Annotation& left, const Annotation& right)
        : m_left(left)
        , m_right(right)
    {
    }

    void both(int left, int right, const QString& path)
    {
        const std::vector<int> lefts = partsOf(m_left, left);
        const std::vector<int> rights = partsOf(m_right, right);
        if (lefts.empty() && rights.empty()) {
            const QString name = path.isEmpty() ? m_left.label(left) : path; // the message is one field
            m_pairs.push_back({ name, left, right, hasSameBytes(m_left, left, m_right, right) });
        } else if (lefts.empty() != rights.empty()) {
            onlyLeft(left, path);
            onlyRight(right, path);
        } else {
            parts(lefts, rights, path);
        }
    }
    void onlyLeft(int field, const QString& path)
    {
        const std::vector<int> parts = partsOf(m_left, field);
        if (parts.empty()) {
            m_pairs.push_back({ path.isEmpty() ? m_left.label(field) : path, field, -1, false });
        }
        for (const int part : parts) {
            onlyLeft(part, joined(path, m_left.label(part)));
        }
    }
    void onlyRight(int field, const QString& path)
    {
        const std::vector<int> parts = partsOf(m_right, field);
        if (parts.empty()) {
            m_pairs.push_back({ path.isEmpty() ? m_right.label(field) : path, -1, field, false });
        }
        for (const int part : parts) {
            onlyRight(part, joined(path, m_right.label(part)));
        }
    }
    std::vector<FieldPair> take() { return std::move(m_pairs); }

private:
    static QString joined(const QString& path, const QString& label)
    {
        return path.isEmpty() ? label : QString(path + u" › " + label);
    }

    void parts(const std::vector<int>& lefts, const std::vector<int>& rights, const QString& path)
    {
        struct Others {
            std::vector<std::size_t> places; ///< among the right ones, in order
            std::size_t used = 0;
        };
        QHash<QString, Others> byLabel;
        std::vector<QString> labels(rights.size());
        for (std::size_t i = 0; i < rights.size(); ++i) {
            labels[i] = m_right.label(rights[i]);
            byLabel[labels[i]].places.push_back(i);
        }
        std::vector<std::size_t> partners(lefts.size(), rights.size());
        std::vector<bool> isTaken(rights.size(), false);
        for (std::size_t i = 0; i < lefts.size(); ++i) {
            const auto others = byLabel.find(m_left.label(lefts[i]));
            if (others != byLabel.end() && others->used < others->places.size()) {
                partners[i] = others->places[others->used++];
                isTaken[partners[i]] = true;
            }
        }
        std::size_t told = 0; // of the right ones
        const auto tellUpTo = [&](std::size_t end) {
            for (; told < end; ++told) {
                if (!isTaken[told]) {
                    onlyRight(rights[told], joined(path, labels[told]));
                }
            }
        };
        for (std::size_t i = 0; i < lefts.size(); ++i) {
            const QString label = joined(path, m_left.label(lefts[i]));
            if (partners[i] == rights.size()) {
                onlyLeft(lefts[i], label);
            } else {
                tellUpTo(partners[i]);
                both(lefts[i], rights[partners[i]], label);
            }
        }
        tellUpTo(rights.size());
    }

    const Annotation& m_left;
    const Annotation& m_right;
    std::vector<FieldPair> m_pairs;
};

} // namespace

std::vector<FieldPair> pairFields(const Annotation& left, const Annotation& right)
{
    Pairing pairing(left, right);
    if (!left.fields().empty() && !right.fields().empty()) {
        pairing.both(0, 0, {});
    } else if (!left.fields().empty()) {
        pairing.onlyLeft(0, {});
    } else if (!right.fields().empty()) {
        pairing.onlyRight(0, {});
    }
    return pairing.take();
}

} // namespace sockeye
