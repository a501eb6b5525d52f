// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/by_hand/sent_report.h"

#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <iterator>

namespace sockeye {

namespace {

QString tr(const char* text, int n)
{
    return QCoreApplication::translate("sockeye::SentReport", text, nullptr, n);
}

QString names(const SentReport::Left& left)
{
    QStringList names;
    for (const quint32 connection : left.first) {
        names.append(u'#' + QString::number(connection));
    }
    if (static_cast<std::size_t>(left.count) > left.first.size()) {
        names.append(QStringLiteral("…"));
    }
    return names.join(QLatin1StringView(", "));
}

/// With a place for their names; those that are not there have none.
QString sentence(NotSent why, int n)
{
    switch (why) {
    case NotSent::NotTaken:
        return tr("Not sent to %n connection(s) (%1): the peer does not read what was sent to it before, and too much "
                  "waits for it already. Send it again once it has read.",
            n);
    case NotSent::NoRoom:
        return tr("Not sent to %n connection(s) (%1): there is no room, since too much waits to be sent already. Send "
                  "it again in a moment.",
            n);
    case NotSent::TooLong:
        return tr("Not sent to %n connection(s) (%1): it is too long. A datagram carries at most 65,507 bytes, and by "
                  "hand at most 16 MiB are sent at once.",
            n);
    case NotSent::Ending:
        return tr(
            "Not sent to %n connection(s) (%1): our end of stream was sent there already, or follows at once.", n);
    case NotSent::Securing:
        return tr("Not sent to %n connection(s) (%1): the TLS handshake is not done yet.", n);
    case NotSent::Failed:
        return tr("Not sent to %n connection(s) (%1): sending failed. The error is among the messages.", n);
    case NotSent::NotThere:
        break;
    }
    return tr("Not sent to %n connection(s) that are closed.", n);
}

} // namespace

void SentReport::take(quint32 connection, std::optional<NotSent> why)
{
    if (!why) {
        ++m_sent;
        return;
    }
    Left& left = m_left[static_cast<std::size_t>(*why)];
    ++left.count;
    left.first.insert(std::ranges::upper_bound(left.first, connection), connection);
    if (left.first.size() > named) {
        left.first.pop_back();
    }
}

void SentReport::leave(NotSent why, int count)
{
    m_left[static_cast<std::size_t>(why)].count += count;
}

void SentReport::add(const SentReport& other)
{
    m_sent += other.m_sent;
    for (std::size_t i = 0; i < notSentCount; ++i) {
        Left& left = m_left[i];
        const Left& more = other.m_left[i];
        left.count += more.count;
        std::vector<quint32> all;
        std::ranges::merge(left.first, more.first, std::back_inserter(all));
        all.resize(std::min(all.size(), named));
        left.first = std::move(all);
    }
}

int SentReport::notSent() const
{
    int count = 0;
    for (const Left& left : m_left) {
        count += left.count;
    }
    return count;
}

QString SentReport::text() const
{
    QStringList sentences;
    if (m_sent == 0 && notSent() == 0) {
        sentences.append(QCoreApplication::translate("sockeye::SentReport", "Nothing was sent: nobody is connected."));
    } else if (m_sent > 0) {
        sentences.append(tr("Sent %1 to %n connection(s).", m_sent).arg(byteCount(m_size)));
    }
    for (std::size_t i = 0; i < notSentCount; ++i) {
        const Left& left = m_left[i];
        const auto why = static_cast<NotSent>(i);
        if (left.count > 0) {
            const QString text = sentence(why, left.count);
            sentences.append(why == NotSent::NotThere ? text : text.arg(names(left)));
        }
    }
    return sentences.join(u' ');
}

} // namespace sockeye
