// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/latency/latency_words.h"

#include "app/words/latency_text.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace sockeye {

namespace {

QString sayOfLatencies(const char* text)
{
    return QCoreApplication::translate("sockeye::Latencies", text);
}

QString repliesText(const LatencyHistogram& latencies)
{
    const auto count = static_cast<qint64>(latencies.count());
    if (count == 0) {
        return sayOfLatencies("No reply is seen.");
    }
    if (count == 1) {
        return sayOfLatencies("One reply, after %1.").arg(latencyText(latencies.max()));
    }
    return sayOfLatencies("Median %1, 95th percentile %2, longest %3 of %4 replies.")
        .arg(latencyText(latencies.percentile(0.5)), latencyText(latencies.percentile(0.95)),
            latencyText(latencies.max()), groupedDigits(count));
}

QString silencesText(const IdleGaps& idle)
{
    const auto longest = std::max_element(
        idle.gaps.begin(), idle.gaps.end(), [](const IdleGap& a, const IdleGap& b) { return a.length() < b.length(); });
    const QString length = latencyText(longest->length());
    const QString threshold = latencyText(idle.threshold);
    const QString usual = latencyText(idle.usual);
    if (idle.gaps.size() == 1) {
        return sayOfLatencies("One silence of %1; usual are %2 from one to the next.").arg(length, usual);
    }
    const QString count = groupedDigits(static_cast<qint64>(idle.gaps.size()));
    return idle.hasMore
        ? sayOfLatencies("%1 and more silences of over %2, the longest %3; usual are %4 from one to the next.")
              .arg(count, threshold, length, usual)
        : sayOfLatencies("%1 silences of over %2, the longest %3; usual are %4 from one to the next.")
              .arg(count, threshold, length, usual);
}

} // namespace

QString latencySentence(const LatencyPicture& picture)
{
    QStringList sentences { repliesText(picture.latencies) };
    if (picture.errorCount == 1) {
        sentences.append(sayOfLatencies("One error."));
    } else if (picture.errorCount > 1) {
        sentences.append(sayOfLatencies("%1 errors.").arg(groupedDigits(picture.errorCount)));
    }
    if (!picture.idle.gaps.empty()) {
        sentences.append(silencesText(picture.idle));
    }
    return sentences.join(u' ');
}

} // namespace sockeye
