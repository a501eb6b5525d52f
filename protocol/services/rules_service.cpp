// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/rules_service.h"

#include "protocol/protocols/registry.h"
#include "protocol/rules/rule_set.h"

#include <utility>

namespace sockeye {

namespace {

class RulesSession final : public Session {
public:
    explicit RulesSession(std::shared_ptr<const RuleSource> rules)
        : m_rules(std::move(rules))
    {
    }

    void attach(SessionHost& host) override { m_host = &host; }

    [[nodiscard]] Result<Answer> answer(const Frame& frame, QByteArrayView bytes, QByteArray& out) override
    {
        if (!m_rules || m_host == nullptr) {
            return Answer::silence(After::Keep);
        }
        rules::Verdict verdict = m_rules->rules()->decide(m_host->row(frame, bytes), m_run, Sender::Client);
        m_host->met(frame, verdict.title);
        if (!verdict.trouble.isEmpty()) {
            m_host->trouble(verdict.trouble);
        }
        std::optional<QByteArray> reply = std::move(verdict.reply);
        if (reply && !verdict.fault.isEmpty()) {
            m_host->strike(verdict.fault, *reply);
        }
        if (verdict.delay.count() == 0) {
            out.append(reply.value_or(QByteArray()));
            return reply ? Answer(verdict.after) : Answer::silence(verdict.after);
        }
        auto pending = std::make_shared<PendingAnswer>();
        m_host->later(verdict.delay, [pending, reply, after = verdict.after] {
            reply ? pending->fulfil(*reply, after) : pending->fulfilSilently(after);
        });
        return Answer(std::move(pending));
    }

private:
    std::shared_ptr<const RuleSource> m_rules;
    SessionHost* m_host = nullptr;
    filter::Run m_run;
};

} // namespace

RulesService::RulesService(std::shared_ptr<const RuleSource> rules, ProtocolPtr protocol)
    : m_rules(std::move(rules))
    , m_protocol(std::move(protocol))
{
}

RulesService::RulesService(const ServiceOptions& options)
    : RulesService(options.rules, options.protocol ? options.protocol : defaultProtocol())
{
}

std::unique_ptr<Session> RulesService::newSession() const
{
    return std::make_unique<RulesSession>(m_rules);
}

RulesDatagramService::RulesDatagramService(const ServiceOptions& options)
    : RulesService(options.rules, protocolForDatagrams(options.protocol ? options.protocol : defaultProtocol()))
{
}

} // namespace sockeye
