// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/rules/reply_maker.h"

#include "protocol/filter/nearest.h"
#include "protocol/json/json_writer.h"
#include "protocol/rules/rule.h"
#include "protocol/rules/toml_place.h"
#include "protocol/rules/words.h"

#include <QLocale>

namespace sockeye::rules {

namespace {

constexpr std::size_t mostFields = 10'000;

tl::unexpected<QString> tooLong()
{
    return tl::unexpected(say("What is made of this message would be longer than 16 MiB."));
}

} // namespace

class ReplyMaker::Reader {
public:
    Reader(QStringView text, const Surroundings& around, int groups)
        : m_text(text)
        , m_around(around)
        , m_groups(groups)
    {
    }

    Result<ReplyMaker> read(const TomlValue& table)
    {
        if (table.kind != TomlValue::Kind::Table || table.members.size() != 1
            || !keys().contains(table.members.front().key)) {
            return whatIsWrong(table);
        }
        return read(table.members.front());
    }

    Result<ReplyMaker> read(const TomlMember& member)
    {
        const TomlValue& value = member.value;
        Result<void> taken;
        if (member.key == u"json") {
            m_maker.m_kind = Kind::Json;
            taken = json(value);
        } else if (member.key == u"fields") {
            m_maker.m_kind = Kind::Fields;
            taken = fields(value);
        } else if (value.kind != TomlValue::Kind::Text) {
            return wrong(value.at, value.length, say("`%1` takes a text in quotes.").arg(member.key));
        } else if (member.key == u"file") {
            taken = file(value);
        } else {
            m_maker.m_kind = member.key == u"text" ? Kind::Text : Kind::Exact;
            taken = member.key == u"text" ? m_maker.m_content.addText(value.text, m_around.schema, m_groups)
                                          : m_maker.m_content.addHex(value.text, m_around.schema, m_groups);
            taken = placed(taken, value);
        }
        if (!taken) {
            return tl::unexpected(taken.error());
        }
        return std::move(m_maker);
    }

private:
    [[nodiscard]] static Result<ReplyMaker> whatIsWrong(const TomlValue& table)
    {
        if (table.kind == TomlValue::Kind::Table) {
            for (const TomlMember& member : table.members) {
                if (!keys().contains(member.key)) {
                    return wrong(member.at, member.length,
                        say("A message is given as `json`, `text`, `hex`, `file` or `fields`, not as `%1`.")
                            .arg(member.key),
                        filter::nearest(member.key, keys()));
                }
            }
            if (table.members.size() > 1) {
                const TomlMember& second = table.members[1];
                return wrong(second.at, second.length,
                    say("A message is given once: `%1` is there already.").arg(table.members[0].key));
            }
        }
        return wrong(table.at, table.length,
            say("Expected the message in braces, such as `{ json = { result = \"…\" } }`, `{ text = \"…\" }` or `{ hex "
                "= "
                "\"00 01\" }`."));
    }

    /// A mistake in a string of TOML, at its place in the text.
    Result<void> placed(const Result<void>& taken, const TomlValue& value)
    {
        if (taken) {
            return taken;
        }
        Mistake mistake = taken.error();
        const qsizetype at = placeInString(m_text, value.at, mistake.at);
        mistake.length = placeInString(m_text, value.at, mistake.at + mistake.length) - at;
        mistake.at = at;
        return tl::unexpected(mistake);
    }

    Result<void> json(const TomlValue& value)
    {
        Template& out = m_maker.m_content;
        switch (value.kind) {
        case TomlValue::Kind::Table: {
            out.add("{");
            bool isFirst = true;
            for (const TomlMember& member : value.members) {
                QByteArray key = isFirst ? "" : ", ";
                isFirst = false;
                json::appendString(key, QStringView(member.key));
                out.add(key + ": ");
                if (auto taken = json(member.value); !taken) {
                    return taken;
                }
            }
            out.add("}");
            return {};
        }
        case TomlValue::Kind::Array: {
            out.add("[");
            bool isFirst = true;
            for (const TomlValue& item : value.items) {
                out.add(isFirst ? "" : ", ");
                isFirst = false;
                if (auto taken = json(item); !taken) {
                    return taken;
                }
            }
            out.add("]");
            return {};
        }
        case TomlValue::Kind::Text:
            return placed(out.addJson(value.text, m_around.schema, m_groups), value);
        case TomlValue::Kind::Integer:
        case TomlValue::Kind::Real:
        case TomlValue::Kind::Boolean:
            out.add(scalar(value));
            return {};
        case TomlValue::Kind::Time:
            break;
        }
        return wrong(value.at, value.length, say("JSON has no dates: put this one in quotes."));
    }

