// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/message_writer.h"
#include "app/formats/pcapng/packet_recorder.h"
#include "app/marks/mark_book.h"
#include "app/recording/rule_hits.h"
#include "app/recording/strike_book.h"
#include "app/storage/spool.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_set>
#include <utility>

namespace sockeye {

namespace {

constexpr char fileComment[] =
    "Chosen messages of a capture: the bytes and times are real, the IP, TCP and UDP headers are synthetic. Each "
    "conversation holds these messages' bytes and no others, one after the other; a packet with PSH ends a message, "
    "not a read or write of a socket.";

// Every message of the usual limits is one chunk; only what made no message can be longer.
constexpr qint64 largestChunk = 65 * 1024 * 1024;

/// Tells the chosen messages as a capture that never held any others.
class PcapngWriter final : public MessageWriter {
public:
    explicit PcapngWriter(const ExportContext& context)
        : m_context(context)
        , m_file(context.file)
    {
    }
    void begin() override;
    void row(const ExportRow& row, MessageBytes& bytes) override;
    void end() override;
    void commit() override;
    [[nodiscard]] Failure failure() const override { return m_failure; }
    [[nodiscard]] QStringList files() const override { return { m_file.name() }; }

private:
    void open(const ExportRow& row);
    void chunks(const ExportRow& row, MessageBytes& bytes);
    void struck(const ExportRow& row);
    void remark(const ExportRow& row);
    void close(const ExportRow& row);
    [[nodiscard]] QByteArray markOf(const ExportRow& row) const;
    void record(const CaptureEvent& event, const QByteArray& comment = {});

    const ExportContext& m_context;
    PendingFile m_file;
    std::optional<Spool> m_spool;
    std::optional<pcapng::PacketRecorder> m_recorder;
    std::vector<PayloadPiece> m_pieces; ///< scratch
    std::unordered_set<quint32> m_opened;
    std::map<std::pair<quint32, Direction>, qint64> m_written; ///< bytes of each stream
    Failure m_failure;
};

CaptureEvent eventOf(EventKind kind, const ExportRow& row)
{
    CaptureEvent event;
    event.kind = kind;
    event.direction = row.record.direction;
    event.connection = row.record.connection;
    event.time = row.record.time;
    event.facts = row.conversation.facts;
    return event;
}

void PcapngWriter::begin()
{
    // The spool writes it; nothing is kept in memory if it cannot.
    if (!m_file.create() || !m_file.close()) {
        m_failure = m_file.failure();
        return;
    }
    m_spool.emplace(m_file.temporaryName(), 0);
    m_recorder.emplace(*m_spool, m_context.title, fileComment);
}

void PcapngWriter::row(const ExportRow& row, MessageBytes& bytes)
{
    open(row);
    chunks(row, bytes);
    if (row.record.kind == RecordKind::Message) {
        struck(row);
    }
    if (row.record.kind != RecordKind::Message) {
        remark(row);
    }
    close(row);
    if (Failure failure = m_spool->failure()) {
        m_failure = makeFailure(FailureCode::FileNotWritten, m_file.name(), failure.meaning);
    }
}

void PcapngWriter::open(const ExportRow& row)
{
    if (row.conversation.known && m_opened.insert(row.record.connection).second) {
        record(eventOf(EventKind::Opened, row));
    }
}

void PcapngWriter::chunks(const ExportRow& row, MessageBytes& bytes)
{
    CaptureEvent event = eventOf(EventKind::Chunk, row);
    const bool isEmptyDatagram = row.record.kind == RecordKind::Message && row.record.size == 0;
    if (isEmptyDatagram) {
        record(event);
    }
    QByteArray comment = markOf(row);
    for (QByteArray piece = bytes.next(largestChunk); !piece.isEmpty(); piece = bytes.next(largestChunk)) {
        event.bytes = piece;
        record(event, std::exchange(comment, {}));
    }
}

/// Which rule it met and which faults struck it, where its bytes are now.
void PcapngWriter::struck(const ExportRow& row)
{
    const MessageRecord& message = row.record;
    qint64& written = m_written[{ message.connection, message.direction }];
    const qint64 begin = std::exchange(written, written + message.size);
    CaptureEvent event = eventOf(EventKind::Note, row);
    event.text = m_context.capture.ruleHits().find(message.connection, message.direction, message.offset);
    if (!event.text.isEmpty()) {
        event.code = ruleCode;
        event.offset = begin;
        record(event);
    }
    if (m_context.capture.strikes().isEmpty()) {
        return;
    }
    event.code = strikeCode;
    const qint64 end = message.offset + message.size;
    constexpr std::size_t most = 1'000; // that strike one message
    for (const StruckRange& each :
        m_context.capture.strikes().within(message.connection, message.direction, message.offset, end, most)) {
        const qint64 from = std::max(each.offset, message.offset);
        const qint64 to = std::min(each.offset + each.size, end);
        if (to > from) {
            event.offset = begin + from - message.offset;
            event.missing = to - from;
            event.text = each.name;
            record(event);
        }
    }
}

/// Of a message that is marked, as a comment.
QByteArray PcapngWriter::markOf(const ExportRow& row) const
{
    const MessageRecord& record = row.record;
    const auto mark =
        m_context.capture.marks().find({ record.connection, record.direction, record.offset }, record.size);
    return mark ? toComment({ .colour = mark->colour, .note = mark->note }) : QByteArray();
}

/// Errors and notes, as a comment.
void PcapngWriter::remark(const ExportRow& row)
{
    const RecordFault fault = m_context.capture.fault(row.record.text);
    // Offsets count in a stream that the chosen messages alone do not make: left out.
    const bool isNote = row.record.kind == RecordKind::Note || fault.code.isEmpty();
    CaptureEvent event = eventOf(isNote ? EventKind::Note : EventKind::Error, row);
    event.text = m_context.capture.text(row.record.text);
    if (!isNote) {
        event.code = fault.code;
    } else if (fault.code == tlsCode && row.conversation.tls) {
        event.code = fault.code;
        event.text = QString::fromUtf8(toJson(*row.conversation.tls));
    }
    record(event);
}

/// After its last row, if the connection was over.
void PcapngWriter::close(const ExportRow& row)
{
    if (row.conversation.known && row.conversation.closed && row.conversation.lastRow == row.row) {
        CaptureEvent event = eventOf(EventKind::Closed, row);
        event.closeKind = row.conversation.closeKind;
        record(event);
    }
}

void PcapngWriter::record(const CaptureEvent& event, const QByteArray& comment)
{
    m_recorder->record(event, m_pieces, comment);
}

void PcapngWriter::end()
{
    m_spool->flush();
    if (Failure failure = m_spool->failure()) {
        m_failure = makeFailure(FailureCode::FileNotWritten, m_file.name(), failure.meaning);
    }
    m_recorder.reset();
    m_spool.reset();
}

void PcapngWriter::commit()
{
    if (!m_file.commit()) {
        m_failure = m_file.failure();
    }
}

} // namespace

std::unique_ptr<MessageWriter> newPcapngWriter(const ExportContext& context)
{
    return std::make_unique<PcapngWriter>(context);
}

} // namespace sockeye
