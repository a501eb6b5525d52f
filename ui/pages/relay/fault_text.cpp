// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/fault_text.h"

#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace sockeye {

namespace {

class FaultTexts {
    Q_DECLARE_TR_FUNCTIONS(sockeye::FaultTexts)
public:
    explicit FaultTexts(const FaultSettings& fault)
        : m_fault(fault)
        , m_kind(findFaultKind(fault.kind))
    {
    }

    /// Its kind and numbers alone.
    [[nodiscard]] QString what() const
    {
        const QString own = m_kind != nullptr ? known() : QString();
        return own.isEmpty() ? numbers() : own;
    }

    [[nodiscard]] QString how() const
    {
        const bool perMessage = !m_fault.where.isEmpty() || (m_kind != nullptr && m_kind->strikesMessages);
        const QString messages = m_fault.where.isEmpty() ? tr("messages") : tr("messages where %1").arg(m_fault.where);
        if (m_fault.toxicity >= 1) {
            return perMessage ? tr("all %1").arg(messages) : tr("on every connection");
        }
        if (perMessage) {
            return tr("%1 of the %2").arg(share(m_fault.toxicity), messages);
        }
        return tr("on %1 of the connections").arg(share(m_fault.toxicity));
    }

private:
    [[nodiscard]] double value(QLatin1StringView name) const
    {
        const auto key = std::ranges::find_if(m_kind->keys, [name](const FaultKey& each) { return each.name == name; });
        return key != m_kind->keys.end() ? faultNumber(m_fault.attributes, *key) : 0;
    }
    [[nodiscard]] QString number(const char* name) const { return plain(value(QLatin1StringView(name))); }
    static QString plain(double value)
    {
        return value == std::floor(value) ? groupedNumber(static_cast<qint64>(value)) : QString::number(value, 'g', 6);
    }
    static QString share(double value) { return tr("%1 %", "per cent").arg(QString::number(value * 100, 'g', 4)); }
    [[nodiscard]] QString shareOf(const char* name) const { return share(value(QLatin1StringView(name))); }
    [[nodiscard]] bool has(const char* name) const { return value(QLatin1StringView(name)) > 0; }

    [[nodiscard]] QString known() const;
    [[nodiscard]] QString numbers() const;

    const FaultSettings& m_fault;
    const FaultKind* m_kind;
};

/// For the kinds that can be said better than by their keys.
QString FaultTexts::known() const
{
    const QString& id = m_fault.kind;
    if (id == u"latency") {
        return has("jitter") ? tr("%1 ms late, ± %2 ms").arg(number("latency"), number("jitter"))
                             : tr("%1 ms late").arg(number("latency"));
    }
    if (id == u"bandwidth") {
        return has("shared") ? tr("no more than %1 KB/s, of all connections together").arg(number("rate"))
                             : tr("no more than %1 KB/s").arg(number("rate"));
    }
    if (id == u"slow_close") {
        return tr("end of stream %1 ms late").arg(number("delay"));
    }
    if (id == u"timeout") {
        return has("timeout") ? tr("nothing passes, closed after %1 ms").arg(number("timeout")) : tr("nothing passes");
    }
    if (id == u"reset_peer") {
        return has("timeout") ? tr("reset %1 ms after the first byte").arg(number("timeout"))
                              : tr("reset at the first byte");
    }
    if (id == u"slicer") {
        const QString size = has("size_variation")
            ? tr("in pieces of %1 ± %2 bytes").arg(number("average_size"), number("size_variation"))
            : tr("in pieces of %1 bytes").arg(number("average_size"));
        return has("delay") ? tr("%1, %2 µs apart").arg(size, number("delay")) : size;
    }
    if (id == u"limit_data") {
        return tr("closed after %1 bytes").arg(number("bytes"));
    }
    if (id == u"packet_loss") {
        return tr("%1 of the pieces lost").arg(shareOf("loss_rate"));
    }
    if (id == u"retransmit") {
        return tr("%1 of the pieces lost and sent again after %2 ms").arg(shareOf("loss"), number("rto"));
    }
    if (id == u"down") {
        return tr("nobody listens");
    }
    if (id == u"connect") {
        return has("refuse")   ? tr("the target refuses")
            : has("blackhole") ? tr("the target never answers")
                               : tr("the target connected to %1 ms later").arg(number("delay"));
    }
    if (id == u"corrupt") {
        return m_fault.attributes.contains(u"offset") ? tr("byte %1 changed").arg(number("offset"))
                                                      : tr("%1 of the bytes changed").arg(shareOf("rate"));
    }
    return {};
}

QString FaultTexts::numbers() const
{
    QStringList parts { m_fault.kind };
    for (auto it = m_fault.attributes.begin(); it != m_fault.attributes.end(); ++it) {
        parts.append(it.key() + u' ' + it.value().toVariant().toString());
    }
    return parts.join(QStringLiteral(", "));
}

bool hasStream(const FaultSettings& fault)
{
    const FaultKind* const kind = findFaultKind(fault.kind);
    return kind == nullptr || kind->make != nullptr;
}

} // namespace

QString faultStreamText(FaultStream stream)
{
    switch (stream) {
    case FaultStream::Upstream:
        return FaultTexts::tr("upstream");
    case FaultStream::Both:
        return FaultTexts::tr("both ways");
    case FaultStream::Downstream:
        break;
    }
    return FaultTexts::tr("downstream");
}

QString faultText(const FaultSettings& fault)
{
    const FaultTexts texts(fault);
    return hasStream(fault) ? QString(
               texts.what() + QStringLiteral(", ") + faultStreamText(fault.stream) + QStringLiteral(", ") + texts.how())
                            : QString(texts.what() + QStringLiteral(", ") + texts.how());
}

QString faultKeyText(const FaultKey& key)
{
    QString text = QString(key.name).replace(u'_', u' ');
    text[0] = text.at(0).toUpper();
    return text;
}

FaultSettings newFault(const FaultKind& kind)
{
    struct Start {
        QLatin1StringView kind;
        QLatin1StringView key;
        double number = 0;
    };
    static constexpr std::array starts {
        Start { QLatin1StringView("latency"), QLatin1StringView("latency"), 300 },
        Start { QLatin1StringView("bandwidth"), QLatin1StringView("rate"), 100 },
        Start { QLatin1StringView("slow_close"), QLatin1StringView("delay"), 1'000 },
        Start { QLatin1StringView("limit_data"), QLatin1StringView("bytes"), 1'000 },
        Start { QLatin1StringView("packet_loss"), QLatin1StringView("loss_rate"), 0.05 },
        Start { QLatin1StringView("corrupt"), QLatin1StringView("rate"), 0.01 },
        Start { QLatin1StringView("connect"), QLatin1StringView("delay"), 1'000 },
        Start { QLatin1StringView("slicer"), QLatin1StringView("average_size"), 16 },
        Start { QLatin1StringView("loss"), QLatin1StringView("rate"), 0.05 },
        Start { QLatin1StringView("duplicate"), QLatin1StringView("rate"), 0.05 },
        Start { QLatin1StringView("reorder"), QLatin1StringView("rate"), 0.05 },
        Start { QLatin1StringView("delay"), QLatin1StringView("time"), 100 },
    };
    FaultSettings fault;
    fault.kind = kind.id;
    for (const Start& start : starts) {
        const bool hasKey = std::ranges::any_of(kind.keys, [&](const FaultKey& key) { return key.name == start.key; });
        if (start.kind == kind.id && hasKey) {
            fault.attributes.insert(start.key, start.number);
        }
    }
    return fault;
}

} // namespace sockeye
