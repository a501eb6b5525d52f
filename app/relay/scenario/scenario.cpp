// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/scenario/scenario.h"

#include "app/relay/faults/fault_kinds.h"
#include "app/relay/faults/fault_plan.h"
#include "protocol/filter/nearest.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace sockeye {

namespace {

using namespace std::chrono_literals;

constexpr int mostLines = 1000;
constexpr qsizetype mostMistakes = 100; ///< then nobody reads on
constexpr ScenarioTime latest = 7 * 24h;
constexpr ScenarioTime leastPeriod = 10ms;

QString say(const char* text)
{
    return QCoreApplication::translate("sockeye::Scenario", text);
}

/// A piece of a line, and where it begins.
struct Word {
    QString text;
    qsizetype at = 0;
};

/// Without the comment: a # at the beginning or behind a space, but in no quotes, where filters have it.
QString withoutComment(const QString& line)
{
    bool isQuoted = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line[i] == u'"') {
            isQuoted = !isQuoted;
        } else if (line[i] == u'#' && !isQuoted && (i == 0 || line[i - 1].isSpace())) {
            return line.first(i);
        }
    }
    return line;
}

/// At spaces; a filter goes on to the last quote of the line, since it may have quotes of its own.
std::vector<Word> wordsOf(const QString& line)
{
    static const QString filterBegins = QStringLiteral("where=\"");
    std::vector<Word> words;
    bool isInside = false;
    bool isQuoted = false; // a value that is no filter: its own quotes have a backslash before them
    const qsizetype filter = line.indexOf(filterBegins);
    const qsizetype filterEnd = filter < 0 ? -1 : std::max(line.lastIndexOf(u'"'), filter + filterBegins.size() - 1);
    for (qsizetype i = 0; i < line.size(); ++i) {
        const bool isFilter = filter >= 0 && i >= filter && i <= filterEnd;
        const bool isQuote = line[i] == u'"' && i > 0 && !isFilter;
        if (isQuote && (isQuoted ? line[i - 1] != u'\\' : line[i - 1] == u'=')) {
            isQuoted = !isQuoted;
        }
        if (!isFilter && !isQuoted && line[i].isSpace()) {
            isInside = false;
            continue;
        }
        if (!std::exchange(isInside, true)) {
            words.push_back({ {}, i });
        }
        words.back().text.append(line[i]);
    }
    return words;
}

/// "5s", "1.5m", "200ms".
std::optional<ScenarioTime> timeOf(const QString& text)
{
    constexpr std::array units { std::pair(QLatin1StringView("ms"), 1.0), std::pair(QLatin1StringView("s"), 1e3),
        std::pair(QLatin1StringView("m"), 60e3), std::pair(QLatin1StringView("h"), 3600e3) };
    for (const auto& [unit, milliseconds] : units) {
        const QStringView number = QStringView(text).chopped(text.endsWith(unit) ? unit.size() : 0);
        if (number.size() == text.size()) {
            continue;
        }
        bool ok = false;
        const double value = number.toDouble(&ok) * milliseconds;
        if (ok && value >= 0 && value <= static_cast<double>(latest.count())) {
            return ScenarioTime(static_cast<qint64>(value));
        }
    }
    return std::nullopt;
}

QStringList kindNames()
{
    QStringList names;
    for (const FaultKind& kind : faultKinds()) {
        names.append(kind.id);
    }
    return names;
}

/// Reads one line, word by word; stops at the first mistake.
class LineReader {
public:
    LineReader(
        int number, const QString& line, Transport transport, const ProtocolPtr& protocol, const QStringList& names)
        : m_line(line)
        , m_words(wordsOf(line))
        , m_transport(transport)
        , m_protocol(protocol)
        , m_names(names)
    {
        m_step.line = number;
        m_step.text = line.trimmed();
    }

    [[nodiscard]] tl::expected<ScenarioStep, ScenarioMistake> read()
    {
        const bool isGood = readWhen() && (isNext(QStringLiteral("remove")) ? readRemoval() : readFaultOf());
        return isGood ? tl::expected<ScenarioStep, ScenarioMistake>(m_step) : tl::unexpected(m_mistake);
    }

private:
    [[nodiscard]] bool isNext(const QString& word) const
    {
        return m_at < m_words.size() && m_words[m_at].text.compare(word, Qt::CaseInsensitive) == 0;
    }

    bool fail(const QString& text, const QString& suggestion = {})
    {
        const qsizetype at =
            m_at < m_words.size() ? m_words[m_at].at : QStringView(m_line).trimmed().size() + leadingSpace();
        return failAt(at, text, suggestion);
    }
    [[nodiscard]] qsizetype leadingSpace() const { return m_words.empty() ? 0 : m_words.front().at; }
    bool failAt(qsizetype at, const QString& text, const QString& suggestion)
    {
        const qsizetype length = m_at < m_words.size() ? m_words[m_at].text.size() : 0;
        m_mistake = { m_step.line, static_cast<int>(at) + 1, text, suggestion, static_cast<int>(length) };
        return false;
    }

    bool readTime(ScenarioTime& time)
    {
        const std::optional<ScenarioTime> read = m_at < m_words.size() ? timeOf(m_words[m_at].text) : std::nullopt;
        if (!read) {
            const QString given = m_at < m_words.size() ? m_words[m_at].text : QString();
            bool isNumber = false;
            (void)given.toDouble(&isNumber);
            return fail(say("A time is expected, as in 5s, 200ms, 1.5m or 2h, of a week at most."),
                isNumber ? given + u's' : QString());
        }
        time = *read;
        ++m_at;
        return true;
    }

