// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/message_writer.h"

namespace sockeye {

TextWriter::TextWriter(const ExportContext& context)
    : m_context(context)
    , m_file(context.file)
{
}

void TextWriter::begin()
{
    m_file.create();
}

} // namespace sockeye
