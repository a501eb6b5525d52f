// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/hexview/field_tints.h"

namespace sockeye {

namespace {

const Field& fieldAt(const Annotation& annotation, int field)
{
    return annotation.fields()[static_cast<std::size_t>(field)];
}

} // namespace

int tintIndex(const Annotation& annotation, int field)
{
    int member = field;
    while (member > 0 && fieldAt(annotation, member).kind != FieldKind::Member) {
        member = fieldAt(annotation, member).parent;
    }
    // Members have punctuation between them, so that every second row is one.
    const int row = member > 0 ? fieldAt(annotation, member).row / 2 : fieldAt(annotation, field).row;
    return row & 1;
}

std::vector<TintRun> tintRuns(const Annotation& annotation, qint64 from, qint64 to)
{
    std::vector<TintRun> runs;
    qint64 at = from;
    while (at < to) {
        const int leaf = annotation.leafAt(at);
        if (leaf < 0) {
            break;
        }
        const Field& field = fieldAt(annotation, leaf);
        const qint64 end = field.offset + field.size;
        if (end <= at) {
            break;
        }
        runs.push_back({ field.offset, field.size, field.kind, tintIndex(annotation, leaf) });
        at = end;
    }
    return runs;
}

int fieldHolding(const Annotation& annotation, qint64 offset, qint64 size)
{
    int field = annotation.leafAt(offset);
    while (field > 0 && fieldAt(annotation, field).offset + fieldAt(annotation, field).size < offset + size) {
        field = fieldAt(annotation, field).parent;
    }
    return field;
}

QString fieldPathText(const Annotation& annotation, int field)
{
    if (field < 0) {
        return {};
    }
    // A key and its plain value are told together: "content-length = 41", not "content-length › value = 41".
    int told = field;
    const Field& pointed = fieldAt(annotation, field);
    if (pointed.childCount == 0 && pointed.parent >= 0
        && fieldAt(annotation, pointed.parent).kind == FieldKind::Member) {
        told = pointed.parent;
    }
    const QString value = annotation.value(told);
    // Everything is part of the message: its own label says nothing.
    QString path = annotation.path(told);
    if (const QString root = annotation.label(0) % u" › "; path.startsWith(root)) {
        path.remove(0, root.size());
    }
    return value.isEmpty() ? path : QString(path % u" = " % value);
}

} // namespace sockeye
