// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/app_service.h"

#include "protocol/content_reader.h"
#include "protocol/json/json_writer.h"
#include "protocol/message.h"
#include "protocol/message_types.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/word.h"

#include <QVarLengthArray>

#include <functional>
#include <limits>
#include <optional>

namespace sockeye {

namespace {

/// What a member of a request says: where it stands in the content, or, if it had to be decoded, a copy.
class MemberText {
public:
    void set(QByteArrayView text, QByteArrayView content)
    {
        m_text = text;
        const std::less<> before; // for pointers into anything
        if (before(text.data(), content.data()) || !before(text.data(), content.data() + content.size())) {
            m_copy.resize(0);
            m_copy.append(text.data(), text.size());
            m_text = { m_copy.data(), m_copy.size() };
        }
    }
    [[nodiscard]] QByteArrayView view() const { return m_text; }

private:
    QByteArrayView m_text;
    QVarLengthArray<char, 256> m_copy; ///< usually short enough to need no memory of its own
};

/// The members of a JSON request that matter.
class RequestVisitor final : public json::MemberVisitor {
public:
    explicit RequestVisitor(QByteArrayView content)
        : m_content(content)
    {
    }

    void member(QByteArrayView key, const json::Value& value) override
    {
        if (isWord(key, "action")) {
            actionType = value.type;
            action.set(value.text, m_content);
        } else if (isWord(key, "value")) {
            valueType = value.type;
            query.set(value.text, m_content);
        }
    }

    std::optional<json::Type> actionType;
    std::optional<json::Type> valueType;
    MemberText action;
    MemberText query; ///< what "value" says

private:
    const QByteArrayView m_content;
};

void appendResult(QByteArray& out, ByteOrder claimed, const QByteArray& result)
{
    QByteArray content;
    content.reserve(result.size() + 16);
    json::Writer(content).beginObject().key("result").string(result).endObject();
    appendMessage(out, jsonType, "utf-8", claimed, content);
}

class AppSession final : public Session {
public:
    explicit AppSession(std::shared_ptr<const AppService::Shared> shared)
        : m_shared(std::move(shared))
    {
    }

    [[nodiscard]] Result<Answer> answer(const Frame& frame, QByteArrayView bytes, QByteArray& out) override
    {
        const QByteArrayView content = bytes.sliced(static_cast<qsizetype>(frame.contentOffset));
        if (!frame.header->isJson()) {
            answerBinary(content, out);
        } else if (content.isEmpty()) {
            error("the request has no content; expected {\"action\": …, \"value\": …}.", out);
        } else {
            RequestVisitor request(content);
            const auto type =
                readContent(*frame.header, content, frame.offset + frame.contentOffset, m_shared->limits, &request);
            if (!type) {
                return tl::unexpected(type.error());
            }
            answerJson(*type, request, out);
        }
        return m_shared->persistent ? After::Keep : After::Close;
    }

    void refuse(const Error& error, QByteArray& out) override { this->error(wireText(error).toUtf8(), out); }

private:
    void answerJson(json::Type type, const RequestVisitor& request, QByteArray& out) const
    {
        if (type != json::Type::Object) {
            error("the request must be an object, but is " + json::typeName(type).toUtf8() + '.', out);
        } else if (!request.actionType) {
            error("the request has no \"action\".", out);
        } else if (*request.actionType != json::Type::String) {
            error("\"action\" must be a string, but is " + json::typeName(*request.actionType).toUtf8() + '.', out);
        } else if (!isWord(request.action.view(), "search")) {
            error("invalid action \"" + request.action.view().toByteArray() + "\".", out);
        } else if (!request.valueType) {
            error("the request has no \"value\".", out);
        } else if (*request.valueType != json::Type::String) {
            error("\"value\" must be a string, but is " + json::typeName(*request.valueType).toUtf8() + '.', out);
        } else {
            search(request.query.view(), out);
        }
    }

    void search(QByteArrayView query, QByteArray& out) const
    {
        const auto reply = m_shared->replies.constFind(QByteArray::fromRawData(query.data(), query.size()));
        if (reply != m_shared->replies.constEnd()) {
            out.append(*reply);
        } else {
            appendResult(out, m_shared->claimed, "No match for \"" + query.toByteArray() + "\".");
        }
    }

    void answerBinary(QByteArrayView content, QByteArray& out) const
    {
        const auto request = parseArithmetic(content);
        if (request && request->word != "result") {
            arithmetic(*request, out);
            return;
        }
        const QByteArray first = firstBytesText.toByteArray() + content.first(qMin<qsizetype>(10, content.size()));
        appendMessage(out, serverBinaryType, "binary", m_shared->claimed, first);
    }

    void arithmetic(const Arithmetic& request, QByteArray& out) const
    {
        const qint64 number = request.number;
        const qint64 result = request.word == "double" ? 2 * number : -number;
        if (result < std::numeric_limits<qint32>::min() || result > std::numeric_limits<qint32>::max()) {
            error(request.word.toByteArray() + ' ' + QByteArray::number(number) + " is " + QByteArray::number(result)
                    + ", which does not fit in a signed 32-bit integer.",
                out);
            return;
        }
        char content[Arithmetic::size + 1] = "result";
        qToBigEndian(static_cast<qint32>(result), content + Arithmetic::wordSize);
        appendMessage(out, serverBinaryType, "binary", m_shared->claimed, QByteArrayView(content, Arithmetic::size));
    }

    void error(const QByteArray& text, QByteArray& out) const
    {
        appendResult(out, m_shared->claimed, "Error: " + text);
    }

    std::shared_ptr<const AppService::Shared> m_shared;
};

} // namespace

AppService::AppService(const ServiceOptions& options)
{
    const Catalog catalog = options.catalog ? *options.catalog : Catalog::standard();
    auto shared = std::make_shared<Shared>();
    shared->persistent = options.persistent;
    shared->claimed = options.claimed;
    shared->limits = options.limits;
    for (const Catalog::Entry& entry : catalog.entries()) {
        QByteArray reply;
        appendResult(reply, options.claimed, entry.second.toUtf8());
        shared->replies.insert(entry.first.toUtf8(), reply);
    }
    m_shared = std::move(shared);
}

std::unique_ptr<Session> AppService::newSession() const
{
    return std::make_unique<AppSession>(m_shared);
}

} // namespace sockeye
