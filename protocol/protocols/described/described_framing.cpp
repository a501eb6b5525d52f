// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/described/described_framing.h"

#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype keptRoom = 64 * 1024; // bytes that a connection's next unfinished message finds ready

class CutFromStream final : public FrameDetail { };

} // namespace

const std::shared_ptr<const FrameDetail>& cutFromStream()
{
    static const std::shared_ptr<const FrameDetail> detail = std::make_shared<CutFromStream>();
    return detail;
}

kaitai::Limits describedLimits(const Limits& limits)
{
    kaitai::Limits out;
    out.maxMessage = std::min(out.maxMessage, std::max<qint64>(limits.maxContent, 1));
    return out;
}

Error describedError(const kaitai::TreeFault& fault, qint64 begin, qint64 end)
{
    Error error { ErrorCode::NotAsDescribed, fault.offset >= 0 ? begin + fault.offset : begin, {}, {}, fault.text };
    error.offset = std::clamp(error.offset, begin, std::max(begin, end));
    if (!fault.path.isEmpty()) {
        error.subject = QString::fromUtf8(fault.path);
        error.found = error.subject % u": " % fault.text;
    }
    return error;
}

Error trailingBytesError(qint64 messageSize, qint64 size)
{
    return { ErrorCode::NotAsDescribed, messageSize, {}, {},
        QCoreApplication::translate("sockeye::DescribedProtocol", "The message ends after %1, but %2 are there.")
            .arg(byteCount(messageSize), byteCount(size)) };
}

DescribedFraming::DescribedFraming(std::shared_ptr<const kaitai::Description> description,
    std::shared_ptr<WaitingFields> fields, Sender sender, const kaitai::Limits& limits)
    : m_fields(std::move(fields))
    , m_cutter(std::move(description), limits, sender)
{
}

void DescribedFraming::feed(QByteArrayView piece, Frames& out)
{
    while (!m_error && !piece.isEmpty()) {
        if (m_begun.isEmpty()) {
            const qint64 before = m_begin;
            if (!take(piece, out)) {
                keep(piece);
                return;
            }
            piece = piece.sliced(m_begin - before);
            continue;
        }
        // Some of the message came before: the rest is put behind it, with what may follow.
        const qsizetype had = m_begun.size();
        m_begun.append(piece);
        const qint64 before = m_begin;
        if (!take(m_begun, out)) {
            return;
        }
        piece = piece.sliced(m_begin - before - had);
        m_begun.capacity() > keptRoom ? m_begun.clear() : m_begun.resize(0);
    }
}

/// Whether a message was cut off the front of `bytes`.
bool DescribedFraming::take(QByteArrayView bytes, Frames& out)
{
    m_result = m_cutter.feed(bytes);
    if (m_result.kind == kaitai::CutResult::Kind::Message) {
        out.push_back({ m_begin, m_result.size, 0, cutFromStream() });
        m_begin += m_result.size;
        m_cutter.restart();
        m_result = {};
        return true;
    }
    if (m_result.kind == kaitai::CutResult::Kind::Fault) {
        m_error = describedError(m_result.fault, m_begin, m_begin + bytes.size());
        m_begun.clear();
    }
    return false;
}

void DescribedFraming::keep(QByteArrayView bytes)
{
    if (!m_error) {
        m_begun.append(bytes);
    }
}

void DescribedFraming::finish(Frames& out)
{
    Q_UNUSED(out)
    if (m_error || m_begun.isEmpty()) {
        return;
    }
    const QString field = QString::fromUtf8(m_result.field);
    m_error = Error { ErrorCode::Truncated, m_begin + m_begun.size(), field,
        field.isEmpty() ? QStringLiteral("a message") : QStringLiteral("\"%1\" of a message").arg(field),
        byteCount(m_result.field.isEmpty() ? m_begun.size() : progress().have) };
    m_begun.clear();
}

Progress DescribedFraming::progress() const
{
    Progress out;
    out.messageOffset = m_begin;
    if (m_error) {
        out.part = Progress::failed;
    } else if (!m_begun.isEmpty()) {
        out.part = m_fields->partOf(m_result.field);
        out.have = m_result.have;
        out.need = m_result.want;
        if (m_result.want > 0 && m_begun.size() < m_result.size) {
            // Not asked again before all is there: what came since belongs to the field.
            out.have = std::max<qint64>(m_result.want - (m_result.size - m_begun.size()), 0);
        }
    }
    return out;
}

} // namespace sockeye
