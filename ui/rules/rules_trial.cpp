// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/rules/rules_trial.h"

#include "app/filtering/message_row.h"
#include "app/relay/faults/rule_fault.h"
#include "protocol/protocols/registry.h"
#include "ui/text/byte_count_text.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString trialText(const char* text)
{
    return QCoreApplication::translate("sockeye::RulesTrial", text);
}

/// The bytes of the message that is tried; the error is a sentence.
tl::expected<QByteArray, QString> bytesOf(const TriedMessage& message, const Protocol& spoken, Sender sender)
{
    if (message.kind == TriedMessage::Kind::Bytes) {
        return message.content;
    }
    return spoken.carry(
        sender, message.kind == TriedMessage::Kind::Json ? ContentKind::Json : ContentKind::Text, message.content);
}

InspectedMessagePtr inspected(const ProtocolPtr& protocol, const QByteArray& bytes, Direction direction)
{
    const auto message = std::make_shared<InspectedMessage>();
    message->protocol = protocol;
    message->annotation = annotate(protocol, bytes);
    message->direction = direction;
    return message;
}

/// What the rule does beside what it makes.
QStringList besides(const rules::Verdict& verdict)
{
    QStringList out;
    if (verdict.delay.count() > 0) {
        out.append(trialText("It waits %1 ms before.").arg(static_cast<double>(verdict.delay.count()) / 1000.0));
    }
    if (!verdict.fault.isEmpty()) {
        out.append(trialText("The fault %1 strikes it.").arg(verdict.fault));
    }
    if (verdict.after == After::Close) {
        out.append(trialText("Then the connection closes."));
    } else if (verdict.after == After::Reset) {
        out.append(trialText("Then the connection is reset."));
    }
    return out;
}

void judge(const RuleUse& use, const TriedMessage& tried, RulesTrialResult& result)
{
    const bool isUdp = use.transport == Transport::Udp;
    const ConnectionFacts facts { use.transport, { QHostAddress(QHostAddress::LocalHost), 65432 },
        { QHostAddress(QHostAddress::LocalHost), 40000 } };
    const ProtocolPtr& whole = isUdp ? protocolForDatagrams(use.protocol) : use.protocol;
    const Sender sender = senderOf(facts, tried.direction);
    const ProtocolPtr spoken = spokenBy(whole, sender);
    const auto bytes = bytesOf(tried, *spoken, sender);
    result.isTrouble = true;
    if (!bytes) {
        result.verdict = bytes.error();
        return;
    }
    Frames frames;
    if (isUdp) {
        frames.push_back({ 0, bytes->size(), 0, nullptr });
    } else {
        const std::unique_ptr<Framing> framing = spoken->newFraming();
        framing->join(spoken->newDialogue(), false);
        framing->feed(*bytes, frames);
        if (framing->error()) {
            result.verdict = trialText("This is no message of the protocol: %1").arg(describe(*framing->error()));
            return;
        }
        framing->finish(frames);
    }
    if (frames.empty()) {
        result.verdict = trialText("This is not a whole message of the protocol yet.");
        return;
    }
    const Frame& frame = frames.front();
    MessageRow rows(1, facts, use.protocol, Limits());
    filter::Run run;
    const rules::Verdict verdict = result.read.rules->decide(
        rows.look(tried.direction, frame, 0, QByteArrayView(*bytes).sliced(frame.offset, frame.size)), run, sender);
    result.isTrouble = !verdict.trouble.isEmpty();
    if (result.isTrouble) {
        result.verdict = verdict.trouble;
        return;
    }
    std::optional<QByteArray> made = verdict.reply ? verdict.reply : use.passesOn ? verdict.replace : std::nullopt;
    QString undone;
    if (made && !verdict.fault.isEmpty()) {
        const Sender from = !verdict.reply ? sender : sender == Sender::Client ? Sender::Server : Sender::Client;
        undone = strikeOnce(verdict.fault, 1, spokenOver(use.protocol, facts.transport, from), facts.transport, *made);
    }
    const QString size = byteCountText(made ? made->size() : 0);
    QStringList said;
    if (verdict.rule < 0) {
        said.append(use.passesOn ? trialText("No rule matches this message: it passes as it is.")
                                 : trialText("No rule matches this message: it would get no reply."));
    } else if (verdict.reply) {
        said.append(trialText("This message meets “%1” and would be answered so, with %2.").arg(verdict.title, size));
    } else if (made) {
        said.append(
            trialText("This message meets “%1”; so would be passed on, in its place, %2.").arg(verdict.title, size));
    } else if (verdict.drop || !use.passesOn) {
        said.append(verdict.drop && use.passesOn
                ? trialText("This message meets “%1” and would be dropped.").arg(verdict.title)
                : trialText("This message meets “%1” and would get no reply.").arg(verdict.title));
    } else {
        said.append(trialText("This message meets “%1” and passes.").arg(verdict.title));
    }
    said += besides(verdict);
    if (!undone.isEmpty()) {
        said.append(undone);
    }
    result.verdict = said.join(u' ');
    if (made) {
        const Direction back = tried.direction == Direction::In ? Direction::Out : Direction::In;
        const Direction goes = verdict.reply ? back : tried.direction;
        result.made = inspected(spokenBy(whole, senderOf(facts, goes)), *made, goes);
    }
}

} // namespace

RulesTrial::RulesTrial(QObject* parent)
    : QObject(parent)
{
}

void RulesTrial::start(const QString& text, const QString& file, const RuleUse& use, const TriedMessage& message)
{
    m_latest.start(
        [text, file, use, message] {
            RulesTrialResult result;
            result.read = readRuleText(text, file, use);
            if (result.read.rules && !message.content.isEmpty()) {
                judge(use, message, result);
            }
            return result;
        },
        [this](const RulesTrialResult& result) { Q_EMIT done(result); });
}

} // namespace sockeye