    bool readWhen()
    {
        const bool isAt = isNext(QStringLiteral("at"));
        if (!isAt && !isNext(QStringLiteral("every"))) {
            return fail(say("A line begins with at or every, and a time."),
                filter::nearest(m_words.front().text, { QStringLiteral("at"), QStringLiteral("every") }));
        }
        ++m_at;
        if (!readTime(m_step.at)) {
            return false;
        }
        if (!isAt) {
            m_step.every = m_step.at;
            if (m_step.every < leastPeriod) {
                --m_at;
                return fail(say("Every 10ms at most: less is all the time."));
            }
        }
        return true;
    }

    bool readRemoval()
    {
        ++m_at;
        m_step.removes = true;
        if (m_at >= m_words.size()) {
            return fail(say("remove wants the fault's name, or its kind."));
        }
        m_step.name = m_words[m_at].text;
        // Of a kind, of a line above, or as the relay names one that has none: "latency_downstream".
        const bool isKnown = m_names.contains(m_step.name)
            || findFaultKind(QStringView(m_step.name).first(std::max<qsizetype>(m_step.name.lastIndexOf(u'_'), 0)))
                != nullptr;
        if (!isKnown) {
            return fail(say("No fault is called %1, here or on the lines before.").arg(m_step.name),
                filter::nearest(m_step.name, m_names));
        }
        ++m_at;
        return readNothing();
    }

    bool readFaultOf()
    {
        if (m_at >= m_words.size()) {
            return fail(say("A fault is expected, as in latency:latency=300, or remove with a name."));
        }
        const Word& word = m_words[m_at];
        QString wrong = readFault(word.text, m_step.fault);
        if (wrong.isEmpty() && findFaultKind(m_step.fault.kind) == nullptr) {
            const QString near = filter::nearest(m_step.fault.kind, kindNames() << QStringLiteral("remove"));
            return fail(say("There is no fault %1.").arg(m_step.fault.kind), near);
        }
        if (wrong.isEmpty() && word.text.count(u'"') % 2 != 0) {
            wrong = say("A quotation mark has no second one.");
        }
        if (wrong.isEmpty()) {
            FaultPlan plan; // which knows filters, too
            plan.transport = m_transport;
            plan.protocol = m_protocol;
            wrong = plan.take({ m_step.fault }, {});
        }
        if (!wrong.isEmpty()) {
            return fail(wrong);
        }
        if (m_step.fault.name.isEmpty()) {
            m_step.fault.name = QStringLiteral("%1_line_%2").arg(m_step.fault.kind, QString::number(m_step.line));
        }
        ++m_at;
        if (isNext(QStringLiteral("for"))) {
            ++m_at;
            if (!readTime(m_step.lasts)) {
                return false;
            }
            if (m_step.lasts == 0ms || (m_step.every > 0ms && m_step.lasts >= m_step.every)) {
                --m_at;
                return fail(m_step.lasts == 0ms ? say("For no time at all it does nothing.")
                                                : say("It lasts as long as the time between two: it would never end."));
            }
        } else if (m_step.every > 0ms) {
            return fail(say("What comes every so often has to go again: for and a time are missing."),
                QStringLiteral("for 1s"));
        }
        return readNothing();
    }

    bool readNothing()
    {
        return m_at >= m_words.size()
            || fail(say("Nothing more is expected here."),
                m_step.removes            ? QString()
                    : m_step.lasts == 0ms ? filter::nearest(m_words[m_at].text, { QStringLiteral("for") })
                                          : QString());
    }

    const QString& m_line;
    std::vector<Word> m_words;
    Transport m_transport;
    const ProtocolPtr& m_protocol;
    const QStringList& m_names;
    std::size_t m_at = 0;
    ScenarioStep m_step;
    ScenarioMistake m_mistake;
};

} // namespace

QString ScenarioMistake::sentence() const
{
    return suggestion.isEmpty()
        ? say("Line %1, column %2: %3").arg(QString::number(line), QString::number(column), text)
        : say("Line %1, column %2: %3 Perhaps %4 was meant.")
              .arg(QString::number(line), QString::number(column), text, suggestion);
}

ReadScenario readAllOfScenario(const QString& text, Transport transport, const ProtocolPtr& protocol)
{
    ReadScenario read;
    if (text.size() > longestScenario) {
        read.mistakes.append({ 1, 1, say("It is longer than a scenario may be: 65,536 characters."), {} });
        return read;
    }
    QStringList names = kindNames();
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size() && read.mistakes.size() < mostMistakes; ++i) {
        const int number = static_cast<int>(i) + 1;
        const QString line = withoutComment(lines[i]);
        if (line.trimmed().isEmpty()) {
            continue;
        }
        if (read.scenario.size() >= mostLines) {
            read.mistakes.append({ number, 1, say("A scenario has a thousand lines at most."), {} });
            break;
        }
        auto step = LineReader(number, line, transport, protocol, names).read();
        if (!step) {
            read.mistakes.append(step.error());
            continue;
        }
        if (!step->removes) {
            names.append(step->fault.name);
        }
        read.scenario.push_back(*std::move(step));
    }
    return read;
}

tl::expected<Scenario, ScenarioMistake> readScenario(
    const QString& text, Transport transport, const ProtocolPtr& protocol)
{
    ReadScenario read = readAllOfScenario(text, transport, protocol);
    if (!read.mistakes.isEmpty()) {
        return tl::unexpected(read.mistakes.front());
    }
    return std::move(read.scenario);
}

} // namespace sockeye
