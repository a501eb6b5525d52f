// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Faults as the command line writes them: NAME:key=value,…

#include "app/relay/faults/fault_kinds.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

QString wordText(const char* text)
{
    return QCoreApplication::translate("sockeye::FaultKinds", text);
}

const QString streamKey = QStringLiteral("stream");
const QString toxicityKey = QStringLiteral("toxicity");
const QString nameKey = QStringLiteral("name");
const QString whereKey = QStringLiteral("where");

QString readStream(const QString& value, FaultStream& stream)
{
    if (value == u"downstream") {
        stream = FaultStream::Downstream;
    } else if (value == u"upstream") {
        stream = FaultStream::Upstream;
    } else if (value == u"both") {
        stream = FaultStream::Both;
    } else {
        return wordText("stream is upstream, downstream or both, not %1.").arg(value);
    }
    return {};
}

/// Takes `where="FILTER"` out of the parts behind the colon: a filter may have commas, and quotes of its own, so that
/// it goes on to the last quote.
QString takeWhere(QString& text)
{
    const QString begin = whereKey + QStringLiteral("=\"");
    const qsizetype at = text.startsWith(begin) ? 0 : text.indexOf(u',' + begin) + 1;
    const qsizetype from = at + begin.size();
    const qsizetype end = text.lastIndexOf(u'"');
    if ((at == 0 && !text.startsWith(begin)) || end < from) {
        return {};
    }
    QString where = text.sliced(from, end - from);
    text.remove(at, end + 1 - at);
    return where;
}

QJsonValue valueOf(const QString& text)
{
    if (text == u"true" || text == u"false") {
        return text == u"true";
    }
    bool ok = false;
    const double number = text.toDouble(&ok);
    return ok ? QJsonValue(number) : QJsonValue(text);
}

} // namespace

QString readFault(const QString& spec, FaultSettings& fault)
{
    const qsizetype colon = spec.indexOf(u':');
    fault.kind = colon < 0 ? spec : spec.first(colon);
    QString text = colon < 0 ? QString() : spec.sliced(colon + 1);
    fault.where = takeWhere(text);
    const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        const qsizetype equals = part.indexOf(u'=');
        if (equals <= 0) {
            return wordText("%1: \"%2\" is no key=value.").arg(spec, part);
        }
        const QString key = part.first(equals).trimmed();
        const QString value = part.sliced(equals + 1).trimmed();
        if (key == streamKey) {
            if (QString wrong = readStream(value, fault.stream); !wrong.isEmpty()) {
                return wrong;
            }
        } else if (key == toxicityKey) {
            bool ok = false;
            fault.toxicity = value.toDouble(&ok);
            if (!ok) {
                return wordText("%1: toxicity is a number from 0 to 1.").arg(fault.kind);
            }
        } else if (key == whereKey) {
            fault.where = value;
        } else if (key == nameKey) {
            fault.name = value;
        } else {
            fault.attributes.insert(key, valueOf(value));
        }
    }
    return {};
}

QString writeFault(const FaultSettings& fault)
{
    QStringList parts;
    for (auto it = fault.attributes.begin(); it != fault.attributes.end(); ++it) {
        parts.append(it.key() + u'=' + it.value().toVariant().toString());
    }
    if (fault.stream != FaultStream::Downstream) {
        parts.append(
            streamKey + (fault.stream == FaultStream::Both ? QStringLiteral("=both") : QStringLiteral("=upstream")));
    }
    if (fault.toxicity != 1) {
        parts.append(toxicityKey + u'=' + QString::number(fault.toxicity));
    }
    if (!fault.where.isEmpty()) {
        parts.append(whereKey + QStringLiteral("=\"") + fault.where + u'"');
    }
    return parts.isEmpty() ? fault.kind : fault.kind + u':' + parts.join(u',');
}

} // namespace sockeye
