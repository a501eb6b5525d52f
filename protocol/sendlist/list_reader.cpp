// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/sendlist/list_reader.h"

#include "protocol/content/text_codec.h"
#include "protocol/filter/nearest.h"
#include "protocol/protocols/encoded/encoded_protocol.h"
#include "protocol/rules/table_reader.h"
#include "protocol/rules/words.h"

#include <QSet>

#include <algorithm>

namespace sockeye {

namespace {

using rules::say;
using rules::TomlMember;
using rules::TomlValue;

const QStringList& listKeys()
{
    static const QStringList keys { QStringLiteral("loop"), QStringLiteral("on-failure"), QStringLiteral("within"),
        QStringLiteral("message") };
    return keys;
}

const QStringList& messageKeys()
{
    static const QStringList keys { QStringLiteral("name"), QStringLiteral("text"), QStringLiteral("hex"),
        QStringLiteral("json"), QStringLiteral("fields"), QStringLiteral("file"), QStringLiteral("escapes"),
        QStringLiteral("macros"), QStringLiteral("encoding"), QStringLiteral("checksum"), QStringLiteral("expect"),
        QStringLiteral("expect-text"), QStringLiteral("within"), QStringLiteral("reply"), QStringLiteral("pause"),
        QStringLiteral("key") };
    return keys;
}

ListMessage::Content contentOf(const QString& key)
{
    return key == u"text"  ? ListMessage::Content::Text
        : key == u"hex"    ? ListMessage::Content::Hex
        : key == u"json"   ? ListMessage::Content::Json
        : key == u"fields" ? ListMessage::Content::Fields
                           : ListMessage::Content::File;
}

class ListReader {
public:
    ListReader(QStringView text, const rules::Surroundings& around)
        : m_in(text)
        , m_around(around)
    {
        if (around.readFile) {
            m_around.readFile = [this, &around](const QString& name) { return file(around, name); };
        }
    }
    ListReader(const ListReader&) = delete;
    ListReader& operator=(const ListReader&) = delete;

    ReadSendList read()
    {
        const auto root = rules::readToml(m_in.wholeText());
        if (root) {
            top(*root);
        } else {
            m_in.mistake(root.error());
        }
        m_read.mistakes = m_in.takeMistakes();
        return std::move(m_read);
    }

private:
    void top(const TomlValue& root)
    {
        for (const TomlMember& member : root.members) {
            if (!listKeys().contains(member.key)) {
                m_in.mistake(member.at, member.length,
                    say("A send list has no `%1`, only `loop`, `on-failure`, `within` and its messages, each below "
                        "`[[message]]`.")
                        .arg(member.key),
                    messageKeys().contains(member.key) ? QStringLiteral("[[message]]")
                                                       : filter::nearest(member.key, listKeys()));
            }
        }
        loop(root);
        onFailure(root);
        m_read.list.within = m_in.duration(root, u"within");
        const TomlMember* const messages = root.find(u"message");
        if (messages == nullptr || (messages->value.kind == TomlValue::Kind::Array && messages->value.items.empty())) {
            m_in.mistake(m_in.wholeText().size(), 0,
                say("There is nothing to send: each message begins with `[[message]]`."),
                QStringLiteral("[[message]]"));
            return;
        }
        if (!m_in.isTables(*messages)) {
            return;
        }
        for (const TomlValue& table : messages->value.items) {
            if (m_read.list.messages.size() == maxListMessages) {
                m_in.mistake(table.at, table.length, say("There are no more than 1,000 messages."));
                return;
            }
            message(table);
        }
    }

    void loop(const TomlValue& root)
    {
        if (const TomlMember* const member = root.find(u"loop")) {
            const TomlValue& value = member->value;
            if (value.kind != TomlValue::Kind::Integer || value.integer < 0 || value.integer > maxListLoops) {
                m_in.mistake(value.at, value.length,
                    say("`loop` says how many times: a number from 0, which is until it is stopped, to 1000000000."),
                    QStringLiteral("1"));
                return;
            }
            m_read.list.loop = value.integer;
            m_read.prepared.loop = value.integer;
        }
    }

