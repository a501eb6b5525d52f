// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/idle_text.h"

#include <QCoreApplication>

namespace sockeye {

QString idleText(std::chrono::milliseconds silence, const IdleState& state)
{
    const QString seconds = QString::number(static_cast<double>(silence.count()) / 1000.0);
    const auto text = [&seconds](const char* source) {
        return QCoreApplication::translate("sockeye::Connection", source).arg(seconds);
    };
    if (state.unsent > 0) {
        return text(QT_TRANSLATE_NOOP("sockeye::Connection",
                        "Closed after %1 s in which the peer took nothing: %2 bytes of replies are left unsent."))
            .arg(state.unsent);
    }
    if (state.isSecuring) {
        return text(QT_TRANSLATE_NOOP("sockeye::Connection",
            "Closed after %1 s without the end of the TLS handshake: the peer may not speak TLS, or be slow."));
    }
    if (state.progress.isWithin()) {
        return QCoreApplication::translate("sockeye::Connection", "Closed after %1 s of silence, %2.")
            .arg(seconds, state.reached);
    }
    return text(QT_TRANSLATE_NOOP("sockeye::Connection", "Closed after %1 s of silence between messages."));
}

} // namespace sockeye
