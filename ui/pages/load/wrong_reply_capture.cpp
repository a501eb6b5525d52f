// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/load/wrong_reply_capture.h"

#include "app/recording/capture_writer.h"

#include <QCoreApplication>

#include <utility>

namespace sockeye {

void WrongReplyCapture::show(const LoadReport& report)
{
    CaptureOptions options;
    options.protocol = report.plan.replies;
    options.limits.maxContent = LoadPlan::maxReplySize;
    options.title =
        QCoreApplication::translate("sockeye::WrongReplyCapture", "First wrong reply of %1").arg(report.serverName());
    m_capture = Capture::create(options);
    CaptureWriter writer(m_capture);
    const WrongReply& wrong = *report.firstWrong;
    const SocketAddress client { report.peer.host, 0 };
    const std::pair<quint32, const QByteArray*> exchanges[] { { 1, &wrong.received }, { 2, &wrong.expected } };
    for (const auto& [connection, reply] : exchanges) {
        writer.opened(connection, { report.plan.transport, client, report.peer, true });
        writer.chunk(connection, Direction::Out, wrong.sent);
        if (!reply->isEmpty()) {
            writer.chunk(connection, Direction::In, *reply);
        }
        if (report.plan.transport == Transport::Tcp) {
            writer.finished(connection, Direction::In);
        }
        writer.closed(connection, CloseKind::Orderly);
    }
}

MessageRef WrongReplyCapture::message(Part part) const
{
    if (!m_capture) {
        return {};
    }
    const quint32 connection = part == Part::Expected ? 2 : 1;
    const Direction direction = part == Part::Request ? Direction::Out : Direction::In;
    const qsizetype count = m_capture->messageCount();
    for (qsizetype row = 0; row < count; ++row) {
        const MessageRecord record = m_capture->message(row);
        const bool hasBytes = record.kind == RecordKind::Message || record.kind == RecordKind::BadMessage;
        if (record.connection == connection && record.direction == direction && hasBytes) {
            return { m_capture, row, record };
        }
    }
    return {};
}

} // namespace sockeye
