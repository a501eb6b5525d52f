// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/export_text.h"
#include "app/export/message_writer.h"

#include <vector>

namespace sockeye {

namespace {

constexpr std::size_t mostConnections = 1000;

/// The bytes alone, one file for each direction: NAME.in.bin and NAME.out.bin, or NAME.3.in.bin where the messages are
/// of several connections. What has no bytes gets no file. No file is replaced: the names are not the one that was
/// chosen.
class RawWriter final : public MessageWriter {
public:
    explicit RawWriter(const ExportContext& context)
        : m_context(context)
    {
    }
    void begin() override;
    void row(const ExportRow& row, MessageBytes& bytes) override;
    void end() override { closeOpen(); }
    void commit() override;
    [[nodiscard]] Failure failure() const override { return m_failure; }
    [[nodiscard]] QStringList files() const override;
    [[nodiscard]] bool wantsConnectionsApart() const override { return true; }

private:
    PendingFile* fileFor(const MessageRecord& record);
    [[nodiscard]] QString nameOf(const MessageRecord& record) const;
    void closeOpen();
    void check(const PendingFile& file);

    const ExportContext& m_context;
    std::vector<std::unique_ptr<PendingFile>> m_files;
    std::array<PendingFile*, 2> m_open {}; ///< by direction, of m_connection
    quint32 m_connection = 0;
    bool m_several = false;
    Failure m_failure;
};

void RawWriter::begin()
{
    std::size_t connections = 0;
    for (const auto& [id, conversation] : m_context.plan.conversations()) {
        connections += conversation.hasIn || conversation.hasOut ? 1 : 0;
    }
    m_several = connections > 1;
    if (connections > mostConnections) {
        m_failure = makeFailure(FailureCode::TooManyParts, m_context.file);
    }
}

QString RawWriter::nameOf(const MessageRecord& record) const
{
    const QString ending = u'.' + exportSuffix(ExportFormat::RawBytes);
    QString name = m_context.file;
    if (name.endsWith(ending)) {
        name.chop(ending.size());
    }
    if (m_several) {
        name += u'.' + QString::number(record.connection);
    }
    return name + u'.' + QString::fromLatin1(directionWord(record.direction)) + ending;
}

PendingFile* RawWriter::fileFor(const MessageRecord& record)
{
    if (record.connection != m_connection) {
        closeOpen();
        m_connection = record.connection;
    }
    PendingFile*& open = m_open[static_cast<std::size_t>(record.direction)];
    if (open == nullptr) {
        open = m_files.emplace_back(std::make_unique<PendingFile>(nameOf(record))).get();
        open->create(PendingFile::Existing::Refuse);
    }
    return open;
}

void RawWriter::row(const ExportRow& row, MessageBytes& bytes)
{
    if (row.record.size == 0) {
        return;
    }
    PendingFile* file = fileFor(row.record);
    check(*file);
    for (QByteArray piece = bytes.next(); !piece.isEmpty() && !m_failure; piece = bytes.next()) {
        file->write(piece);
        check(*file);
    }
}

void RawWriter::closeOpen()
{
    for (PendingFile*& open : m_open) {
        if (open != nullptr) {
            open->close();
            check(*open);
            open = nullptr;
        }
    }
}

void RawWriter::check(const PendingFile& file)
{
    if (!m_failure) {
        m_failure = file.failure();
    }
}

void RawWriter::commit()
{
    for (const auto& file : m_files) {
        file->commit();
        check(*file);
        if (m_failure) {
            return;
        }
    }
}

QStringList RawWriter::files() const
{
    QStringList names;
    for (const auto& file : m_files) {
        names += file->name();
    }
    return names;
}

} // namespace

std::unique_ptr<MessageWriter> newRawWriter(const ExportContext& context)
{
    return std::make_unique<RawWriter>(context);
}

} // namespace sockeye
