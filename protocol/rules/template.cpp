// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/rules/template.h"

#include "protocol/filter/value_text.h"
#include "protocol/hex/hex_reader.h"
#include "protocol/json/json_scanner.h"
#include "protocol/json/json_writer.h"
#include "protocol/rules/words.h"
#include "protocol/text/utf8.h"

#include <algorithm>
#include <utility>

namespace sockeye::rules {

namespace {

using filter::Type;
using filter::Value;

bool isRightJson(QByteArrayView text)
{
    json::Scanner scanner(text);
    while (true) {
        const json::Token token = scanner.next();
        if (token == json::Token::End || token == json::Token::Failed) {
            return token == json::Token::End && validUtf8Prefix(text) == text.size();
        }
    }
}

/// Text as it stands in a JSON string; what is no UTF-8 as hexadecimal digits.
void appendString(QByteArray& out, const QByteArray& text, bool isBytes)
{
    const bool isText = !isBytes && validUtf8Prefix(text) == text.size();
    json::appendString(out, QByteArrayView(isText ? text : text.toHex()));
}

void appendWhole(QByteArray& out, const Value& value)
{
    switch (value.type) {
    case Type::Absent:
    case Type::Null:
    case Type::Any:
        out.append("null");
        return;
    case Type::List:
    case Type::Object:
        out.append(isRightJson(value.view) ? value.view : QByteArrayView("null"));
        return;
    case Type::Number:
    case Type::Boolean:
    case Type::Time:
        if (!value.isTextual()) {
            out.append(textOf(value));
            return;
        }
        break;
    default:
        break;
    }
    appendString(out, textOf(value), value.type == Type::Bytes);
}

/// A value between other text.
QByteArray between(const Value& value, bool bytesAsHex)
{
    if (value.type == Type::List || value.type == Type::Object) {
        return value.view.toByteArray();
    }
    const QByteArray text = textOf(value);
    return bytesAsHex && value.type == Type::Bytes ? text.toHex() : text;
}

} // namespace

QByteArray Met::group(int number)
{
    if (!std::exchange(m_hasGroups, true)) {
        m_groups = m_when.groups(m_row, m_run);
    }
    const auto at = static_cast<std::size_t>(number - 1);
    return at < m_groups.size() ? m_groups[at] : QByteArray();
}

void Template::add(const QByteArray& bytes)
{
    m_last += bytes;
}

Result<Template::Part> Template::place(QStringView inside, const filter::Schema& schema, int groups) const
{
    Part part;
    bool isNumber = false;
    const int number = inside.toInt(&isNumber);
    if (isNumber) {
        if (number < 1 || number > groups) {
            return wrong(0, inside.size(),
                groups == 0 ? say("There is no group %1: no regular expression here has groups.").arg(number)
                            : say("There is no group %1: `when` has %2, counted from 1.")
                                  .arg(QString::number(number), QString::number(groups)),
                groups == 0 ? QString() : QStringLiteral("1"));
        }
        part.group = number;
        return part;
    }
    auto expression = filter::Expression::compile(inside, schema);
    if (!expression) {
        const filter::Mistake& mistake = expression.error();
        return wrong(mistake.at, mistake.length, mistake.text, mistake.suggestion);
    }
    part.expression = *std::move(expression);
    return part;
}

/// `plain` takes the text between places, and says where it is wrong.
template <typename Plain>
Result<void> Template::read(QStringView text, const filter::Schema& schema, int groups, Plain plain)
{
    qsizetype at = 0;
    QString run; // with {{ and }} as what they mean
    qsizetype runAt = 0;
    const auto flush = [&]() -> Result<void> {
        const auto taken = plain(run);
        run.clear();
        if (!taken) {
            return wrong(runAt + taken.error().at, taken.error().length, taken.error().text);
        }
        return {};
    };
    while (at < text.size()) {
        const QChar c = text[at];
        const bool isDouble = at + 1 < text.size() && text[at + 1] == c;
        if ((c == u'{' || c == u'}') && isDouble) {
            run += c;
            at += 2;
            continue;
        }
        if (c == u'}') {
            return wrong(
                at, 1, say("This `}` closes nothing. A brace itself is written twice: `}}`."), QStringLiteral("}}"));
        }
        if (c != u'{') {
            run += c;
            ++at;
            continue;
        }
        qsizetype end = at + 1;
        for (bool inQuotes = false; end < text.size() && (inQuotes || text[end] != u'}'); ++end) {
            if (text[end] == u'\\' && inQuotes) {
                ++end;
            } else if (text[end] == u'"') {
                inQuotes = !inQuotes;
            }
        }
        if (end >= text.size()) {
            return wrong(at, text.size() - at,
                say("`{` begins a place, such as `{json.value}`, and this one has no `}`. A brace itself is written "
                    "twice: `{{`."),
                QStringLiteral("{{"));
        }
        if (auto taken = flush(); !taken) {
            return taken;
        }
        auto part = place(text.sliced(at + 1, end - at - 1), schema, groups);
        if (!part) {
            Mistake mistake = part.error();
            mistake.at += at + 1;
            return tl::unexpected(mistake);
        }
        part->before = std::exchange(m_last, {});
        m_parts.push_back(*std::move(part));
        at = end + 1;
        runAt = at;
    }
    return flush();
}

Result<void> Template::addText(QStringView text, const filter::Schema& schema, int groups)
{
    return read(text, schema, groups, [this](const QString& plain) -> Result<void> {
        m_last += plain.toUtf8();
        return {};
    });
}

Result<void> Template::addJson(QStringView text, const filter::Schema& schema, int groups)
{
    const std::size_t first = m_parts.size();
    const qsizetype begin = m_last.size();
    m_last += '"';
    auto taken = read(text, schema, groups, [this](const QString& plain) -> Result<void> {
        QByteArray quoted;
        json::appendString(quoted, plain);
        m_last += quoted.sliced(1, quoted.size() - 2);
        return {};
    });
    for (std::size_t i = first; i < m_parts.size(); ++i) {
        m_parts[i].inJson = true;
    }
    if (m_parts.size() == first + 1 && m_last.isEmpty() && m_parts.back().before.size() == begin + 1) {
        m_parts.back().isWhole = true;
        m_parts.back().before.chop(1);
    } else {
        m_last += '"';
    }
    return taken;
}

Result<void> Template::addHex(QStringView text, const filter::Schema& schema, int groups)
{
    return read(text, schema, groups, [this](const QString& plain) -> Result<void> {
        const auto bytes = readHex(plain);
        if (!bytes) {
            return wrong(bytes.error().at, 1, bytes.error().text);
        }
        m_last += bytes->bytes;
        return {};
    });
}

QByteArray Template::make(Met& met) const
{
    QByteArray out("");
    for (const Part& part : m_parts) {
        out += part.before;
        const QByteArray group = part.group > 0 ? met.group(part.group) : QByteArray();
        const Value value = part.group > 0 ? Value::text(group) : met.value(part.expression);
        if (part.isWhole) {
            appendWhole(out, value);
        } else if (part.inJson) {
            QByteArray quoted;
            appendString(quoted, between(value, true), false);
            out += quoted.sliced(1, quoted.size() - 2);
        } else {
            out += between(value, m_form == Form::Field);
        }
        if (out.size() > maxMade) {
            return {};
        }
    }
    out += m_last;
    return out.size() > maxMade ? QByteArray() : out;
}

} // namespace sockeye::rules
