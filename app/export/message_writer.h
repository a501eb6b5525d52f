// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/export_format.h"
#include "app/export/export_plan.h"
#include "app/export/message_bytes.h"
#include "app/export/pending_file.h"

#include <QByteArrayList>
#include <QStringList>

#include <memory>

namespace sockeye {

/// What writers are given; outlives them.
struct ExportContext {
    const Capture& capture;
    const ExportPlan& plan;
    ExportControl& control;
    QString file;
    QString title; ///< of the page; may be empty
    QByteArrayList fields {}; ///< ExportRequest::fields
};

/// One chosen row of the capture.
struct ExportRow {
    qsizetype row = 0; ///< in the capture, from 0
    MessageRecord record;
    const ExportPlan::Conversation& conversation;

    /// From 1, as people count.
    [[nodiscard]] qsizetype number() const { return row + 1; }
};

/// Writes messages in one format, to files that appear only at commit().
class MessageWriter {
public:
    virtual ~MessageWriter() = default;
    virtual void begin() = 0;
    virtual void row(const ExportRow& row, MessageBytes& bytes) = 0;
    virtual void end() = 0;
    virtual void commit() = 0;
    [[nodiscard]] virtual Failure failure() const = 0; ///< nothing more is written after one
    [[nodiscard]] virtual QStringList files() const = 0; ///< that commit() gave their names
    /// Whether all rows of a connection have to come before those of the next.
    [[nodiscard]] virtual bool wantsConnectionsApart() const { return false; }
};

/// For formats of one file of text.
class TextWriter : public MessageWriter {
public:
    explicit TextWriter(const ExportContext& context);
    void begin() override;
    void end() override { }
    void commit() override { m_file.commit(); }
    [[nodiscard]] Failure failure() const override { return m_file.failure(); }
    [[nodiscard]] QStringList files() const override { return { m_file.name() }; }

protected:
    [[nodiscard]] const ExportContext& context() const { return m_context; }
    void put(const QByteArray& text) { m_file.write(text); }

private:
    const ExportContext& m_context;
    PendingFile m_file;
};

[[nodiscard]] std::unique_ptr<MessageWriter> newPcapngWriter(const ExportContext& context);
[[nodiscard]] std::unique_ptr<MessageWriter> newJsonLinesWriter(const ExportContext& context);
[[nodiscard]] std::unique_ptr<MessageWriter> newCsvWriter(const ExportContext& context);
[[nodiscard]] std::unique_ptr<MessageWriter> newHexDumpWriter(const ExportContext& context);
[[nodiscard]] std::unique_ptr<MessageWriter> newRawWriter(const ExportContext& context);
[[nodiscard]] std::unique_ptr<MessageWriter> newCArrayWriter(const ExportContext& context);
[[nodiscard]] std::unique_ptr<MessageWriter> newPythonWriter(const ExportContext& context);

} // namespace sockeye
