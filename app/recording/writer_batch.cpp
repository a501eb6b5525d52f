// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/writer_batch.h"

namespace sockeye {

WriterBatch::WriterBatch(qsizetype capacity)
    // Not cleared on purpose: pages that no event reaches cost nothing.
    : m_data(new char[static_cast<std::size_t>(capacity)])
    , m_capacity(capacity)
{
}

quint32 WriterBatch::keepFacts(const ConnectionFacts& facts)
{
    m_facts.push_back(facts);
    return static_cast<quint32>(m_facts.size() - 1);
}

quint32 WriterBatch::keepText(Text text)
{
    m_texts.push_back(std::move(text));
    return static_cast<quint32>(m_texts.size() - 1);
}

void WriterBatch::clear()
{
    m_used = 0;
    m_facts.clear();
    m_texts.clear();
}

} // namespace sockeye
