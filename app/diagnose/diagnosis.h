// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/diagnose/diagnosis_step.h"
#include "app/diagnose/verdict.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace sockeye {

class TlsContext;

/// Finds out why a connection can be made or not: resolves the name, pings and connects to every address at the same
/// time, and for an address of this machine looks who has the port. Nothing waits: each step tells when it ends. Lives
/// in the thread that made it.
class Diagnosis final : public QObject {
    Q_OBJECT
public:
    struct Target {
        QString host; ///< a name or an address
        quint16 port = 0; ///< from 1
        QAbstractSocket::NetworkLayerProtocol family = QAbstractSocket::AnyIPProtocol;
        std::chrono::milliseconds timeout { 5'000 }; ///< of each attempt to connect, and again of a TLS handshake
        bool tls = false; ///< begin TLS, and look at the certificate
    };
    static constexpr qsizetype maxAddresses = 16; ///< further ones of a name are only listed

    explicit Diagnosis(QObject* parent = nullptr);
    ~Diagnosis() override;

    void start(const Target& target); ///< ends in finished(); what was under way is given up
    void cancel(); ///< gives up; says nothing

    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] const Target& target() const { return m_target; }
    [[nodiscard]] const QList<DiagnosisStep>& steps() const { return m_steps; }
    [[nodiscard]] const Verdict& verdict() const { return m_verdict; } ///< valid after finished()
    [[nodiscard]] qint64 took() const { return m_took; } ///< nanoseconds, likewise

Q_SIGNALS:
    void stepAdded(qsizetype step); ///< it is running
    void stepEnded(qsizetype step);
    void finished();

private:
    struct Asked; ///< shared with the background job that looks around
    void resolved(NameLookup::Outcome outcome, const QList<QHostAddress>& addresses);
    void prepareTls();
    void tryAll();
    void lookAround(const QList<QHostAddress>& addresses);
    void haveFacts(qsizetype step, const LocalFacts& facts);
    void pinged(qsizetype step, qsizetype attempt, Ping::Outcome outcome);
    void connectEnded(qsizetype step, qsizetype attempt, const ConnectProbe::Outcome& outcome);
    qsizetype addStep(DiagnosisStep::Kind kind, const QString& subject);
    void endStep(qsizetype step, DiagnosisStep::State state, const QString& text, FailureCode code = FailureCode::None,
        std::chrono::nanoseconds took = std::chrono::nanoseconds(-1));
    void finishIfDone();

    Target m_target;
    QList<DiagnosisStep> m_steps;
    DiagnosisFacts m_facts;
    std::shared_ptr<const TlsContext> m_tls; ///< null without TLS
    Verdict m_verdict;
    NameLookup m_lookup;
    std::unique_ptr<QObject> m_tools; ///< parent of pings and probes of this run
    std::shared_ptr<Asked> m_asked;
    qsizetype m_lookupStep = 0;
    qint64 m_startedAt = 0;
    qint64 m_took = 0;
    int m_open = 0; ///< steps that are running
    bool m_running = false;
};

} // namespace sockeye
