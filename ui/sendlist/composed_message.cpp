// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sendlist/composed_message.h"

#include "app/repeat/macro_moment.h"
#include "app/repeat/reply_row.h"
#include "app/sendlist/recorded_message.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_panel.h"

namespace sockeye {

namespace {

rules::TomlMember textMember(const QString& key, const QString& text)
{
    rules::TomlMember member;
    member.key = key;
    member.value.kind = rules::TomlValue::Kind::Text;
    member.value.text = text;
    return member;
}

/// Action and value, if a message that carries them as JSON is exactly what goes out.
std::optional<ListMessage> asJson(const ComposerModel& model)
{
    const RequestDraft& draft = model.draft();
    if (draft.shape() != RequestDraft::Shape::Message || !draft.formFits()) {
        return std::nullopt;
    }
    ListMessage message;
    message.content = ListMessage::Content::Json;
    const auto braces = [](const QString& text) { // one alone would begin a place
        return QString(text).replace(u"{"_qs, u"{{"_qs).replace(u"}"_qs, u"}}"_qs);
    };
    message.value.members = { textMember(QStringLiteral("action"), braces(draft.action())),
        textMember(QStringLiteral("value"), braces(draft.value())) };
    return bytesOf(message, { model.protocol() }) == draft.bytes() ? std::optional(message) : std::nullopt;
}

} // namespace

std::optional<ListMessage> composedMessage(const ComposerModel& model)
{
    const QByteArray bytes = model.draft().bytes();
    if (bytes.size() > maxListedBytes) {
        return std::nullopt;
    }
    if (const std::optional<ComposerModel::Typed>& typed = model.typed()) {
        ListMessage message = ListMessage::of(ListMessage::Content::Text, typed->text);
        message.escapes = typed->escapes;
        message.macros = typed->macros;
        message.checksum = typed->checksum;
        return message;
    }
    if (std::optional<ListMessage> json = asJson(model)) {
        return json;
    }
    const QByteArray encoding = textEncoding(*model.protocol());
    return ListMessage::ofBytes(bytes, encoding.isEmpty() ? QByteArray("UTF-8") : encoding);
}

void compose(ComposerPanel& composer, const ListMessage& message, const PreparedMessage& prepared)
{
    ComposerModel& model = composer.model();
    const bool isMore = message.macros || !message.checksum.isEmpty();
    if (message.content == ListMessage::Content::Text && isMore
        && model.protocol()->requestShape() == RequestShape::Text) {
        composer.showTyped({ message.value.text, message.escapes, message.macros, message.checksum });
        return;
    }
    const auto bytes = prepared.make(ReplyRow::none(), model.protocol()->spokenBy(Sender::Client), macroMoment(0));
    if (bytes) {
        model.edit(nullptr, [&](RequestDraft& draft) { draft.setBytes(*bytes); });
    }
}

} // namespace sockeye
