// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sendlist/list_preview.h"

#include "app/repeat/macro_moment.h"
#include "app/repeat/reply_row.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype mostPreviewed = 24; ///< bytes that are shown

QString previewText(const char* text)
{
    return QCoreApplication::translate("sockeye::ListPreview", text);
}

QString previewOf(const QByteArray& bytes, const Protocol& protocol)
{
    if (bytes.isEmpty()) {
        return previewText("Nothing goes out; what the server says by itself is waited for.");
    }
    const QString hex = QString::fromLatin1(bytes.first(std::min(bytes.size(), mostPreviewed)).toHex(' '))
        + (bytes.size() > mostPreviewed ? u"…"_qs : QString());
    const qsizetype wanted = std::min<qsizetype>(bytes.size(), protocol.summaryBytes(bytes));
    const QString says = protocol.summary(bytes.first(wanted), bytes.size()).text;
    return says.isEmpty() ? previewText("%1 go out: %2").arg(byteCount(bytes.size()), hex)
                          : previewText("%1\n%2 go out: %3").arg(says, byteCount(bytes.size()), hex);
}

} // namespace

QStringList listPreviews(const PreparedList& list, const ProtocolPtr& protocol)
{
    const Protocol& spoken = protocol->spokenBy(Sender::Client);
    QStringList previews;
    for (const PreparedMessage& message : list.messages) {
        const auto bytes = message.make(ReplyRow::none(), spoken, macroMoment(0));
        previews.append(bytes ? previewOf(*bytes, spoken) : bytes.error());
    }
    return previews;
}

} // namespace sockeye
