// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sendlist/list_run.h"

#include "app/repeat/macro_moment.h"
#include "app/repeat/reply_row.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>

namespace sockeye {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::nanoseconds pauseAfterFailure = 10ms; ///< at least: loops go on with who is not there

QString listText(const char* text)
{
    return QCoreApplication::translate("sockeye::ListRun", text);
}

/// A list while it is sent, in the I/O thread.
class ListRun : public std::enable_shared_from_this<ListRun> {
public:
    ListRun(
        const ListPlan& plan, const ClientOptions& options, quint64 made, const std::shared_ptr<ListProgress>& progress)
        : m_plan(plan)
        , m_protocol(options.protocol)
        , m_replies(spokenBy(options.protocol, Sender::Server), options)
        , m_partial(spokenBy(options.protocol, Sender::Server), options)
        , m_made(made)
        , m_progress(progress)
    {
    }

    Failure prepare(qint64 number, ClientOptions& options, SendPlan& plan)
    {
        if (m_progress) {
            m_progress->begin(number);
        }
        const PreparedMessage& message = messageOf(number);
        auto bytes = message.make(
            *m_before, m_protocol->spokenBy(Sender::Client), macroMoment(m_made + static_cast<quint64>(number)));
        if (!bytes) {
            return makeFailure(FailureCode::NotMade, message.title, bytes.error());
        }
        plan.bytes = *std::move(bytes);
        plan.expectReply = message.reply;
        if (message.within) {
            options.replyTimeout =
                std::max<std::chrono::milliseconds>(1ms, std::chrono::ceil<std::chrono::milliseconds>(*message.within));
        }
        if (message.expectsSomething()) {
            plan.isReply = [run = shared_from_this(), &message](const Exchange& soFar) {
                return contains(message, soFar) && run->matches(message, run->m_partial.of(soFar));
            };
        }
        return {};
    }

    QString objection(const Exchange& exchange)
    {
        const PreparedMessage& message = messageOf(exchange.number);
        if (!message.reply) {
            return {};
        }
        m_before = &m_replies.of(exchange);
        const bool hasText = contains(message, exchange);
        if (hasText && matches(message, *m_before)) {
            return {};
        }
        constexpr qsizetype mostShown = 200;
        const QString size = byteCount(exchange.replySize);
        QString shown = m_protocol->spokenBy(Sender::Server).replyText(exchange.replyFrame, exchange.reply, mostShown);
        if (shown.isEmpty()) {
            shown = visibleText(QByteArrayView(exchange.reply).first(std::min(mostShown, exchange.reply.size())));
        }
        return hasText ? listText("A reply of %1 came, but it does not match \"%2\": \"%3\".")
                             .arg(size, visibleText(message.expect->text()), shown)
                       : listText("A reply of %1 came, but \"%2\" is not in it: \"%3\".")
                             .arg(size, visibleText(message.expectText), shown);
    }

    /// Asked after each, whatever became of it.
    [[nodiscard]] bool isLast(const Exchange& exchange) const
    {
        if (m_progress) {
            m_progress->end();
        }
        return !m_plan.list->goesOn && (!exchange.ok() || !exchange.objection.isNull());
    }

    [[nodiscard]] std::chrono::nanoseconds pauseAfter(const Exchange& exchange) const
    {
        const std::chrono::nanoseconds pause = messageOf(exchange.number).pause;
        return exchange.ok() ? pause : std::max(pause, pauseAfterFailure);
    }

private:
    [[nodiscard]] const PreparedMessage& messageOf(qint64 number) const
    {
        return m_plan.list->messages[static_cast<std::size_t>(m_plan.messageOf(number))];
    }
    [[nodiscard]] static bool contains(const PreparedMessage& message, const Exchange& exchange)
    {
        return exchange.reply.contains(message.expectBytes);
    }
    [[nodiscard]] bool matches(const PreparedMessage& message, const filter::Row& row)
    {
        return !message.expect || message.expect->matches(row, m_run);
    }

    ListPlan m_plan;
    ProtocolPtr m_protocol;
    ReplyRow m_replies;
    ReplyRow m_partial; ///< of what has come of a reply
    filter::Run m_run;
    const filter::Row* m_before = &ReplyRow::none(); ///< the last reply that came
    quint64 m_made;
    std::shared_ptr<ListProgress> m_progress; ///< null: nobody asks
};

} // namespace

void ListProgress::begin(qint64 number)
{
    const std::lock_guard lock(m_mutex);
    m_now = { number, std::chrono::steady_clock::now() };
}

void ListProgress::end()
{
    const std::lock_guard lock(m_mutex);
    m_now.number = -1;
}

ListProgress::Now ListProgress::now() const
{
    const std::lock_guard lock(m_mutex);
    return m_now;
}

ListPlan allOf(const std::shared_ptr<const PreparedList>& list)
{
    return { list, 0, static_cast<qsizetype>(list->messages.size()), list->loop };
}

Repetition listRepetition(
    const ListPlan& plan, const ClientOptions& options, quint64 made, const std::shared_ptr<ListProgress>& progress)
{
    const auto run = std::make_shared<ListRun>(plan, options, made, progress);
    Repetition repetition;
    repetition.count = plan.rounds * plan.count;
    repetition.prepare = [run](qint64 number, ClientOptions& client, SendPlan& send) {
        return run->prepare(number, client, send);
    };
    repetition.objection = [run](const Exchange& exchange) { return run->objection(exchange); };
    repetition.isLast = [run](const Exchange& exchange) { return run->isLast(exchange); };
    repetition.pauseAfter = [run](const Exchange& exchange) { return run->pauseAfter(exchange); };
    return repetition;
}

} // namespace sockeye
