// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/latency/latency_reader.h"

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

constexpr qsizetype rowsBetweenQuestions = 64 * 1024;

/// A chosen row, unless it is a note, which nobody caused.
bool isSeen(const MessageRecord& record, const LatencyRequest& request)
{
    return record.kind != RecordKind::Note && (request.connection == 0 || record.connection == request.connection);
}

} // namespace

/// Puts points into columns of pixels.
class LatencyReader::Columns {
public:
    Columns(LatencyPicture& picture, int columns)
        : m_picture(picture)
        , m_columns(static_cast<std::size_t>(std::max(columns, 1)))
        , m_errors(m_columns.size())
        , m_span(std::max<double>(1, static_cast<double>(picture.end) - static_cast<double>(picture.begin)))
    {
    }

    void addReply(const LatencyPoint& point)
    {
        LatencyColumn& column = m_columns[columnOf(point.time)];
        if (column.count == 0 || point.latency < column.shortest.latency) {
            column.shortest = point;
        }
        if (column.count == 0 || point.latency > column.longest.latency) {
            column.longest = point;
        }
        ++column.count;
        m_picture.latencies.add(point.latency);
    }
    void addError(const LatencyPoint& point)
    {
        LatencyPoint& error = m_errors[columnOf(point.time)];
        if (error.row < 0) {
            error = point;
        }
        ++m_picture.errorCount;
    }
    void finish()
    {
        std::copy_if(m_columns.begin(), m_columns.end(), std::back_inserter(m_picture.columns),
            [](const LatencyColumn& column) { return column.count > 0; });
        std::copy_if(m_errors.begin(), m_errors.end(), std::back_inserter(m_picture.errors),
            [](const LatencyPoint& error) { return error.row >= 0; });
    }

private:
    [[nodiscard]] std::size_t columnOf(qint64 time) const
    {
        const double part = (static_cast<double>(time) - static_cast<double>(m_picture.begin)) / m_span;
        const auto column = static_cast<std::size_t>(std::max(0.0, part * static_cast<double>(m_columns.size())));
        return std::min(column, m_columns.size() - 1);
    }

    LatencyPicture& m_picture;
    std::vector<LatencyColumn> m_columns;
    std::vector<LatencyPoint> m_errors;
    const double m_span;
};

LatencyReader::LatencyReader(std::shared_ptr<const Capture> capture)
    : m_capture(std::move(capture))
    , m_latencies(*m_capture)
{
}

std::optional<LatencyPicture> LatencyReader::picture(
    const LatencyRequest& request, const std::function<bool()>& isWanted)
{
    LatencyPicture made;
    made.connection = request.connection;
    made.rows = m_capture->messageCount();
    made.first = std::numeric_limits<qint64>::max();
    made.last = std::numeric_limits<qint64>::min();
    m_latencies.lookAt(made.rows, [&isWanted] { return !isWanted(); });
    const auto forEachRow = [&](const auto& act) {
        for (qsizetype row = 0; row < made.rows; ++row) {
            if (row % rowsBetweenQuestions == 0 && !isWanted()) {
                return false;
            }
            const MessageRecord record = m_capture->message(row);
            if (isSeen(record, request)) {
                act(row, record);
            }
        }
        return true;
    };
    IdleGapFinder idle;
    if (!forEachRow([&](qsizetype, const MessageRecord& record) {
            made.first = std::min(made.first, record.time);
            made.last = std::max(made.last, record.time);
            idle.add(record.time);
        })) {
        return std::nullopt;
    }
    const bool isAll = request.end <= request.begin;
    made.begin = isAll ? made.first : request.begin;
    made.end = isAll ? made.last : request.end;
    if (made.last < made.first) {
        return made;
    }
    Columns columns(made, request.columns);
    if (!forEachRow([&](qsizetype row, const MessageRecord& record) {
            if (record.time < made.begin || record.time > made.end) {
                return;
            }
            if (record.kind != RecordKind::Message) {
                columns.addError({ record.time, 0, row });
            } else if (const std::optional<qint64> latency = m_latencies.at(row)) {
                columns.addReply({ record.time, std::max<qint64>(*latency, 0), row }); // a clock may be set back
            }
        })) {
        return std::nullopt;
    }
    columns.finish();
    made.idle = idle.find(request.idleFactor, made.begin, made.end);
    return made;
}

} // namespace sockeye
