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

/// One of the parts behind the colon.
struct Part {
    QString key;
    QString value;
    bool isQuoted = false;
};

/// Where the text in quotes ends that begins at `from`: at a quote that a comma follows, or nothing. A filter has
/// quotes and commas of its own, and goes on to the last one.
qsizetype closingQuote(const QString& text, qsizetype from, bool isFilter)
{
    if (isFilter) {
        return text.lastIndexOf(u'"') >= from ? text.lastIndexOf(u'"') : -1;
    }
    for (qsizetype at = from; at < text.size(); ++at) {
        if (text[at] == u'\\') {
            ++at;
        } else if (text[at] == u'"' && (at + 1 == text.size() || text[at + 1] == u',')) {
            return at;
        }
    }
    return -1;
}

QString unescaped(const QString& text)
{
    QString out;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const bool isEscape = text[at] == u'\\' && at + 1 < text.size();
        out.append(text[isEscape ? ++at : at]);
    }
    return out;
}

/// Takes the first part off `text`. False: it is no key=value, and `part.value` is what it is.
bool takePart(QString& text, Part& part)
{
    const qsizetype comma = text.indexOf(u',');
    const qsizetype equals = text.indexOf(u'=');
    part.value = text.first(comma < 0 ? text.size() : comma);
    if (equals <= 0 || (comma >= 0 && equals > comma)) {
        return false;
    }
    part.key = text.first(equals).trimmed();
    const qsizetype from = equals + 2;
    if (equals + 1 < text.size() && text[equals + 1] == u'"') {
        if (const qsizetype close = closingQuote(text, from, part.key == whereKey); close >= 0) {
            const QString quoted = text.sliced(from, close - from);
            part.value = part.key == whereKey ? quoted : unescaped(quoted);
            part.isQuoted = true;
            text = text.sliced(close + 1);
            text = text.startsWith(u',') ? text.sliced(1) : text;
            return true;
        }
    }
    part.value = part.value.sliced(equals + 1).trimmed();
    text = comma < 0 ? QString() : text.sliced(comma + 1);
    return true;
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

bool isText(const FaultKind* kind, const QString& name)
{
    return kind != nullptr && std::ranges::any_of(kind->keys, [&name](const FaultKey& key) {
        return key.name == name && key.unit == FaultKey::Unit::Text;
    });
}

/// A text so that it is read again as it is.
QString written(const QJsonValue& value)
{
    QString text = value.toVariant().toString();
    const bool isPlain =
        !value.isString() || (!text.contains(u',') && !text.startsWith(u'"') && text == text.trimmed());
    if (isPlain) {
        return text;
    }
    text.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return u'"' + text + u'"';
}

} // namespace

QString readFault(const QString& spec, FaultSettings& fault)
{
    const qsizetype colon = spec.indexOf(u':');
    fault.kind = colon < 0 ? spec : spec.first(colon);
    QString text = colon < 0 ? QString() : spec.sliced(colon + 1);
    const FaultKind* const kind = findFaultKind(fault.kind);
    while (!text.isEmpty()) {
        if (text.startsWith(u',')) {
            text = text.sliced(1);
            continue;
        }
        Part part;
        if (!takePart(text, part)) {
            return wordText("%1: \"%2\" is no key=value.").arg(spec, part.value);
        }
        const QString& key = part.key;
        const QString& value = part.value;
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
            fault.attributes.insert(key, isText(kind, key) ? QJsonValue(value) : valueOf(value));
        }
    }
    return {};
}

QString writeFault(const FaultSettings& fault)
{
    QStringList parts;
    for (auto it = fault.attributes.begin(); it != fault.attributes.end(); ++it) {
        parts.append(it.key() + u'=' + written(it.value()));
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
