// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/catalog.h"

#include "protocol/json/json_reader.h"
#include "protocol/json/json_string.h"
#include "protocol/json/json_writer.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/utf8.h"
#include "protocol/text/visible_text.h"

namespace sockeye {

namespace {

tl::unexpected<Error> wrong(qsizetype offset, const QString& expected, const QString& found)
{
    return tl::unexpected(Error { ErrorCode::ContentNotJson, offset, QStringLiteral("catalogue"), expected, found });
}

} // namespace

Catalog::Catalog(QList<Entry> entries)
    : m_entries(std::move(entries))
{
    m_answers.reserve(m_entries.size());
    for (const Entry& entry : std::as_const(m_entries)) {
        m_answers.insert(entry.first.toUtf8(), entry.second.toUtf8());
    }
}

Catalog Catalog::standard()
{
    return Catalog({
        { QStringLiteral("morpheus"), QStringLiteral("Follow the white rabbit. 🐰") },
        { QStringLiteral("ring"), QStringLiteral("In the caves beneath the Misty Mountains. 💍") },
        { QStringLiteral("🐶"), QStringLiteral("🐾 Playing ball! 🏐") },
    });
}

Result<Catalog> Catalog::fromJson(QByteArrayView json)
{
    const auto type = json::read(json, json::Scanner::depthCapacity);
    if (!type) {
        return wrong(type.error().offset, type.error().expected, type.error().found);
    }
    json::Scanner scanner(json);
    if (scanner.next() != json::Token::ObjectBegin) {
        return wrong(scanner.begin(), QStringLiteral("an object of queries and answers"), json::typeName(*type));
    }
    QList<Entry> entries;
    while (scanner.next() == json::Token::Key) {
        const QString query = textFromUtf8(json::decodeString(scanner.text()));
        if (scanner.next() != json::Token::String) {
            return wrong(scanner.begin(), u"an answer in quotes for \"" % visibleText(query, maxFoundChars) % u'"',
                describeCharacter(json, scanner.begin()));
        }
        entries.append({ query, textFromUtf8(json::decodeString(scanner.text())) });
    }
    return Catalog(std::move(entries));
}

QByteArray Catalog::toJson() const
{
    QByteArray out = "{";
    for (const Entry& entry : m_entries) {
        out.append(out.size() > 1 ? ",\n    " : "\n    ");
        json::appendString(out, entry.first);
        out.append(": ");
        json::appendString(out, entry.second);
    }
    out.append(m_entries.isEmpty() ? "}\n" : "\n}\n");
    return out;
}

const QByteArray* Catalog::find(QByteArrayView query) const
{
    // A key that borrows the query's bytes for the time of the look-up.
    const auto found = m_answers.constFind(QByteArray::fromRawData(query.data(), query.size()));
    return found == m_answers.constEnd() ? nullptr : &found.value();
}

} // namespace sockeye