    [[nodiscard]] static QByteArray scalar(const TomlValue& value)
    {
        if (value.kind == TomlValue::Kind::Boolean) {
            return value.integer != 0 ? "true" : "false";
        }
        if (value.kind == TomlValue::Kind::Integer) {
            return QByteArray::number(value.integer);
        }
        QByteArray text;
        json::Writer(text).number(value.real);
        return text;
    }

    Result<void> fields(const TomlValue& value)
    {
        if (value.kind != TomlValue::Kind::Table) {
            return wrong(
                value.at, value.length, say("`fields` takes the protocol's fields in braces: { name = value }."));
        }
        if (!m_around.protocol->shape() && !m_around.protocol->spokenBy(Sender::Server).shape()) {
            return wrong(value.at, value.length,
                say("Messages of the protocol %1 are not made of fields: use `json`, `text` or `hex`.")
                    .arg(m_around.protocol->id()));
        }
        return field(value, {});
    }

    Result<void> field(const TomlValue& value, const QByteArray& path)
    {
        if (value.kind == TomlValue::Kind::Table) {
            for (const TomlMember& member : value.members) {
                const QByteArray name = member.key.toUtf8();
                if (auto taken = field(member.value, path.isEmpty() ? name : path + '.' + name); !taken) {
                    return taken;
                }
            }
            return {};
        }
        if (value.kind == TomlValue::Kind::Array) {
            for (std::size_t i = 0; i < value.items.size(); ++i) {
                if (auto taken = field(value.items[i], path + '[' + QByteArray::number(qsizetype(i)) + ']'); !taken) {
                    return taken;
                }
            }
            return {};
        }
        if (m_maker.m_fields.size() == mostFields) {
            return wrong(value.at, value.length, say("A message has no more than 10,000 fields."));
        }
        Field& out = m_maker.m_fields.emplace_back();
        out.path = path;
        out.value.setForm(Template::Form::Field);
        if (value.kind == TomlValue::Kind::Text) {
            return placed(out.value.addText(value.text, m_around.schema, m_groups), value);
        }
        if (value.kind == TomlValue::Kind::Time) {
            return wrong(value.at, value.length, say("A field is no date: put it in quotes."));
        }
        out.value.add(scalar(value));
        return {};
    }

    Result<void> file(const TomlValue& value)
    {
        if (!m_around.readFile) {
            return wrong(value.at, value.length, say("Files are not read here."));
        }
        const auto bytes = m_around.readFile(value.text);
        if (!bytes) {
            return wrong(value.at, value.length, bytes.error());
        }
        m_maker.m_kind = Kind::Exact;
        m_maker.m_content.add(*bytes);
        return {};
    }

    QStringView m_text;
    const Surroundings& m_around;
    int m_groups;
    ReplyMaker m_maker;
};

Result<ReplyMaker> ReplyMaker::read(const TomlValue& table, QStringView text, const Surroundings& around, int groups)
{
    return Reader(text, around, groups).read(table);
}

Result<ReplyMaker> ReplyMaker::readMember(
    const TomlMember& member, QStringView text, const Surroundings& around, int groups)
{
    return Reader(text, around, groups).read(member);
}

const QStringList& ReplyMaker::keys()
{
    static const QStringList keys { QStringLiteral("json"), QStringLiteral("text"), QStringLiteral("hex"),
        QStringLiteral("file"), QStringLiteral("fields") };
    return keys;
}

tl::expected<QByteArray, QString> ReplyMaker::make(Met& met, const Protocol& protocol, Sender sender) const
{
    if (m_kind == Kind::Fields) {
        QList<FieldValue> values;
        for (const Field& field : m_fields) {
            const QByteArray value = field.value.make(met);
            if (value.isNull()) {
                return tooLong();
            }
            values.append({ field.path, QString::fromUtf8(value) });
        }
        return protocol.build(values);
    }
    QByteArray content = m_content.make(met);
    if (content.isNull()) {
        return tooLong();
    }
    if (m_kind == Kind::Exact) {
        return content;
    }
    return protocol.carry(sender, m_kind == Kind::Json ? ContentKind::Json : ContentKind::Text, content);
}

} // namespace sockeye::rules
