// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/bytesearch/byte_needle.h"

#include "protocol/content/text_codec.h"
#include "protocol/hex/hex_reader.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString sentence(const char* text)
{
    return QCoreApplication::translate("ByteNeedle", text);
}

/// Of bytes that are long enough to be found, and no longer than that.
ByteNeedle::Made checked(ByteNeedle needle)
{
    if (needle.bytes().isEmpty()) {
        return tl::unexpected(sentence("Write what to look for."));
    }
    if (needle.bytes().size() > ByteNeedle::longestBytes) {
        return tl::unexpected(
            sentence("More than %1 bytes cannot be looked for.").arg(groupedDigits(ByteNeedle::longestBytes)));
    }
    return needle;
}

} // namespace

ByteNeedle::Made ByteNeedle::ofHex(QStringView text)
{
    const auto read = readHex(text);
    if (!read) {
        return tl::unexpected(describe(read.error(), text));
    }
    if (read->bytes.isEmpty()) {
        return tl::unexpected(sentence("Write bytes to look for, such as 00 67 7b."));
    }
    ByteNeedle needle;
    needle.m_bytes = read->bytes;
    return checked(std::move(needle));
}

ByteNeedle::Made ByteNeedle::ofText(QStringView text, const QByteArray& encoding)
{
    if (!isKnownEncoding(encoding)) {
        return tl::unexpected(sentence("No encoding is called “%1”.").arg(QString::fromUtf8(encoding)));
    }
    const auto bytes = encodedText(encoding, text.toUtf8());
    if (!bytes) {
        return tl::unexpected(
            sentence("The encoding %1 does not have all of these characters.").arg(QString::fromUtf8(encoding)));
    }
    ByteNeedle needle;
    needle.m_bytes = *bytes;
    return checked(std::move(needle));
}

ByteNeedle::Made ByteNeedle::ofPattern(QStringView expression)
{
    if (expression.isEmpty()) {
        return tl::unexpected(sentence("Write what to look for."));
    }
    filter::Pattern::Problem problem;
    ByteNeedle needle;
    needle.m_expression = expression.toUtf8();
    needle.m_pattern = filter::Pattern::make(needle.m_expression, problem);
    if (!needle.m_pattern) {
        return tl::unexpected(problem.part.isEmpty()
                ? sentence("This is no regular expression: %1.").arg(problem.what)
                : sentence("This is no regular expression: %1: %2.").arg(problem.what, problem.part));
    }
    return needle;
}

} // namespace sockeye
