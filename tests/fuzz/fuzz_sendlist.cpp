// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzz_target.h"
#include "protocol/protocols/registry.h"
#include "protocol/sendlist/list_reader.h"

#include <array>

// A send list. It can be sent or has mistakes with their places; what can be sent is written as a text that is the same
// list again, and its messages are bounded.

using namespace sockeye;

namespace {

rules::Surroundings around(const char* protocol)
{
    using filter::FieldInfo;
    using filter::Type;
    rules::Surroundings out;
    out.schema.fields = {
        { QStringLiteral("size"), Type::Number, FieldInfo::Kind::Value, filter::Unit::Bytes },
        { QStringLiteral("text"), Type::Text },
        { QStringLiteral("json"), Type::Any, FieldInfo::Kind::Tree },
    };
    out.protocol = ownProtocolFromName(QString::fromLatin1(protocol));
    out.readFile = [](const QString& name) -> tl::expected<QByteArray, QString> { return name.toUtf8(); };
    return out;
}

class NoReply final : public filter::Row {
public:
    [[nodiscard]] filter::Value value(int) const override { return {}; }
    [[nodiscard]] const filter::Fields* fields(int) const override { return nullptr; }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const std::array protocols { around("app"), around("lines"), around("resp"), around("raw") };
    const QString text = QString::fromUtf8(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const rules::Surroundings& where = protocols.at(size % protocols.size());

    const ReadSendList read = readSendList(text, where);
    require(read.list.messages.size() <= maxListMessages, "more messages than there may be");
    require(read.list.messages.size() == read.prepared.messages.size(), "messages that are not prepared");
    for (const rules::Mistake& mistake : read.mistakes) {
        require(mistake.at >= 0 && mistake.length >= 0 && mistake.at + mistake.length <= text.size(),
            "a mistake out of place");
        require(!mistake.text.isEmpty(), "a mistake without words");
    }
    if (!read.isRight()) {
        return 0;
    }
    require(!read.prepared.messages.empty(), "nothing to send");
    for (const PreparedMessage& message : read.prepared.messages) {
        const auto bytes = message.make(NoReply(), where.protocol->spokenBy(Sender::Client), {});
        require(!bytes || bytes->size() <= 4 * rules::maxMade, "a message beyond its bound");
    }
    const QString written = sendListText(read.list);
    if (written.size() <= rules::maxRulesText) {
        const ReadSendList again = readSendList(written, where);
        require(again.isRight(), "what was written cannot be read");
        require(sendListText(again.list) == written, "what was written is another list");
    }
    return 0;
}
