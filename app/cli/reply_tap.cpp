// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/reply_tap.h"

#include "app/cli/terminal/output.h"
#include "app/cli/terminal/tr.h"
#include "protocol/content/text_codec.h"

#include <cstdio>

namespace sockeye::cli {

namespace {

QByteArray wanted(const Arguments& arguments)
{
    const QByteArray utf8 = arguments.expect->toUtf8();
    return arguments.encoding.isEmpty() ? utf8 : encodedText(arguments.encoding, utf8).value_or(utf8);
}

} // namespace

ReplyTap::ReplyTap(const Arguments& arguments)
    : m_file(arguments.replyTo)
    , m_wanted(arguments.expect ? wanted(arguments) : QByteArray())
    , m_found(m_wanted.isEmpty())
{
}

bool ReplyTap::open()
{
    if (m_file.isEmpty()) {
        return true;
    }
    m_output.emplace(m_file);
    const bool isOpen = m_file == u"-" ? m_output->open(stdout, QIODevice::WriteOnly | QIODevice::Unbuffered)
                                       : m_output->open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    if (!isOpen) {
        complain(tr("The reply cannot be written to %1: %2.").arg(fileName(), m_output->errorString()));
    }
    return isOpen;
}

void ReplyTap::event(const CaptureEvent& event)
{
    if (event.kind == EventKind::Chunk && event.direction == Direction::In) {
        if (!m_found) {
            m_tail += event.bytes;
            m_found = m_tail.contains(m_wanted);
            m_tail = m_found ? QByteArray() : m_tail.right(m_wanted.size() - 1);
        }
        if (m_output && m_trouble.isEmpty()
            && m_output->write(event.bytes.data(), event.bytes.size()) != event.bytes.size()) {
            m_trouble = m_output->errorString();
        }
    }
    if (m_next) {
        m_next->event(event);
    }
}

qint64 ReplyTap::silence(qint64 until)
{
    return m_next ? m_next->silence(until) : 0;
}

void ReplyTap::idle()
{
    if (m_next) {
        m_next->idle();
    }
}

bool ReplyTap::finish()
{
    if (m_output && m_trouble.isEmpty() && !m_output->flush()) {
        m_trouble = m_output->errorString();
    }
    m_output.reset();
    if (!m_trouble.isEmpty()) {
        complain(tr("The reply could not be written to %1: %2. It is not whole there.").arg(fileName(), m_trouble));
    }
    return m_trouble.isEmpty();
}

QString ReplyTap::fileName() const
{
    return m_file == u"-" ? tr("standard output") : m_file;
}

} // namespace sockeye::cli
