// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/recording.h"

#include "app/cli/reply_tap.h"
#include "app/cli/text_format.h"
#include "app/filtering/filtered_format.h"
#include "app/lines/json_format.h"
#include "app/platform/stop_signals.h"

namespace sockeye::cli {

namespace {

PrinterOptions withFilter(PrinterOptions options, const Arguments& arguments, const QString& title)
{
    options.where = arguments.where;
    options.endpoint = title;
    return options;
}

} // namespace

std::shared_ptr<EventPrinter> newPrinter(PrintMode mode, Output& output, const PrinterOptions& options)
{
    std::unique_ptr<EventFormat> format;
    switch (mode) {
    case PrintMode::Text:
        format = std::make_unique<TextFormat>(Output::wantsColour(), options.limits, options.fields, options.isRelay);
        break;
    case PrintMode::Json:
        format = std::make_unique<JsonFormat>(options.limits, options.fields, options.isRelay);
        break;
    case PrintMode::None:
        return nullptr;
    }
    if (!options.where.isEmpty()) {
        format = std::make_unique<FilteredFormat>(std::move(format), options.where, options.limits, options.endpoint);
    }
    return std::make_shared<EventPrinter>(output, std::move(format), options);
}

Recording::Recording(const Arguments& arguments, const PrinterOptions& printing, const QString& title,
    const std::shared_ptr<ReplyTap>& tap)
    : m_output(&StopSignals::ask, besides(arguments.capture))
    , m_printer(newPrinter(arguments.print, m_output, withFilter(printing, arguments, title)))
    , m_recorded(!arguments.capture.isEmpty() || !arguments.relay.report.isEmpty()) // it counts what is kept
{
    CaptureOptions options;
    options.protocol = printing.protocol;
    options.limits = printing.limits;
    options.title = title;
    options.file = arguments.capture;
    options.record = m_recorded;
    options.observer = m_printer;
    if (tap) {
        tap->setNext(m_printer);
        options.observer = tap;
    }
    m_capture = Capture::create(options);
}

bool Recording::fileIsGood() const
{
    if (!m_recorded) {
        return true;
    }
    const Failure failure = m_capture->failure();
    if (failure) {
        complain(failure.oneLine());
    }
    return !failure;
}

bool Recording::finish()
{
    m_capture->waitUntilIdle();
    if (m_printer) {
        m_printer->end();
    }
    return fileIsGood();
}

} // namespace sockeye::cli
