// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_field_texts.h"

#include "protocol/annotation/annotation.h"
#include "protocol/protocols/app/message_types.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>
#include <QtEndian>

namespace sockeye {

namespace {

const Field& at(const Annotation& annotation, int field)
{
    return annotation.fields()[static_cast<std::size_t>(field)];
}

} // namespace

std::optional<QString> AppFieldTexts::label(const Annotation& annotation, int field) const
{
    const Field& f = at(annotation, field);
    const bool isBadBeginning = f.kind == FieldKind::Bad && f.parent == 0 && f.offset == 0;
    if (f.kind == FieldKind::Length || isBadBeginning) {
        return QCoreApplication::translate("sockeye::Annotation", fixedHeader);
    }
    if (f.kind == FieldKind::Header) {
        return QCoreApplication::translate("sockeye::Annotation", jsonHeader);
    }
    return std::nullopt;
}

std::optional<QString> AppFieldTexts::value(const Annotation& annotation, int field) const
{
    const Field& f = at(annotation, field);
    if (f.kind != FieldKind::Length || f.unfinished) {
        return std::nullopt;
    }
    const auto length = qFromBigEndian<quint16>(annotation.bytes().constData());
    return u"%1 (0x%2)"_qs.arg(groupedDigits(length), QString::number(length, 16).rightJustified(4, u'0'));
}

qint64 AppFieldTexts::wholeSize(const Annotation& annotation, int field) const
{
    switch (at(annotation, field).kind) {
    case FieldKind::Length:
        return fixedHeaderSize;
    case FieldKind::Header:
        return qFromBigEndian<quint16>(annotation.bytes().constData());
    default:
        return -1;
    }
}

} // namespace sockeye
