// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/export.h"

#include "app/export/message_writer.h"

namespace sockeye {

namespace {

std::unique_ptr<MessageWriter> newWriter(ExportFormat format, const ExportContext& context)
{
    switch (format) {
    case ExportFormat::Pcapng:
        break;
    case ExportFormat::JsonLines:
        return newJsonLinesWriter(context);
    case ExportFormat::Csv:
        return newCsvWriter(context);
    case ExportFormat::HexDump:
        return newHexDumpWriter(context);
    case ExportFormat::RawBytes:
        return newRawWriter(context);
    case ExportFormat::CArray:
        return newCArrayWriter(context);
    case ExportFormat::PythonArray:
        return newPythonWriter(context);
    }
    return newPcapngWriter(context);
}

void writeRows(
    const std::vector<RowSpan>& spans, const ExportContext& context, MessageWriter& writer, ExportResult& result)
{
    for (const RowSpan& span : spans) {
        for (qsizetype row = span.begin; row < span.end; ++row) {
            if (context.control.isCancelled() || writer.failure()) {
                return;
            }
            const MessageRecord record = context.capture.message(row);
            MessageBytes bytes(context.capture, record, context.control);
            writer.row({ row, record, context.plan.conversation(record.connection) }, bytes);
            context.control.add(ExportPlan::rowCost);
            ++result.rows;
            result.incomplete += bytes.lost() > 0 ? 1 : 0;
        }
    }
}

} // namespace

ExportResult exportMessages(const ExportRequest& request, ExportControl& control)
{
    ExportResult result;
    const Capture& capture = *request.capture;
    const ExportPlan plan(capture, request.rows, control);
    const ExportContext context { capture, plan, control, request.file, request.title, request.fields };
    const std::unique_ptr<MessageWriter> writer = newWriter(request.format, context);
    writer->begin();
    if (!writer->failure()) {
        writeRows(
            writer->wantsConnectionsApart() ? plan.spansByConnection(capture) : plan.spans(), context, *writer, result);
    }
    if (!writer->failure() && !control.isCancelled()) {
        writer->end();
    }
    result.cancelled = control.isCancelled();
    if (!writer->failure() && !result.cancelled) {
        writer->commit();
    }
    result.failure = result.cancelled ? Failure() : writer->failure();
    if (result.failure || result.cancelled) {
        result.rows = result.incomplete = 0;
    } else {
        result.files = writer->files();
    }
    return result;
}

} // namespace sockeye
