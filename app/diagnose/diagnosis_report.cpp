// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/diagnose/diagnosis_report.h"

#include <QCoreApplication>
#include <QDateTime>

namespace sockeye {

namespace {

class ReportTexts {
    Q_DECLARE_TR_FUNCTIONS(sockeye::DiagnosisReport)
public:
    static QString kind(DiagnosisStep::Kind kind)
    {
        switch (kind) {
        case DiagnosisStep::Kind::Resolve:
            return tr("Name");
        case DiagnosisStep::Kind::Listener:
            return tr("This machine");
        case DiagnosisStep::Kind::Ping:
            return tr("Ping");
        case DiagnosisStep::Kind::Connect:
            break;
        }
        return tr("Connect");
    }
    static QString state(DiagnosisStep::State state)
    {
        switch (state) {
        case DiagnosisStep::State::Running:
            return tr("running");
        case DiagnosisStep::State::Good:
            return tr("ok");
        case DiagnosisStep::State::Bad:
            return tr("failed");
        case DiagnosisStep::State::NotPossible:
            break;
        }
        return tr("unknown");
    }
    static QString whole(const Diagnosis& diagnosis);
};

QString ReportTexts::whole(const Diagnosis& diagnosis)
{
    const Diagnosis::Target& target = diagnosis.target();
    QStringList lines { tr("Diagnosis of %1 port %2, %3")
                            .arg(target.host, QString::number(target.port),
                                QDateTime::currentDateTime().toString(Qt::ISODate)) };
    for (const DiagnosisStep& step : diagnosis.steps()) {
        lines.append(reportLine(step));
    }
    const Failure& verdict = diagnosis.verdict().text;
    if (!diagnosis.isRunning() && !verdict.what.isEmpty()) {
        lines.append({ tr("Verdict: %1").arg(verdict.what), verdict.meaning, tr("Next: %1").arg(verdict.advice) });
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace

QLatin1StringView kindName(DiagnosisStep::Kind kind)
{
    switch (kind) {
    case DiagnosisStep::Kind::Resolve:
        return QLatin1StringView("resolve");
    case DiagnosisStep::Kind::Listener:
        return QLatin1StringView("listener");
    case DiagnosisStep::Kind::Ping:
        return QLatin1StringView("ping");
    case DiagnosisStep::Kind::Connect:
        break;
    }
    return QLatin1StringView("connect");
}

QLatin1StringView stateName(DiagnosisStep::State state)
{
    switch (state) {
    case DiagnosisStep::State::Running:
        return QLatin1StringView("running");
    case DiagnosisStep::State::Good:
        return QLatin1StringView("ok");
    case DiagnosisStep::State::Bad:
        return QLatin1StringView("failed");
    case DiagnosisStep::State::NotPossible:
        break;
    }
    return QLatin1StringView("unknown");
}

QString kindText(DiagnosisStep::Kind kind)
{
    return ReportTexts::kind(kind);
}

QString stateText(DiagnosisStep::State state)
{
    return ReportTexts::state(state);
}

QString tookText(qint64 nanoseconds)
{
    if (nanoseconds < 0) {
        return {};
    }
    const double milliseconds = static_cast<double>(nanoseconds) / 1e6;
    return milliseconds < 1'000
        ? QCoreApplication::translate("sockeye::DiagnosisReport", "%1 ms").arg(QString::number(milliseconds, 'f', 1))
        : QCoreApplication::translate("sockeye::DiagnosisReport", "%1 s")
              .arg(QString::number(milliseconds / 1'000, 'f', 3));
}

QString reportLine(const DiagnosisStep& step)
{
    constexpr int stateWidth = 8;
    constexpr int kindWidth = 13;
    constexpr int timeWidth = 10;
    constexpr int subjectWidth = 22;
    return stateText(step.state).leftJustified(stateWidth) + kindText(step.kind).leftJustified(kindWidth)
        + tookText(step.took).rightJustified(timeWidth) + u"  " + step.subject.leftJustified(subjectWidth) + u"  "
        + step.text;
}

QString reportText(const Diagnosis& diagnosis)
{
    return ReportTexts::whole(diagnosis);
}

} // namespace sockeye
