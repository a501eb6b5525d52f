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
    const QStringList parts = colon < 0 ? QStringList() : spec.sliced(colon + 1).split(u',', Qt::SkipEmptyParts);
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
    return parts.isEmpty() ? fault.kind : fault.kind + u':' + parts.join(u',');
}

} // namespace sockeye