    void onFailure(const TomlValue& root)
    {
        if (const TomlMember* const member = m_in.text(root, u"on-failure")) {
            const QString& said = member->value.text;
            if (said != u"stop" && said != u"go on") {
                m_in.mistake(member->value.at, member->value.length, say("`on-failure` is \"stop\" or \"go on\"."),
                    QStringLiteral("\"stop\""));
            }
            m_read.list.goesOn = said == u"go on";
            m_read.prepared.goesOn = m_read.list.goesOn;
        }
    }

    void message(const TomlValue& table)
    {
        ListMessage& out = m_read.list.messages.emplace_back();
        PreparedMessage& ready = m_read.prepared.messages.emplace_back();
        out.at = table.at;
        m_in.onlyKeys(table, messageKeys(),
            say("A message has no `%1`, only `name`, what it is (`text`, `hex`, `json`, `fields` or `file`), "
                "`escapes`, `macros`, `encoding`, `checksum`, `expect`, `expect-text`, `within`, `reply`, `pause` and "
                "`key`."));
        out.name = m_in.title(table, {});
        ready.title = out.name.isEmpty() ? say("message %1").arg(qsizetype(m_read.list.messages.size())) : out.name;
        typing(table, out, ready);
        content(table, out, ready);
        out.reply = m_in.flag(table, u"reply", true);
        out.within = m_in.duration(table, u"within");
        out.pause = m_in.duration(table, u"pause").value_or(out.pause);
        expectation(table, out, ready);
        key(table, out);
        ready.reply = out.reply;
        ready.pause = out.pause;
        ready.within = out.within ? out.within : m_read.list.within;
    }

    /// What stands for more than itself in a text; the checksum is of all messages.
    void typing(const TomlValue& table, ListMessage& out, PreparedMessage& ready)
    {
        out.escapes = m_in.flag(table, u"escapes");
        out.macros = m_in.flag(table, u"macros");
        if (const TomlMember* const member = m_in.text(table, u"encoding")) {
            const QByteArray name = member->value.text.toLatin1();
            if (isKnownEncoding(name)) {
                out.encoding = canonicalEncoding(name);
            } else {
                m_in.mistake(member->value.at, member->value.length,
                    say("No encoding is called so: there are UTF-8, UTF-16LE, GBK, Big5, Shift_JIS, EUC-KR, "
                        "ISO-8859-1, windows-1252 and more."));
            }
        }
        if (const TomlMember* const member = m_in.text(table, u"checksum")) {
            out.checksum = member->value.text;
            if (const auto checksum = appendedChecksum(out.checksum)) {
                ready.checksum = *checksum;
            } else {
                m_in.mistake(member->value.at, member->value.length, checksum.error());
            }
        }
        for (const QStringView key : { QStringView(u"escapes"), QStringView(u"macros") }) {
            if (const TomlMember* const member = table.find(key); member != nullptr && table.find(u"text") == nullptr) {
                m_in.mistake(member->at, member->length,
                    say("`%1` is about a `text`, and this message has none.").arg(key), {}, true);
            }
        }
    }

    [[nodiscard]] QByteArray encodingOf(const ListMessage& message) const
    {
        const QByteArray encoding = message.encoding.isEmpty() ? textEncoding(*m_around.protocol) : message.encoding;
        return encoding.isEmpty() ? QByteArray("UTF-8") : encoding;
    }

    void content(const TomlValue& table, ListMessage& out, PreparedMessage& ready)
    {
        const TomlMember* found = nullptr;
        for (const TomlMember& member : table.members) {
            if (!rules::ReplyMaker::keys().contains(member.key)) {
                continue;
            }
            if (found != nullptr) {
                m_in.mistake(
                    member.at, member.length, say("A message is given once: `%1` is there already.").arg(found->key));
                return;
            }
            found = &member;
        }
        if (found == nullptr) {
            m_in.mistake(table.at, table.length,
                say("This message has no content: it is given as `text`, `hex`, `json`, `fields` or `file`."),
                QStringLiteral("text = \"…\""));
            return;
        }
        out.content = contentOf(found->key);
        out.value = found->value;
        if (out.content == ListMessage::Content::Text) {
            typed(*found, out, ready);
            return;
        }
        auto maker = rules::ReplyMaker::readMember(*found, m_in.wholeText(), m_around, 0);
        if (maker) {
            ready.maker = *std::move(maker);
        } else {
            m_in.mistake(maker.error());
        }
    }

