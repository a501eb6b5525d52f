// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/diagnose/connect_probe.h"
#include "app/diagnose/local_facts.h"
#include "app/platform/name_lookup.h"
#include "app/platform/ping.h"

#include <QList>

#include <optional>

namespace sockeye {

/// All that a diagnosis found out.
struct DiagnosisFacts {
    struct Attempt {
        QHostAddress address;
        std::optional<ConnectProbe::Outcome> connect; ///< once it has ended
        std::optional<Ping::Outcome> ping; ///< likewise
    };
    QString host;
    quint16 port = 0;
    std::optional<NameLookup::Outcome> lookup;
    QList<Attempt> attempts; ///< in the resolver's order
    std::optional<LocalFacts> local;
    Failure tlsSetup; ///< why TLS could not be tried at all, if so
};

/// What it comes to. `text.code` None: a connection stands; the texts are filled either way.
struct Verdict {
    Failure text;
    [[nodiscard]] bool connected() const { return text.code == FailureCode::None; }
};

/// Pure: only looks at its arguments.
[[nodiscard]] Verdict verdictOn(const DiagnosisFacts& facts);

/// What one failed attempt means, by itself.
[[nodiscard]] Failure attemptFailure(const DiagnosisFacts::Attempt& attempt, const DiagnosisFacts& facts);

} // namespace sockeye