    void typed(const TomlMember& member, const ListMessage& out, PreparedMessage& ready)
    {
        if (member.value.kind != TomlValue::Kind::Text) {
            m_in.mistake(member.value.at, member.value.length, say("`%1` takes a text in quotes.").arg(member.key));
            return;
        }
        auto typed = TypedText::read(member.value.text, { out.escapes, out.macros, encodingOf(out) });
        if (typed) {
            ready.typed = *std::move(typed);
        } else {
            const filter::Mistake& bad = typed.error();
            m_in.inString(member.value, { bad.at, bad.length, bad.text, bad.suggestion, false });
        }
    }

    void expectation(const TomlValue& table, ListMessage& out, PreparedMessage& ready)
    {
        if (const TomlMember* const member = m_in.text(table, u"expect")) {
            out.expect = member->value.text;
            ready.expect = m_in.filter(table, u"expect", m_around.schema);
        }
        if (const TomlMember* const member = m_in.text(table, u"expect-text")) {
            out.expectText = member->value.text;
            ready.expectText = out.expectText;
            if (const auto bytes = encodedText(encodingOf(out), out.expectText.toUtf8())) {
                ready.expectBytes = *bytes;
            } else {
                m_in.mistake(member->value.at, member->value.length,
                    say("%1 has not all of these characters, so that no reply could have them.")
                        .arg(QString::fromLatin1(encodingOf(out))));
            }
        }
        const TomlMember* const reply = table.find(u"reply");
        if (reply != nullptr && !out.reply && ready.expectsSomething()) {
            m_in.mistake(reply->at, reply->length,
                say("No reply is waited for, so that nothing can be expected of it: leave out `reply`."));
        }
    }

    void key(const TomlValue& table, ListMessage& out)
    {
        const TomlMember* const member = m_in.text(table, u"key");
        if (member == nullptr) {
            return;
        }
        constexpr qsizetype longest = 40;
        out.key = member->value.text.trimmed();
        if (out.key.isEmpty() || out.key.size() > longest) {
            m_in.mistake(member->value.at, member->value.length,
                say("`key` is a key as it is written on it, such as F1 or Ctrl+1."), QStringLiteral("\"F1\""));
            out.key.clear();
            return;
        }
        const QString same = QString(out.key.toLower()).remove(u' ');
        if (m_keys.contains(same)) { // it stays, so that the message shows what is wrong with it
            m_in.mistake(member->value.at, member->value.length, say("The key %1 sends another message.").arg(out.key));
        }
        m_keys.insert(same);
    }

    [[nodiscard]] tl::expected<QByteArray, QString> file(const rules::Surroundings& around, const QString& name)
    {
        const auto tooMuch = [] {
            return tl::unexpected(say("The files of a send list are no larger than 64 MiB together."));
        };
        if (m_inFiles > maxListFiles) {
            return tooMuch(); // nothing more is read
        }
        auto bytes = around.readFile(name);
        if (bytes) {
            m_inFiles += bytes->size();
            if (m_inFiles > maxListFiles) {
                return tooMuch();
            }
        }
        return bytes;
    }

    rules::TableReader m_in;
    rules::Surroundings m_around;
    ReadSendList m_read;
    QSet<QString> m_keys;
    qsizetype m_inFiles = 0;
};

} // namespace

bool ReadSendList::isRight() const
{
    return std::all_of(mistakes.cbegin(), mistakes.cend(), [](const rules::Mistake& each) { return each.isWarning; });
}

ReadSendList readSendList(QStringView text, const rules::Surroundings& around)
{
    return ListReader(text, around).read();
}

} // namespace sockeye
